// Counts the messages of a Postfix log, or of an SMTP Receive Protocol Log, by direction and TLS.

async function* linesOf(file) {
  let rest = '';
  for await (const text of file.stream().pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop();
    yield lines;
  }
  if (rest) yield [rest];
}

let messages = 0;
const counted = new Map();
const count = (direction, tls) => counted.set(`${direction} ${tls}`, (counted.get(`${direction} ${tls}`) ?? 0) + 1);

const PROCESS = /^\S+ \S+ postfix\/(\S+): (.*)$/;
const ESTABLISHED = /TLS connection established (from|to) .*: TLSv([\d.]+) with cipher/;
const MAIL = /^([0-9A-F]{6,}): (client|to)=/;

/** Sessions and connections under way, by process. */
const sessions = new Map();
const connections = new Map();

function postfix(line) {
  const [, process, text] = PROCESS.exec(line) ?? [];
  if (!process) return;
  if (text.startsWith('connect from ')) {
    sessions.set(process, { tls: 'notRecorded', mails: [] });
    return;
  }
  const [, way, version] = ESTABLISHED.exec(text) ?? [];
  if (version) {
    const tls = version === '1' ? '1.0' : version;
    if (way === 'from') sessions.get(process).tls = tls;
    else connections.set(process, tls);
    return;
  }
  const [, , what] = MAIL.exec(text) ?? [];
  if (what === 'client') {
    messages += 1;
    sessions.get(process).mails.push(text.includes('sasl_username=') ? 'submission' : 'inbound');
  } else if (what === 'to' && process.startsWith('smtp[') && text.includes('status=sent')) {
    count('outbound', connections.get(process) ?? 'notRecorded');
    connections.delete(process);
  } else if (text.startsWith('disconnect from ')) {
    const { tls, mails } = sessions.get(process);
    for (const direction of mails) count(direction, tls === 'notRecorded' && !/ starttls=/.test(text) ? 'none' : tls);
    sessions.delete(process);
  }
}

const ENTRY = /^[^,]*,[^,]*,([^,]*),\d+,[^,]*,[^,]*,(.),(.*)$/;
const NEGOTIATED = /TLS protocol SP_PROT_TLS(\d)_(\d)_SERVER negotiation succeeded/;

function receive(line) {
  const [, id, event, text] = ENTRY.exec(line) ?? [];
  if (!id) return;
  if (event === '+') {
    sessions.set(id, { tls: 'none', direction: 'inbound' });
    return;
  }
  const session = sessions.get(id);
  if (event === '-') {
    sessions.delete(id);
  } else if (event === '*') {
    const [, major, minor] = NEGOTIATED.exec(text) ?? [];
    if (major) session.tls = `${major}.${minor}`;
    if (text.endsWith(',authenticated')) session.direction = 'submission';
  } else if (event === '>' && /250 2\.6\.0 <.*> .*Queued mail for delivery/.test(text)) {
    messages += 1;
    count(session.direction, session.tls);
  }
}

onmessage = async ({ data: file }) => {
  let rows = 0;
  for await (const lines of linesOf(file)) {
    for (const line of lines) {
      if (line.startsWith('#')) continue;
      rows += 1;
      if (line.includes(' postfix/')) postfix(line);
      else receive(line);
    }
  }
  postMessage({ rows, messages, counted: Object.fromEntries(counted) });
};
