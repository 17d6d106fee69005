// An Extended report of Exchange Online: several rows a message, in no order.
import { interleave, people } from '../random.mjs';

const HEADER =
  'date_time_utc,client_ip,client_hostname,server_ip,server_hostname,source_context,connector_id,source,event_id,' +
  'internal_message_id,message_id,network_message_id,recipient_address,recipient_status,total_bytes,recipient_count,' +
  'related_recipient_address,reference,message_subject,sender_address,return_path,message_info,directionality,' +
  'tenant_id,original_client_ip,original_server_ip,custom_data';

const TENANT = 'b6f0c1de-7c1e-4a57-9d0f-2f5d0c8a9e11';
const FIRST_DAY = Date.UTC(2025, 7, 24);
const DAYS = 60;

const CONNECTORS = {
  inbound: ['', 'Inbound from Fabrikam', 'Adatum, Ltd. inbound', '서울 게이트웨이', 'CRM "notify" relay', 'Branch office'],
  outbound: ['', 'To plant', 'Outbound, archive', '부산 공장 발신', 'Partner "gold" route'],
};

// The subject must never be taken for custom_data.
const SUBJECTS = [
  'Weekly report', 'RE: 견적서 송부의 건', 'Invoice, due "today"', '[알림] 비밀번호 만료 안내', 'Meeting notes: Q3, budget',
  '회의록 공유드립니다', 'Your order has shipped', 'Naïve façade – “quotes”', 'S:tlsversion=SP_PROT_TLS1_0_SERVER;decoy', '🎉 Launch day',
];

const VERSIONS = { '1.2': 0.6, '1.3': 0.31, '1.0': 0.02, '1.1': 0.01, notRecorded: 0.06 };
const word = (tls, side) => `SP_PROT_TLS${tls.replace('.', '_')}_${side}`;
const tlsPart = (tls, side) =>
  tls === 'notRecorded' ? '' : `S:tlsversion=${word(tls, side)};S:tlscipher=${tls === '1.3' ? 'TLS_AES_256_GCM_SHA384' : 'CALG_AES_256'};`;

const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * `truth.counted` gets the messages by direction and TLS, as mailflow counts
 * them; `truth.groups` the rows by day, directionality, connector_id and the
 * TLS version in custom_data, which is what the peers are asked for.
 */
export function trace(random, more, truth) {
  const { outside, own } = people(random);
  const servers = Array.from({ length: 60 }, (_, at) => `SE${at % 7}P216MB${1000 + at * 37}.KORP216.prod.outlook.com`);
  const fronts = Array.from({ length: 40 }, (_, at) => `SL2KOR01FT${String(at).padStart(3, '0')}.mail.protection.outlook.com`);

  function message(originating, sender, recipient) {
    const day = random.below(DAYS);
    truth.messages += 1;
    let subject = random.of(SUBJECTS);
    if (random.chance(0.003)) subject += '\r\nfolded, "second" line';
    return {
      // Late enough that all of its rows are of one day.
      start: FIRST_DAY + day * 86_400_000 + random.below(86_340_000),
      directionality: originating ? 'Originating' : 'Incoming',
      sender,
      recipient,
      subject: quoted(subject),
      server: random.of(servers),
      front: random.of(fronts),
      client: random.ip(),
      internalId: 10_000_000_000 + random.below(4_000_000_000),
      messageId: `<${random.hex(5)}@${sender.slice(sender.indexOf('@') + 1)}>`,
      networkId: random.guid(),
      bytes: 2000 + random.below(900_000),
    };
  }

  /** One row, `custom` without its common end; `tls` as the row itself states it. */
  function row(message, step, source, event, custom, { connector = '', tls = '', info = '', status = '', reference = '' } = {}) {
    const time = new Date(message.start + step * 800).toISOString();
    truth.rows += 1;
    truth.groups.add(`${time.slice(0, 10)}|${message.directionality}|${connector}|${tls || 'none'}`);
    const all = `${custom}S:DeliveryPriority=Normal;S:OriginalFromAddress=${message.sender};S:AccountForest=apcprd03.prod.outlook.com`;
    return (
      `${time.slice(0, -1)}0000Z,${message.client},${message.front},2603:1096:911:70d::18,${message.server},` +
      `${random.hex(4).toUpperCase()};${time};0,${quoted(connector)},${source},${event},${message.internalId},${message.messageId},` +
      `${message.networkId},${message.recipient},${status},${message.bytes},1,,${reference},${message.subject},` +
      `${message.sender},${message.sender},${info},${message.directionality},${TENANT},${message.client},` +
      `2603:1096:911:70d::18,${quoted(all)}\r\n`
    );
  }

  const agents = (message) =>
    row(message, 1, 'AGENT', 'AGENTINFO',
      `S:AMA=SUM|v=0|action=|error=|atch=${random.below(3)};S:AMA=EV|engine=M|v=0|sig=1.421.${random.below(2000)}.0|name=|file=;` +
      'S:SFA=SUM|fprx=Unknown|tsmac=|cntnt=|wrds=|srv=;S:SFA=SUM|SFV=NSPM|IPV=NLI|SRV=|SFS=(13230040)(366016)(1800799024)(8096899003)|SCL=1|Score=1;' +
      `S:TRA=ETRP|ruleId=${random.guid()}|ExecW=${random.below(30)}|ExecC=${random.below(9)};S:CompCost=|ETR=${random.below(20)};`);

  const deliver = (message, from) =>
    row(message, 3, 'STOREDRIVER', 'DELIVER',
      `S:E2ELatency=${random.below(9)}.${random.below(1000)};S:MailboxDatabaseName=${random.guid()};S:Mailboxes=${random.guid()};` +
      `S:StoreObjectIds=AAMkAD${random.hex(6)}AAA=;S:FromEntity=${from};S:ToEntity=Hosted;S:AttachCount=${random.below(4)};`);

  const sendOut = (message) => {
    const tls = random.weighted(VERSIONS);
    const connector = random.skewed(CONNECTORS.outbound);
    truth.counted.add(`outbound ${tls}`);
    return row(message, 4, 'SMTP', 'SENDEXTERNAL',
      `S:E2ELatency=${random.below(9)}.${random.below(1000)};S:FromEntity=Hosted;S:ToEntity=Internet;${tlsPart(tls, 'CLIENT')}` +
      (connector && `'S:Microsoft.Exchange.Hygiene.TenantOutboundConnectorCustomData=Name=${connector};ConnectorType=OnPremises;UseMxRecord=True';`) +
      'S:Microsoft.Exchange.Transport.MailRecipient.RequiredTlsAuthLevel=Opportunistic;',
      { connector, tls: tls === 'notRecorded' ? '' : word(tls, 'CLIENT'), status: '250 2.0.0 OK Message accepted' });
  };

  const submitted = (message) =>
    row(message, 0, 'STOREDRIVER', 'RECEIVE', `S:FromEntity=Hosted;S:ProxyHop1=${message.front};S:MailboxDatabaseName=${random.guid()};`, { info: '04I: ' });

  const stories = {
    *inbound() {
      const it = message(false, random.skewed(outside), random.of(own));
      const tls = random.weighted(VERSIONS);
      const connector = random.skewed(CONNECTORS.inbound);
      truth.counted.add(`inbound ${tls}`);
      yield row(it, 0, 'SMTP', 'RECEIVE',
        `S:ProxyHop1=${it.front}(10.${random.below(256)}.4.7);S:ProxyHop2=${it.server}(2603:1096:911:70d::18);${tlsPart(tls, 'SERVER')}` +
        (connector && `'S:InboundConnectorData=Name=${connector};ConnectorType=Partner;TenantId=${TENANT}';`) +
        'S:InboundTlsDetails=SP_PROT_TLS1_0_SERVER [SniNotSet];S:FromEntity=Internet;',
        { connector, tls: tls === 'notRecorded' ? '' : word(tls, 'SERVER'), info: '00A: ' });
      yield agents(it);
      if (random.chance(0.5)) {
        yield row(it, 2, 'ROUTING', 'RESOLVE', `S:MTFA=${random.hex(4)};S:PrefilteredRecips=1;S:RecipientLimit=500;S:MsgRecipCount=1;`, { reference: random.guid() });
      }
      yield deliver(it, 'Internet');
    },
    *outbound() {
      const it = message(true, random.skewed(own), random.of(outside));
      yield submitted(it);
      yield row(it, 1, 'STOREDRIVER', 'SUBMIT', 'S:FromEntity=Hosted;');
      yield agents(it);
      yield sendOut(it);
    },
    *submission() {
      const it = message(true, random.skewed(own), random.of(outside));
      const tls = random.weighted({ '1.2': 0.6, '1.0': 0.1, unstated: 0.2, none: 0.1 });
      const stated = tls === 'unstated' || tls === 'none' ? '' : word(tls, 'SERVER');
      truth.counted.add(`submission ${tls}`);
      yield row(it, 0, 'SMTP', 'RECEIVE', `S:ProxyHop1=${it.front}(10.7.52.17);${stated && tlsPart(tls, 'SERVER')}S:FromEntity=Hosted;`,
        { tls: stated, info: tls === 'none' ? '07I: ' : '06I: ' });
      yield agents(it);
      yield sendOut(it);
    },
    *internal() {
      const it = message(true, random.skewed(own), random.of(own));
      truth.counted.add('internal notRecorded');
      yield submitted(it);
      yield agents(it);
      yield deliver(it, 'Hosted');
    },
  };
  const mix = { inbound: 0.55, outbound: 0.3, submission: 0.1, internal: 0.05 };
  return {
    header: `${HEADER}\r\n`,
    rows: interleave(random, 64, () => stories[random.weighted(mix)](), more),
  };
}
