// With ?source= the page reads what its own host answers; every way in which
// that can fail has its own words, and the page keeps no other address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example, expected, failed, figures, listen } from './endpoint_host.mjs';
import { address, inBothForms, open, started, whenDone, withBrowser } from './support.mjs';

withBrowser();

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

test('the page reads what the endpoint answers', async (t) => {
  const page = await connected(t, json(example));
  await whenDone(page);
  const { files, ...rest } = await figures(page);
  const { files: known, ...others } = expected;
  assert.deepEqual(rest, others);
  assert.deepEqual(files, [{ ...known[0], name: '/api/mail.json' }]);
  await page.getByRole('region', { name: 'Files' }).getByText('/api/mail.json').first().waitFor();
});

test('the page is sealed but for the very address of the data', async (t) => {
  const asked = [];
  const page = await connected(
    t,
    (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return json(example)(route);
    },
    { allow: failed },
  );
  await whenDone(page);
  await started(page);
  const reach = (where, path) =>
    where.evaluate((url) => fetch(url).then(() => true, () => false), new URL(path, page.url()).href);
  for (const where of [page, page.workers()[0]]) {
    for (const path of ['/api/mail.json/', '/api/mail.json2', '/api/other', '/api/mail.json/report-requests/x', '/']) {
      assert.equal(await reach(where, path), false, path);
    }
    assert.ok(await reach(where, '/api/mail.json?page=2'));
  }
  assert.deepEqual([...new Set(asked)], ['/api/mail.json']);
});

test('the view of the address is kept', async (t) => {
  const page = await connected(t, json(example), { fragment: '#/smtp' });
  await whenDone(page);
  assert.match(page.url(), /\?source=%2Fapi%2Fmail\.json#\/smtp/);
});

const causes = [
  [
    'a host that wants a sign-in (401)',
    (route) => route.fulfill({ status: 401, headers: { 'WWW-Authenticate': 'Negotiate' } }),
    /Sign in to it in this browser.*/,
  ],
  ['a host that wants a sign-in (403)', (route) => route.fulfill({ status: 403 }), /HTTP 403.*Sign in/],
  ['an address with nothing there', (route) => route.fulfill({ status: 404 }), /nothing at this address \(HTTP 404\)/],
  ['another refusal', (route) => route.fulfill({ status: 410 }), /refused to give the data \(HTTP 410\)/],
  ['a failure of the host', (route) => route.fulfill({ status: 500 }), /failed to answer \(HTTP 500\)/],
  ['a host that cannot be reached', (route) => route.abort('connectionrefused'), /could not be reached/],
  ['an empty answer', (route) => route.fulfill({ status: 204 }), /answered with nothing/],
  ['an answer of no bytes', (route) => route.fulfill({ status: 200, body: '' }), /answered with nothing/],
  [
    'a sign-in page in place of data',
    (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<title>Sign in</title>' }),
    /answered with a web page/,
  ],
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
  const { origin } = await listen(t, (request, response) => {
    response.writeHead(200, { 'Content-Length': example.length });
    response.write(example.slice(0, 200));
    end(response);
  });
  return `${origin}/?source=/api/mail.json`;
}

test('an answer that breaks off counts nothing', async (t) => {
  const url = await hesitant(t, (response) => setTimeout(() => response.destroy(), 100));
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

/** A page with an endpoint that answers report requests so. */
const requesting = (t, reply) =>
  connected(t, (route) => (route.request().method() === 'POST' ? reply(route) : json(example)(route)), {
    allow: failed,
    fragment: '#/smtp-auth-clients-report',
  });

async function request(page, sends = (button) => button.click()) {
  await page.getByRole('button', { name: 'Request report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Request report' });
  await dialog.getByLabel('Recipients').fill('audit@office.example');
  await dialog.getByLabel('TLS version').selectOption('TLS 1.0');
  await sends(dialog.getByRole('button', { name: 'Send request' }));
}

test('a report request is posted to the endpoint, and to nowhere else', async (t) => {
  const posted = [];
  const page = await requesting(t, (route) => {
    posted.push([new URL(route.request().url()).pathname, route.request().postDataJSON()]);
    return route.fulfill({ status: posted.length > 1 ? 503 : 202 });
  });
  await whenDone(page);
  await started(page);
  await request(page);
  await page.getByRole('paragraph').filter({ hasText: 'The report was requested' }).waitFor();
  const [path, { from, to, ...rest }] = posted[0];
  assert.equal(path, '/api/mail.json/report-requests');
  assert.match(`${from} ${to}`, /^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
  assert.deepEqual(rest, {
    version: 1,
    report: 'senders',
    recipients: ['audit@office.example'],
    direction: null,
    connectorType: null,
    tls: '1.0',
  });
  await request(page);
  await page.getByRole('paragraph').filter({ hasText: /did not take the request.*HTTP 503/ }).waitFor();
  assert.equal(posted.length, 2);
  for (const other of ['/api/mail.json/other', '/api/other']) {
    assert.ok(await page.evaluate((url) => fetch(url).then(() => false, () => true), other));
  }
});

const outcomes = [
  ['sent', 200, { version: 1, outcome: 'sent', detail: 'To 1 recipient' }, /sent to its recipients.*“To 1 recipient”/],
  ['written', 201, { version: 1, outcome: 'written', detail: 'a.eml' }, /outbox.*“a\.eml”/],
  ['accepted', 202, { version: 1, outcome: 'accepted' }, /The report was requested/],
  ['something else', 200, 'fine', /The report was requested/],
  ['refused', 422, { version: 1, outcome: 'refused', detail: 'No such <b>recipient</b>' }, /did not take.*“No such <b>recipient<\/b>”/],
  ['refused by an outcome only', 200, { version: 1, outcome: 'refused', detail: 'No' }, /did not take.*“No”/],
  ['full', 507, { version: 1, outcome: 'refused', detail: 'x'.repeat(5_000) }, /did not take.*“x{300}…”$/],
  ['lost in a sign-in page', 200, '<html>', /did not take.*answered with a web page/],
];

for (const [what, status, answer, words] of outcomes) {
  test(`a report request that is ${what} is told in the words of the host`, async (t) => {
    const isPage = answer === '<html>';
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const page = await requesting(t, (route) =>
      route.fulfill({ status, contentType: isPage ? 'text/html' : 'application/json', body }),
    );
    await whenDone(page);
    await request(page);
    await page.locator('.notice').getByText(words).waitFor();
  });
}

test('a report request is sent once, however often the button is pressed', async (t) => {
  let posted = 0;
  let answer;
  const page = await requesting(t, (route) => {
    posted += 1;
    answer = () => route.fulfill({ status: 202 });
  });
  await whenDone(page);
  await request(page, (button) => button.evaluate((element) => [1, 2, 3].forEach(() => element.click())));
  await page.locator('.notice').getByText('Sending the request…').waitFor();
  // Nor is another one sent before the first has its answer.
  await request(page);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  answer();
  await page.locator('.notice').getByText('The report was requested').waitFor();
  assert.equal(posted, 1);
});
