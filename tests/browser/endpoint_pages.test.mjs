// The page against a real host: data in lines and in pages, packed or not, read
// again when a person wants, with a token, and after a wait.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  counted, document, example, expected, failed, figures, hosted, lines, listen, messages, notice, refresh, send,
} from './endpoint_host.mjs';
import { address, choose, open, started, whenDone, withBrowser } from './support.mjs';

withBrowser();

const ndjson = { 'Content-Type': 'application/x-ndjson' };
const inLines = readFileSync('docs/endpoint.example.ndjson');

for (const [what, headers, body, source] of [
  ['in lines', ndjson, inLines],
  ['in lines, packed on the way', { ...ndjson, 'Content-Encoding': 'gzip' }, gzipSync(inLines)],
  ['as a packed file', { 'Content-Type': 'application/gzip' }, gzipSync(example)],
  ['as a packed file of lines, by its name', { 'Content-Type': 'application/octet-stream' }, gzipSync(inLines), '/api/mail.gz'],
]) {
  test(`data that comes ${what} gives the figures of the document`, async (t) => {
    const { page, asked } = await hosted(t, (_, response) => send(response, body, headers), { source });
    await whenDone(page);
    const { files, ...rest } = await figures(page);
    const { files: known, ...others } = expected;
    assert.deepEqual(rest, others);
    assert.equal(files[0].rows, known[0].rows);
    assert.equal(asked[0].headers.accept, 'application/x-ndjson, application/json');
    assert.equal(asked[0].headers.authorization, undefined);
  });
}

/** The page of that number out of 100 messages, in one of the forms, and `next` in one of the places. */
const pageOf = (number) => {
  const items = messages(20, number * 20);
  const next = number < 4 ? { next: `?page=${number + 1}&of="5"` } : {};
  return [
    () => document(items, next),
    () => lines(items, next),
    () => lines(items, {}, next),
    () => gzipSync(lines(items, next)),
  ];
};
const numberOf = (request) => Number(new URL(request.url, 'http://x').searchParams.get('page') ?? 0);

for (const [form, name] of ['documents', 'lines', 'lines that name the next at their end', 'packed lines'].entries()) {
  test(`pages of ${name} count as one`, async (t) => {
    const { page, asked } = await hosted(t, (request, response) => send(response, pageOf(numberOf(request))[form]()));
    await whenDone(page);
    assert.equal(await counted(page), 100);
    assert.deepEqual(asked.map(numberOf), [0, 1, 2, 3, 4]);
    // They are one file, so what is alike in two pages counts twice, as in one.
    const { files } = await figures(page);
    assert.deepEqual(files.map(({ name: file, rows, duplicates }) => [file, rows, duplicates]), [['/api/mail.json', 100, 0]]);
  });
}

test('messages without an id count in all pages, as they do in one', async (t) => {
  const same = Array.from({ length: 3 }, () => ({ time: '2026-09-03T10:00:00Z', direction: 'inbound', tls: '1.3' }));
  const { page } = await hosted(t, (request, response) =>
    send(response, document(same, numberOf(request) < 2 ? { next: `?page=${numberOf(request) + 1}` } : {})),
  );
  await whenDone(page);
  assert.equal(await counted(page), 9);
});

for (const [what, next, words] of [
  ['at another path', '/api/other.json?page=1', /next page would be “\/api\/other\.json\?page=1”/],
  ['on another host', 'https://other.example/api/mail.json?page=1', /next page would be “https:\/\/other\.example/],
  ['with a scheme of its own', 'data:application/json,{}', /next page would be “data:/],
  ['that is itself', '/api/mail.json', /came twice/],
  ['in a circle', '?page=1', /page=1 came twice/],
]) {
  test(`a next page ${what} ends it, and nothing counts`, async (t) => {
    const { page, asked } = await hosted(t, (_, response) => send(response, document(messages(3), { next })));
    await notice(page, words);
    assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
    assert.ok(asked.length <= 2 && asked.every(({ url }) => url.startsWith('/api/mail.json')));
  });
}

test('pages without end are given up', { timeout: 240_000 }, async (t) => {
  const { page, asked } = await hosted(t, (request, response) =>
    send(response, document([], { next: `?page=${numberOf(request) + 1}` })),
  );
  await page.locator('.notice').getByText('more than 10,000 pages').waitFor({ timeout: 200_000 });
  assert.equal(asked.length, 10_000);
});

test('of pages of which one fails none counts, and what was there stays', async (t) => {
  let fails = true;
  const { page } = await hosted(t, (request, response) => {
    const number = numberOf(request);
    if (number === 3 && fails) return response.writeHead(500).end();
    send(response, pageOf(number)[1]());
  });
  await notice(page, /failed to answer \(HTTP 500\)/);
  await choose(page, 'docs/endpoint.example.json');
  await whenDone(page);
  assert.equal(await counted(page), 8);
  await refresh(page);
  await notice(page, /failed to answer \(HTTP 500\)/);
  assert.equal(await counted(page), 8);
  fails = false;
  await refresh(page);
  await whenDone(page, 2);
  assert.equal(await counted(page), 108);
});

test('the page says which page comes, and can be cancelled there', async (t) => {
  const { page } = await hosted(t, (request, response) => {
    const number = numberOf(request);
    if (number < 3) return send(response, pageOf(number)[0]());
    response.writeHead(200).write('{"version":1,');
  });
  await page.getByText(/Page 4, [\d.,]+ kB so far/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await notice(page, 'Cancelled before the data had come');
  assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
});

test('refresh asks only for what is new, and says so where nothing is', async (t) => {
  const versions = [1, 1, 1];
  const { page, asked } = await hosted(t, (request, response) => {
    const number = numberOf(request);
    const etag = `"${number}-${versions[number]}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, { ETag: etag }).end();
    const next = number < 2 ? { next: `?page=${number + 1}` } : {};
    send(response, document(messages(versions[number], number * 20), next), { ETag: etag });
  });
  await whenDone(page);
  assert.equal(await counted(page), 3);
  await page.getByText(/^Read at \d\d:\d\d:\d\d$/).waitFor();
  await refresh(page);
  await notice(page, 'Nothing new');
  assert.equal(asked.length, 6);
  assert.equal(await counted(page), 3);
  versions[1] = 5;
  await refresh(page);
  await whenDone(page, 2);
  assert.equal(await counted(page), 7);
  assert.equal(await page.locator('.notice').count(), 0);
  assert.deepEqual(asked.slice(6).map(({ headers }) => headers['if-none-match']), ['"0-1"', '"1-1"', '"2-1"']);
  // What is forgotten is asked for anew.
  await page.getByRole('button', { name: 'Start over' }).click();
  await refresh(page);
  await whenDone(page, 3);
  assert.equal(await counted(page), 7);
  assert.equal(asked[9].headers['if-none-match'], undefined);
});

const worse = [
  ['fails', (response) => response.writeHead(500).end(), /failed to answer/],
  ['breaks off', (response) => response.writeHead(200, { 'Content-Length': 5_000 }).write('{', () => response.destroy()), /broke off/],
  ['is a web page', (response) => send(response, '<html>', { 'Content-Type': 'text/html' }), /answered with a web page/],
  ['is no JSON', (response) => send(response, document(messages(9)).replace('"tls"', 'tls')), /figures are those of before.*no valid JSON/],
  ['is cut off', (response) => send(response, lines(messages(9)).slice(0, -20), ndjson), /figures are those of before.*cut off/],
  ['miscounts itself', (response) => send(response, lines(messages(9), {}, { items: 8 }), ndjson), /figures are those of before.*8 items/],
  ['is of another version', (response) => send(response, document(messages(9)).replace(':1', ':2')), /figures are those of before.*version 2/],
  ['is something else', (response) => send(response, 'Hello'), /figures are those of before/],
];

for (const [what, answer, words] of worse) {
  test(`figures stay where a new answer ${what}, and the next one counts`, async (t) => {
    let good = document(messages(4));
    const { page } = await hosted(t, (_, response) => (good ? send(response, good) : answer(response)));
    await whenDone(page);
    await choose(page, 'docs/endpoint.example.json');
    await whenDone(page, 2);
    const before = await figures(page);
    good = undefined;
    await refresh(page);
    await notice(page, words);
    await page.locator('html[data-import="done"]').waitFor({ state: 'attached' });
    assert.deepEqual(await figures(page), before);
    good = document(messages(6));
    const count = Number(await page.locator('html').getAttribute('data-import-count'));
    await refresh(page);
    await whenDone(page, count + 1);
    assert.equal(await counted(page), 14);
  });
}

test('a refresh that is cancelled changes nothing', async (t) => {
  const { page } = await hosted(t, (_, response, number) => {
    if (number === 1) return send(response, document(messages(4)));
    response.writeHead(200).write('{"version":1,');
  });
  await whenDone(page);
  await refresh(page);
  await page.getByText('Asking for the data…').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Refresh' }).isDisabled(), true);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await notice(page, 'Cancelled before the data had come');
  assert.equal(await counted(page), 4);
});

/** A host that gives data for one token only. */
const guarded = (token, then) => (request, response, number) => {
  if (request.headers.authorization === `Bearer ${token}`) return then(request, response, number);
  response.writeHead(401, { 'WWW-Authenticate': 'Bearer realm="mail"' }).end();
};

const giveToken = async (page, token) => {
  const dialog = page.getByRole('dialog', { name: 'Token for the data' });
  await dialog.getByLabel('Token', { exact: true }).fill(token);
  await dialog.getByRole('button', { name: 'Use token' }).click();
};

test('a token is asked for, sent to the endpoint, and kept nowhere', async (t) => {
  const token = 'secret-token-1234567890';
  const { page, asked } = await hosted(
    t,
    guarded(token, (request, response) => {
      if (request.method === 'POST') return send(response, '{"version":1,"outcome":"accepted"}');
      send(response, pageOf(numberOf(request))[1](), ndjson);
    }),
    { fragment: '#/smtp-auth-clients-report' },
  );
  const field = page.getByRole('dialog', { name: 'Token for the data' }).getByLabel('Token', { exact: true });
  assert.deepEqual([await field.getAttribute('type'), await field.getAttribute('autocomplete')], ['password', 'off']);
  await giveToken(page, 'no token');
  await page.getByRole('alert').getByText('This is no token').waitFor();
  await giveToken(page, 'wrong-token');
  await page.getByRole('alert').getByText('did not take this token').waitFor();
  await giveToken(page, token);
  await whenDone(page);
  await page.getByRole('button', { name: 'Request report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Request report' });
  await dialog.getByLabel('Recipients').fill('audit@office.example');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await notice(page, 'The report was requested');
  const sent = asked.map(({ method, url, headers }) => [method, url.includes('secret'), headers.authorization ?? '']);
  assert.deepEqual(sent[0], ['GET', false, '']);
  assert.deepEqual(sent[1], ['GET', false, 'Bearer wrong-token']);
  assert.ok(sent.slice(2).every(([, inUrl, header]) => !inUrl && header === `Bearer ${token}`));
  assert.equal(sent.at(-1)[0], 'POST');
  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]));
  assert.ok(!kept.includes(token));
  // Loading the page again asks again.
  await page.reload();
  await page.getByRole('dialog', { name: 'Token for the data' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).last().click();
  await notice(page, 'wants a bearer token');
});

test('a report request that wants a token is sent once the token is there', async (t) => {
  const posted = [];
  const post = guarded('right', (_, response) => send(response, '{"version":1,"outcome":"sent"}'));
  const { page } = await hosted(
    t,
    (request, response) => {
      if (request.method !== 'POST') return send(response, document(messages(2)));
      posted.push(request.headers.authorization);
      post(request, response);
    },
    { fragment: '#/connector-report' },
  );
  await whenDone(page);
  await page.getByRole('button', { name: 'Request report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Request report' });
  await dialog.getByLabel('Recipients').fill('audit@office.example');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await giveToken(page, 'right');
  await notice(page, 'sent to its recipients');
  assert.deepEqual(posted, [undefined, 'Bearer right']);
});

test('a host that is busy is asked again when it says', async (t) => {
  const { page, asked } = await hosted(t, (_, response, number) => {
    if (number === 1) return response.writeHead(429, { 'Retry-After': '1' }).end();
    if (number === 2) return response.writeHead(503, { 'Retry-After': new Date(Date.now() + 1_000).toUTCString() }).end();
    send(response, document(messages(2)));
  });
  await whenDone(page);
  assert.deepEqual([await counted(page), asked.length], [2, 3]);
});

test('a host that says nothing is asked five more times, ever later, with a countdown', { timeout: 120_000 }, async (t) => {
  const { page, asked } = await hosted(t, (_, response) => response.writeHead(503).end(), {
    starts: false,
    prepare: (empty) => empty.clock.install(),
  });
  const now = () => page.evaluate(() => Date.now());
  for (const [times, shortest] of [1_000, 2_000, 4_000, 8_000, 16_000].entries()) {
    await page.getByText(/The host is asked again in \d+ s/).waitFor();
    assert.equal(asked.length, times + 1);
    const since = await now();
    for (let step = 0; step < 200 && asked.length === times + 1; step += 1) await page.clock.runFor(250);
    assert.equal(asked.length, times + 2, await page.locator('main').innerText());
    const waited = (await now()) - since;
    assert.ok(waited > shortest - 1_000 && waited < shortest * 1.5 + 2_000, `${waited} ms in place of ${shortest}`);
  }
  await notice(page, /busy \(HTTP 503\), and was asked several times/);
  assert.equal(asked.length, 6);
});

test('waiting can be cancelled', async (t) => {
  const { page, asked } = await hosted(t, (_, response) => response.writeHead(429, { 'Retry-After': '100' }).end());
  await page.getByText(/The host is asked again in \d+ s/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await notice(page, 'Cancelled before the data had come');
  assert.equal(asked.length, 1);
});

test('a host that wants more patience is not waited for', async (t) => {
  const { page, asked } = await hosted(t, (_, response) => response.writeHead(503, { 'Retry-After': '3600' }).end());
  await notice(page, /not to be asked before \d\d:\d\d:\d\d \(HTTP 503\)/);
  assert.equal(asked.length, 1);
});

test('a network that fails once is forgiven, and no byte counts twice', async (t) => {
  const { page, asked } = await hosted(t, (request, response, number) => {
    const whole = pageOf(numberOf(request))[1]();
    // Half of the second page, and then the whole of it.
    if (number !== 2) return send(response, whole, ndjson);
    response.writeHead(200, { 'Content-Length': whole.length });
    response.write(whole.slice(0, whole.length / 2), () => response.destroy());
  });
  await whenDone(page);
  assert.deepEqual([await counted(page), asked.length], [100, 6]);
});

test('a page may be built with one address of another origin', async (t) => {
  const cors = (request, response, next) => {
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, If-None-Match');
    response.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After, WWW-Authenticate');
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    return next();
  };
  const data = await listen(t, (request, response) =>
    cors(request, response, () =>
      guarded('right', () => {
        if (request.headers['if-none-match'] === '"1"') return response.writeHead(304).end();
        if (request.method === 'POST') return send(response, '{"version":1,"outcome":"sent"}');
        return send(response, example, { ETag: '"1"' });
      })(request, response),
    ),
  );
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const dist = join(folder, 'dist');
  const build = (endpoint) =>
    execFileSync('node', ['tools/finish.mjs', dist], { env: { ...process.env, MAILFLOW_ENDPOINT: endpoint }, stdio: 'pipe' });
  for (const wrong of ['http://mail.example.org/x', 'https://a:b@mail.example.org/x', 'https://mail.example.org/x?y', 'https://mail.example.org/', 'mail']) {
    assert.throws(() => build(wrong), /MAILFLOW_ENDPOINT/, wrong);
  }
  const endpoint = `${data.origin}/api/mail.json`;
  build(endpoint);
  const host = await listen(t, (_, response) => response.writeHead(404).end(), dist);
  const at = (source) => `${host.origin}/?source=${encodeURIComponent(source)}`;
  await (await open(t, 'hosted', { url: address('hosted') })).context().addCookies([{ name: 'a', value: 'b', url: data.origin }]);
  const page = await open(t, 'hosted', { url: at(endpoint), allow: failed });
  await giveToken(page, 'right');
  await whenDone(page);
  assert.deepEqual((await figures(page)).cells, expected.cells);
  await refresh(page);
  await notice(page, 'Nothing new');
  await started(page);
  const reach = (url) => page.evaluate((to) => fetch(to, { mode: 'no-cors' }).then(() => true, () => false), url);
  assert.deepEqual(
    await Promise.all(['/api/mail.json', '/api/mail.json?page=2', '/api/other', '/'].map((path) => reach(data.origin + path))),
    [true, true, false, false],
  );
  assert.equal(await reach(`${host.origin}/`), false);
  assert.ok(data.asked.every(({ headers }) => headers.cookie === undefined));
  // Of all others the page says what it was built with.
  const other = await open(t, 'hosted', { url: at(`${data.origin}/api/other`), allow: failed });
  await notice(other, endpoint);
});

test('an address may have any sign that a path may have', async (t) => {
  const { page, asked } = await hosted(t, (_, response) => send(response, example), { source: "/api/a;b,c 한'*.json?x=1;2" });
  await whenDone(page);
  await started(page);
  await refresh(page);
  await whenDone(page, 2);
  assert.equal(asked.length, 2);
  assert.equal(await page.evaluate(() => fetch('/api/a').then(() => true, () => false)), false);
});

test('an address that ends in a slash is refused: it would stand for all below it', async (t) => {
  const { page, asked } = await hosted(t, (_, response) => send(response, example), { source: '/api/' });
  await notice(page, 'This address ends in a slash');
  await started(page);
  assert.equal(await page.evaluate(() => fetch('/api/').then(() => true, () => false)), false);
  assert.equal(asked.length, 0);
});
