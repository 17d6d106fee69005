// The main journeys in Firefox, in both forms, by the roles and names that a person goes by.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { control, launchFirefox, saved } from './firefox.mjs';
import { addresses, forms } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mailflow-journey-'));
const trio = join(folder, 'trio');
execFileSync('target/release/mailflow', ['sample', '--days', '20', '--last-day', '2026-11-20', trio]);
const truth = JSON.parse(readFileSync(join(trio, 'truth.json'), 'utf8'));
rmSync(join(trio, 'truth.json'));
const exports = readdirSync(trio).map((name) => join(trio, name));

let firefox;
let site;
before(async () => {
  site = await addresses();
  firefox = await launchFirefox();
});
after(async () => {
  await firefox?.close();
  site?.server.close();
  site?.server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** Opens a form of the page, and fails the test if it writes an error or a warning to the console that is not `allowed`. */
async function open(t, form, allowed = /(?!)/) {
  const page = await firefox.browser.newPage();
  const troubles = [];
  const note = (text) => allowed.test(text) || troubles.push(text);
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && note(message.text()));
  page.on('pageerror', (error) => note(String(error)));
  t.after(async () => {
    await page.close();
    assert.deepEqual(troubles, []);
  });
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(site[form]);
  await page.evaluate(() => window.mailflow.sealed);
  return page;
}

async function read(page, files) {
  const input = await page.$('input[type=file]');
  await input.uploadFile(...files.map((file) => resolve(file)));
  await page.waitForSelector('html[data-import="done"]');
}

const press = (page, role, name) => page.locator(control(role, name)).click();
const there = (page, role, name) => page.waitForSelector(control(role, name));

/** Messages of the last week that the truth holds. */
const lastWeek = (direction) => truth.cells
  .filter((cell) => cell.day > '2026-11-13' && cell.direction === direction)
  .reduce((sum, cell) => sum + cell.messages, 0);

function inFirefox(name, body) {
  for (const form of forms) test(`Firefox: ${name} (${form})`, { timeout: 120_000 }, (t) => body(t, form));
}

inFirefox('a person reads a trio of exports and the true figures, and finds who is behind', async (t, form) => {
  const page = await open(t, form);
  await read(page, exports);
  await press(page, 'button', `Inbound: ${lastWeek('inbound')}`);
  await there(page, 'dialog', 'Messages protected in transit (by TLS)');
  await page.keyboard.press('Escape');
  await press(page, 'button', `Messages: ${lastWeek('submission')}`);
  await press(page, 'link', 'SMTP Auth clients report');
  await there(page, 'heading', 'SMTP Auth clients report');
  await press(page, 'button', 'View details table');
  const table = await there(page, 'region', 'SMTP Auth clients report');
  // A head and at least one sender.
  assert.ok((await table.$$('tr')).length > 1);
  await press(page, 'link', 'Readiness');
  await there(page, 'heading', 'Readiness');
  await page.goBack();
  await there(page, 'heading', 'SMTP Auth clients report');
});

inFirefox('the page counts what the program counts', async (t, form) => {
  const page = await open(t, form);
  await read(page, exports);
  const counted = JSON.parse(await saved(page, firefox.downloads, 'Download figures (JSON)'));
  const program = JSON.parse(execFileSync('target/release/mailflow', ['tally', '--json', ...exports]));
  assert.deepEqual([counted.cells, counted.senders], [program.cells, program.senders]);
});

inFirefox('nothing leaves the page, nor its workers', async (t, form) => {
  let asked = 0;
  const listener = createServer((_, response) => {
    asked += 1;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end();
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  t.after(() => listener.close());
  const url = `http://127.0.0.1:${listener.address().port}/`;
  /** Whether page and worker were refused. */
  const tried = (page) => page.evaluate(async (url) => {
    const refused = (request) => request.then(() => false, () => true);
    const code = `onmessage = ({ data }) => fetch(data).then(() => postMessage(false), () => postMessage(true));`;
    const worker = new Worker(URL.createObjectURL(new Blob([code])));
    const answer = new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
    worker.postMessage(url);
    return [await refused(fetch(url)), await answer];
  }, url);
  // The attempts are real: a page without a policy gets through.
  const plain = await firefox.browser.newPage();
  t.after(() => plain.close());
  await plain.goto(url);
  assert.deepEqual(await tried(plain), [false, false]);
  const before = asked;
  const page = await open(t, form, /connect-src/);
  await read(page, exports);
  assert.deepEqual(await tried(page), [true, true]);
  assert.equal(asked, before);
});
