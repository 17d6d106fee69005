// A Postfix log: sessions of clients and deliveries, joined by process and queue id.
import { interleave, people } from '../random.mjs';

const CIPHERS = {
  'TLSv1': 'ECDHE-RSA-AES256-SHA (256/256 bits)',
  'TLSv1.2': 'ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)',
  'TLSv1.3': 'TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256',
};
const name = (tls) => (tls === '1.0' ? 'TLSv1' : `TLSv${tls}`);
const established = (tls) => `${name(tls)} with cipher ${CIPHERS[name(tls)]}`;

/** `truth.counted` gets the messages by direction and TLS; a row is a line. */
export function postfix(random, more, truth) {
  const { outside, own } = people(random);
  const domainOf = (address) => address.slice(address.indexOf('@') + 1);
  let now = Date.UTC(2025, 8, 1);
  let sequence = 0;

  function line(process, text) {
    now += random.below(400);
    truth.rows += 1;
    const time = new Date(now).toISOString();
    return `${time.slice(0, -1)}${String(random.below(1000)).padStart(3, '0')}+00:00 mx1 postfix/${process}: ${text}\n`;
  }

  /** Ten digits that no other message has. */
  function queueId() {
    sequence += 1;
    return `${(Math.imul(sequence, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}${random.hex(1).slice(2)}`.toUpperCase();
  }

  /** A session in which a client hands over one mail or two, up to their last delivery. */
  function* session(slot) {
    const signsIn = random.chance(0.4);
    const smtpd = `${signsIn ? 'submission/' : ''}smtpd[${2000 + slot}]`;
    const smtp = `smtp[${4000 + slot}]`;
    const sender = random.skewed(signsIn ? own : outside);
    const address = random.ip();
    const client = signsIn ? `unknown[${address}]` : `mail.${domainOf(sender)}[${address}]`;
    const tls = random.weighted(signsIn ? { '1.3': 0.6, '1.2': 0.35, '1.0': 0.05 } : { '1.3': 0.5, '1.2': 0.4, '1.0': 0.03, none: 0.07 });
    const mails = random.chance(0.2) ? 2 : 1;

    yield line(smtpd, `connect from ${client}`);
    if (tls !== 'none') yield line(smtpd, `Anonymous TLS connection established from ${client}: ${established(tls)}`);
    for (let mail = 0; mail < mails; mail += 1) {
      const id = queueId();
      truth.messages += 1;
      truth.counted.add(`${signsIn ? 'submission' : 'inbound'} ${tls}`);
      yield line(smtpd, `${id}: client=${client}${signsIn ? `, sasl_method=PLAIN, sasl_username=${sender}` : ''}`);
      yield line(`cleanup[${3000 + slot}]`, `${id}: message-id=<${random.hex(6)}@${domainOf(sender)}>`);
      yield line('qmgr[150]', `${id}: from=<${sender}>, size=${1000 + random.below(90_000)}, nrcpt=1 (queue active)`);
      const seconds = `delay=1.${random.below(10)}, delays=0.1/0/0.4/0.${random.below(10)}, dsn=2.0.0, status=sent`;
      if (signsIn) {
        const recipient = random.of(outside);
        const relay = `mx.${domainOf(recipient)}[${random.ip()}]:25`;
        const way = random.weighted({ '1.3': 0.7, '1.2': 0.25, notRecorded: 0.05 });
        truth.counted.add(`outbound ${way}`);
        if (way !== 'notRecorded') yield line(smtp, `Untrusted TLS connection established to ${relay}: ${established(way)}`);
        yield line(smtp, `${id}: to=<${recipient}>, relay=${relay}, ${seconds} (250 2.0.0 OK ${random.below(1e9)} ${random.hex(4)} - gsmtp)`);
      } else {
        yield line(`lmtp[${5000 + slot}]`, `${id}: to=<${random.of(own)}>, relay=mx1.contoso.example[private/dovecot-lmtp], ${seconds} (250 2.0.0 Saved)`);
      }
      yield line('qmgr[150]', `${id}: removed`);
    }
    const verbs = tls === 'none' ? 'ehlo=1' : 'ehlo=2 starttls=1';
    yield line(smtpd, `disconnect from ${client} ${verbs}${signsIn ? ' auth=1' : ''} mail=${mails} rcpt=${mails} data=${mails} quit=1 commands=${5 + 3 * mails}`);
  }
  return { header: '', rows: interleave(random, 40, session, more) };
}
