// A host that is broken, slow or hostile: the page says so, stays usable, and
// nothing is lost or counted twice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createGzip } from 'node:zlib';
import { counted, document, failed, figures, hosted, lines, listen, messages, notice, refresh, send } from './endpoint_host.mjs';
import { choose, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const ndjson = { 'Content-Type': 'application/x-ndjson' };

/** Sends gzip of so many pieces of a text, between a beginning and an end. */
function sendPacked(response, begin, piece, times, end) {
  response.writeHead(200, { 'Content-Type': 'application/gzip' });
  const gzip = createGzip();
  gzip.pipe(response);
  gzip.write(begin);
  let left = times;
  const more = () => {
    while (left > 0) {
      left -= 1;
      if (!gzip.write(piece)) return gzip.once('drain', more);
    }
    return gzip.end(end);
  };
  response.on('close', () => gzip.destroy());
  more();
}

test('an answer beyond the limit is given up, packed or not, and what is there stays', { timeout: 240_000 }, async (t) => {
  const mega = 'x'.repeat(1 << 20);
  const { page } = await hosted(t, (_, response, number) => {
    if (number === 1) return send(response, document(messages(4)));
    return sendPacked(response, '{"version":1,"a":"', mega, 600, '","messages":[]}');
  });
  await whenDone(page);
  await refresh(page);
  await page.locator('.notice').getByText('longer than 536,870,912 bytes').waitFor({ timeout: 120_000 });
  assert.equal(await counted(page), 4);
});

test('pages that are too long together are given up', { timeout: 240_000 }, async (t) => {
  const mega = 'x'.repeat(1 << 20);
  const { page, asked } = await hosted(t, (request, response, number) =>
    sendPacked(response, `{"version":1,"next":"?page=${number}","a":"`, mega, 200, '","messages":[]}'),
  );
  await page.locator('.notice').getByText('longer than 536,870,912 bytes').waitFor({ timeout: 120_000 });
  assert.equal(asked.length, 3);
});

const deep = '['.repeat(1_000_000);
const bombs = [
  ['JSON a million brackets deep', document(messages(1)).replace('"inbound"', deep), /no valid JSON/],
  ['lines a million brackets deep', lines(messages(1)).replace('"inbound"', deep), /no valid JSON/],
  ['a line without end', lines(messages(1)).replace('inbound', 'x'.repeat(20 << 20)), /Line 2 is longer than/],
  ['a string without end', `${document(messages(1)).slice(0, -20)}"${'x'.repeat(20 << 20)}`, /no valid JSON|cut off/],
  ['lines that end before their end', lines(messages(3)).replace(/\{"end".*/, ''), /cut off/],
  ['lines that have fewer items than they say', lines(messages(3)).replace('"items":3', '"items":4'), /4 items, but there are 3/],
];

for (const [what, body, words] of bombs) {
  test(`${what}: the problem is told, and the page goes on`, async (t) => {
    const { page } = await hosted(t, (_, response) => send(response, body, body[14] === '\n' ? ndjson : {}));
    await whenDone(page);
    await page.getByRole('region', { name: 'Files' }).getByText(words).first().waitFor();
    await choose(page, 'docs/endpoint.example.json');
    await whenDone(page, 2);
    assert.equal(await counted(page), 8);
  });
}

test('numbers that no count can be are left out and told', async (t) => {
  const counts = ['9007199254740993', '4294967296', '-1', '0', '1.5', '1e400'];
  const good = JSON.stringify(messages(1)[0]);
  const item = (count) => good.replace('}', `,"count":${count}}`);
  const body = `{"version":1}\n${counts.slice(0, 5).map((count) => `{"message":${item(count)}}\n`).join('')}{"message":${good}}\n{"end":{"items":6}}\n`;
  const { page } = await hosted(t, (_, response) => send(response, body, ndjson));
  await whenDone(page);
  const { files } = await figures(page);
  assert.equal(await counted(page), 1);
  assert.deepEqual([files[0].rows, files[0].messages], [6, 1]);
});

test('a host of a byte now and then is waited for as long as bytes come', async (t) => {
  const body = lines(messages(2));
  let write;
  const { page } = await hosted(
    t,
    (_, response) => {
      response.writeHead(200, ndjson);
      write = (text, last) => (last ? response.end(text) : response.write(text));
      write(body.slice(0, 3));
    },
    { starts: false, prepare: (empty) => empty.clock.install() },
  );
  for (let at = 3; at < 8; at += 1) {
    await page.getByText(`Page 1, ${at} B so far`).waitFor();
    await page.clock.runFor(20_000);
    write(body.slice(at, at + 1));
  }
  await page.getByText('Page 1, 8 B so far').waitFor();
  write(body.slice(8), true);
  await whenDone(page);
  assert.equal(await counted(page), 2);
});

test('a host that stops in the middle of the pages leaves what was there', async (t) => {
  const { page, server } = await hosted(t, (request, response, number) => {
    if (number === 1) return send(response, document(messages(4)));
    if (number === 2) return send(response, document(messages(2), { next: '?page=2' }));
    server.close();
    return server.closeAllConnections();
  });
  await whenDone(page);
  await refresh(page);
  await notice(page, 'could not be reached');
  assert.equal(await counted(page), 4);
});

for (const where of ['another origin', 'another path', 'the same path']) {
  test(`a redirect to ${where} is not followed`, async (t) => {
    const other = await listen(t, (_, response) => send(response, document(messages(4)), { 'Access-Control-Allow-Origin': '*' }));
    const { page, asked } = await hosted(t, (_, response) => {
      const to = { 'another origin': `${other.origin}/api/mail.json`, 'another path': '/api/x', 'the same path': '?again' }[where];
      response.writeHead(302, { Location: to }).end();
    });
    await notice(page, /leads to another address/);
    assert.deepEqual([asked.length, other.asked.length], [1, 0]);
  });
}

/** The most memory that a tab of the browser ever had, in kB. */
async function peak(page) {
  const session = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const tabs = processInfo.filter(({ type }) => type === 'renderer');
  return Math.max(...tabs.map(({ id }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1])));
}

test('a million messages are read within memory', { timeout: 300_000 }, async (t) => {
  const [all, of] = [1_000_000, 20];
  let sent = 0;
  const { page } = await hosted(t, async (request, response) => {
    const number = Number(new URL(request.url, 'http://x').searchParams.get('page') ?? 0);
    response.writeHead(200, ndjson);
    const next = number < of - 1 ? `,"next":"?page=${number + 1}"` : '';
    let text = `{"version":1${next}}\n`;
    const first = (number * all) / of;
    for (let at = first; at < first + all / of; at += 1) {
      const day = String((at % 28) + 1).padStart(2, '0');
      text += `{"message":{"time":"2026-09-${day}T10:00:00Z","id":"<${at}.4f2a9c@contoso.example>","direction":"inbound","connector":"From Fabrikam","connectorType":"Partner","forcedTls":true,"tls":"1.${at % 4}","cipher":"TLS_AES_256_GCM_SHA384","sender":"person${at % 5_000}@fabrikam.example"}}\n`;
    }
    text += `{"end":{"items":${all / of}}}\n`;
    sent += text.length;
    response.end(text);
  });
  await whenDone(page, 1, 240_000);
  assert.equal(await counted(page), all);
  const tab = await peak(page);
  t.diagnostic(`${Math.round(sent / 1e6)} MB of JSON; the tab had ${Math.round(tab / 1024)} MiB at most`);
  assert.ok(tab < 1 << 20, `${tab} kB`);
});
