// With ?source= the page reads what its own host answers, once; every way in
// which that can fail has its own words, and the page is sealed after it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { serve } from '../../tools/serve.mjs';
import { address, dist, inBothForms, open, started, whenDone, withBrowser } from './support.mjs';

withBrowser();

const example = readFileSync('docs/endpoint.example.json', 'utf8');
const expected = JSON.parse(readFileSync('tests/expected/endpoint.example.json', 'utf8'));

/** What the browser itself says of an answer that is no success, or of none. */
const failed = [/Failed to load resource|net::ERR|Content Security Policy/];

/** The hosted page, with data at `source`, which `answer` gives. */
const connected = (t, answer, { source = '/api/mail.json', fragment = '', prepare, ...options } = {}) =>
  open(t, 'hosted', {
    url: `${address('hosted')}?source=${encodeURIComponent(source)}${fragment}`,
    prepare: async (page) => {
      await page.route('**/api/**', answer);
      await prepare?.(page);
    },
    ...options,
  });

const json = (body) => (route) => route.fulfill({ contentType: 'application/json', body });

/** The figures, as a person saves them. */
async function figures(page) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download figures (JSON)' }).click();
  return JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
}

test('the page reads what the endpoint answers', async (t) => {
  const page = await connected(t, json(example));
  await whenDone(page);
  const { files, ...rest } = await figures(page);
  const { files: known, ...others } = expected;
  assert.deepEqual(rest, others);
  assert.deepEqual(files, [{ ...known[0], name: '/api/mail.json' }]);
  await page.getByRole('region', { name: 'Files' }).getByText('/api/mail.json').first().waitFor();
});

test('the page is sealed once it has its answer, and asks nobody else', async (t) => {
  const asked = [];
  const page = await connected(
    t,
    (route) => {
      asked.push(route.request().method());
      return json(example)(route);
    },
    { allow: failed },
  );
  await whenDone(page);
  await started(page);
  const refused = await page.evaluate(() => fetch('/api/mail.json').then(() => false, () => true));
  assert.ok(refused);
  const worker = page.workers()[0];
  assert.ok(await worker.evaluate((url) => fetch(url).then(() => false, () => true), new URL('/api/mail.json', page.url()).href));
  assert.deepEqual(asked, ['GET']);
});

test('the view of the address is kept', async (t) => {
  const page = await connected(t, json(example), { fragment: '#/smtp' });
  await whenDone(page);
  assert.match(page.url(), /\?source=%2Fapi%2Fmail\.json#\/smtp/);
});

const causes = [
  ['a host that wants a sign-in (401)', (route) => route.fulfill({ status: 401 }), /Sign in to it in this browser.*/],
  ['a host that wants a sign-in (403)', (route) => route.fulfill({ status: 403 }), /HTTP 403.*Sign in/],
  ['an address with nothing there', (route) => route.fulfill({ status: 404 }), /nothing at this address \(HTTP 404\)/],
  ['another refusal', (route) => route.fulfill({ status: 429 }), /refused to give the data \(HTTP 429\)/],
  ['a failure of the host', (route) => route.fulfill({ status: 503 }), /failed to answer \(HTTP 503\)/],
  ['a host that cannot be reached', (route) => route.abort('connectionrefused'), /could not be reached/],
];

for (const [cause, answer, words] of causes) {
  test(`${cause} is told, and the page goes on`, async (t) => {
    const page = await connected(t, answer, { allow: failed });
    await page.locator('.notice').getByText(words).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Try with sample data' }).click();
    await whenDone(page);
  });
}

test('a host that stays silent is given up after half a minute', async (t) => {
  const page = await connected(t, () => {}, { allow: failed, starts: false, prepare: (empty) => empty.clock.install() });
  await page.getByText('Asking for the data…').waitFor();
  await page.clock.runFor(29_000);
  assert.equal(await page.locator('.notice').count(), 0);
  await page.clock.runFor(2_000);
  await page.locator('.notice').getByText('silent for 30 seconds').waitFor();
});

/** A host of its own for the page, whose answers begin and then end or hang. */
async function hesitant(t, end) {
  const server = await serve({ root: dist });
  const [files] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/api/')) return files(request, response);
    response.writeHead(200, { 'Content-Length': example.length });
    response.write(example.slice(0, 200));
    end(response);
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}/?source=/api/mail.json`;
}

test('an answer that breaks off counts nothing', async (t) => {
  const url = await hesitant(t, (response) => setTimeout(() => response.destroy(), 200));
  const page = await open(t, 'hosted', { url, allow: failed });
  await page.locator('.notice').getByText('The answer broke off before its end').waitFor();
  assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
});

test('an answer that falls silent is given up half a minute later', async (t) => {
  const url = await hesitant(t, () => {});
  const page = await open(t, 'hosted', { url, allow: failed, starts: false, prepare: (empty) => empty.clock.install() });
  await page.getByText('Asking for the data…').waitFor();
  await page.waitForTimeout(500);
  await page.clock.runFor(31_000);
  await page.locator('.notice').getByText('silent for 30 seconds').waitFor();
});

test('asking can be cancelled', async (t) => {
  const page = await connected(t, () => {}, { allow: failed, starts: false });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('.notice').getByText('Cancelled before the data had come').waitFor();
  await started(page);
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await whenDone(page);
});

for (const [what, body, words] of [
  ['a sign-in page', '<!doctype html><title>Sign in</title>', /looks like a web page/],
  ['bad JSON', example.replace('"version"', '\n version'), /no valid JSON from line 3, column 2 on/],
  ['JSON that is cut off', example.slice(0, 900), /JSON is cut off/],
  ['another version', example.replace('"version": 1', '"version": 2'), /version 2; version 1 is read/],
]) {
  test(`${what} is told as the problem of the file`, async (t) => {
    const page = await connected(t, json(body));
    await whenDone(page);
    await page.getByRole('region', { name: 'Files' }).getByText(words).first().waitFor();
  });
}

test('another origin is refused by name', async (t) => {
  const page = await connected(t, json(example), { source: 'https://other.example/data.json' });
  await page.locator('.notice').getByText('https://other.example').waitFor();
});

test('every cause has Korean words too', async (t) => {
  const page = await connected(t, (route) => route.fulfill({ status: 404 }), { allow: failed, locale: 'ko-KR' });
  await page.locator('.notice').getByText('이 주소에는 데이터가 없습니다').waitFor();
});

test('Connect asks for the address and goes there', async (t) => {
  const page = await open(t, 'hosted', { prepare: (empty) => empty.route('**/api/**', json(example)) });
  await page.getByRole('button', { name: 'Connect' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect to an endpoint' });
  await dialog.getByLabel('Address of the data').fill('https://other.example/x');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('alert').getByText('https://other.example').waitFor();
  await dialog.getByLabel('Address of the data').fill('/api/mail.json');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\?source=%2Fapi%2Fmail\.json/);
  await whenDone(page);
  assert.deepEqual((await figures(page)).cells, expected.cells);
  // From the dashboard too; the same address again is a new reading.
  await page.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
});

test('the single file says that it cannot connect', async (t) => {
  const page = await open(t, 'file', { url: `${address('file')}?source=mail.json` });
  await page.locator('.notice').getByText('single file, which may not connect').waitFor();
  await page.getByRole('button', { name: 'Connect' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect to an endpoint' });
  await dialog.getByText('put index.html and the files beside it on the host').waitFor();
  assert.equal(await dialog.getByRole('textbox').count(), 0);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
});

inBothForms('the same document as a file gives the same figures', async (t, form) => {
  const page = await open(t, form);
  await page.locator('input[type=file]').first().setInputFiles('docs/endpoint.example.json');
  await whenDone(page);
  assert.deepEqual(await figures(page), expected);
});

test('a report request is posted to the endpoint, and to nowhere else', async (t) => {
  const posted = [];
  const answer = (route) => {
    if (route.request().method() !== 'POST') return json(example)(route);
    posted.push([new URL(route.request().url()).pathname, route.request().postDataJSON()]);
    return route.fulfill({ status: posted.length > 1 ? 503 : 202 });
  };
  const page = await connected(t, answer, { allow: failed, fragment: '#/smtp-auth-clients-report' });
  await whenDone(page);
  await started(page);
  const send = async () => {
    await page.getByRole('button', { name: 'Request report' }).click();
    const dialog = page.getByRole('dialog', { name: 'Request report' });
    await dialog.getByLabel('Recipients').fill('audit@office.example');
    await dialog.getByLabel('TLS version').selectOption('TLS 1.0');
    await dialog.getByRole('button', { name: 'Send request' }).click();
  };
  await send();
  await page.getByRole('paragraph').filter({ hasText: 'The report was requested' }).waitFor();
  const [path, { from, to, ...request }] = posted[0];
  assert.equal(path, '/api/mail.json/report-requests');
  assert.match(`${from} ${to}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
  assert.deepEqual(request, {
    version: 1,
    report: 'senders',
    recipients: ['audit@office.example'],
    direction: null,
    connectorType: null,
    tls: '1.0',
  });
  await send();
  await page.getByRole('paragraph').filter({ hasText: 'The host did not take the request' }).waitFor();
  for (const other of ['/api/mail.json', '/api/other']) {
    assert.ok(await page.evaluate((url) => fetch(url).then(() => false, () => true), other));
  }
});
