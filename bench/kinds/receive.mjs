// An SMTP Receive Protocol Log of Exchange Server: sessions, mixed, line by line.
import { interleave, people } from '../random.mjs';

const HEADER = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.0.0.0',
  '#Log-type: SMTP Receive Protocol Log',
  '#Date: 2025-09-01T00:00:00.000Z',
  '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
];
const CONNECTORS = ['MX1\\Default Frontend MX1', 'MX1\\Partner relay', 'MX1\\사내 릴레이'];

/** `truth.counted` gets the messages by direction and TLS; a row is a line below the header. */
export function receive(random, more, truth) {
  const { outside, own } = people(random);
  let now = Date.UTC(2025, 8, 1);
  let sequence = 0;

  /** A session: its lines up to the last. `signsIn` makes its mail submissions. */
  function* session() {
    sequence += 1;
    const signsIn = random.chance(0.3);
    const connector = signsIn ? 'MX1\\Scanner relay' : random.skewed(CONNECTORS);
    const sender = random.skewed(signsIn ? own : outside);
    const host = sender.slice(sender.indexOf('@') + 1);
    const remote = random.ip();
    const id = (0x08de000000000000n + BigInt(sequence)).toString(16).toUpperCase().padStart(16, '0');
    const ends = `10.0.0.5:25,${remote}:${20_000 + random.below(40_000)}`;
    const tls = random.weighted({ '1.2': 0.6, '1.3': 0.3, '1.0': 0.03, '1.1': 0.01, none: 0.06 });
    let number = 0;
    const line = (event, data = '', context = '') => {
      now += random.below(120);
      truth.rows += 1;
      number += 1;
      return `${new Date(now).toISOString()},${connector},${id},${number - 1},${ends},${event},${data},${context}\r\n`;
    };
    const hello = () => [
      line('<', `EHLO ${host}`),
      line('>', `250  MX1.contoso.example Hello [${remote}] SIZE 37748736 PIPELINING DSN ENHANCEDSTATUSCODES STARTTLS AUTH LOGIN 8BITMIME CHUNKING`),
    ];

    yield line('+');
    yield line('*', 'SMTPSubmit SMTPAcceptAnyRecipient SMTPAcceptAnySender AcceptRoutingHeaders', 'Set Session Permissions');
    yield line('>', '"220 MX1.contoso.example Microsoft ESMTP MAIL Service ready at Mon, 1 Sep 2025 08:00:00 +0000"');
    yield* hello();
    if (tls !== 'none') {
      yield line('<', 'STARTTLS');
      yield line('>', '220 2.0.0 SMTP server ready');
      yield line('*', '', 'Sending certificate');
      yield line('*', 'CN=mx1.contoso.example', 'Certificate subject');
      yield line('*', '',
        `"TLS protocol SP_PROT_TLS${tls.replace('.', '_')}_SERVER negotiation succeeded using bulk encryption algorithm CALG_AES_256 with strength 256 bits, ` +
        'MAC hash algorithm CALG_SHA_256 with strength 0 bits and key exchange algorithm CALG_ECDH_EPHEM with strength 256 bits"');
      yield* hello();
    }
    if (signsIn) {
      yield line('<', 'AUTH LOGIN');
      yield line('>', '334 <authentication response>');
      yield line('>', '334 <authentication response>');
      yield line('*', 'SMTPSubmit SMTPAcceptAnyRecipient', 'Set Session Permissions');
      yield line('*', `CONTOSO\\${sender.slice(0, sender.indexOf('@'))}`, 'authenticated');
      yield line('>', '235 2.7.0 Authentication successful');
    }
    for (let left = random.chance(0.2) ? 2 : 1; left > 0; left -= 1) {
      yield line('<', `MAIL FROM:<${sender}> SIZE=${1000 + random.below(90_000)}`);
      yield line('*', `${id};${new Date(now).toISOString()};1`, 'receiving message');
      yield line('<', `RCPT TO:<${random.of(own)}>`);
      yield line('>', '250 2.1.0 Sender OK');
      yield line('>', '250 2.1.5 Recipient OK');
      // A few are refused: no message.
      const refused = random.chance(0.02);
      yield line('<', 'DATA');
      yield line('>', '354 Start mail input; end with <CRLF>.<CRLF>');
      if (refused) {
        yield line('>', '550 5.7.1 Message rejected as spam by Content Filtering.');
        continue;
      }
      truth.messages += 1;
      truth.counted.add(`${signsIn ? 'submission' : 'inbound'} ${tls}`);
      yield line('>',
        `"250 2.6.0 <${random.hex(6)}@${host}> [InternalId=${38_654_705_664 + random.below(1e9)}, Hostname=MX1.contoso.example] ` +
        `${1000 + random.below(90_000)} bytes in 0.${100 + random.below(900)}, 43,321 KB/sec Queued mail for delivery"`);
    }
    yield line('<', 'QUIT');
    yield line('>', '221 2.0.0 Service closing transmission channel');
    yield line('-', '', 'Local');
  }
  return { header: HEADER.map((text) => `${text}\r\n`).join(''), rows: interleave(random, 40, session, more) };
}
