// What the browser tests share: one browser and one server a test file, pages
// in both forms, real drops, and the wait for an import.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../../tools/serve.mjs';

export const dist = resolve('dist');

/** A sub-path, because that is where many static hosts put a page. */
const prefix = '/some/sub/path/';

/** The browser named by CHROME, or the first that is found. */
function browserPath() {
  if (process.env.CHROME) return process.env.CHROME;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of process.env.PATH.split(delimiter)) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  throw new Error('No Chromium was found: name one with CHROME=path');
}

/** How the browser is started. */
export const launchOptions = () => ({
  executablePath: browserPath(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Else the browser itself would keep pages from servers on this machine,
    // and what the policy does would not show.
    '--disable-features=LocalNetworkAccessChecks',
  ],
});

export const launch = () => chromium.launch(launchOptions());

/** The two addresses of the page, and the server behind one of them. */
export async function addresses() {
  const server = await serve({ root: dist, prefix });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    server,
    hosted: `${origin}${prefix}`,
    file: pathToFileURL(join(dist, 'mailflow.html')).href,
  };
}

export const forms = ['hosted', 'file'];

let browser;
let site;

/** To be called once by each test file, at its top. */
export function withBrowser() {
  before(async () => {
    site = await addresses();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    site?.server.close();
    site?.server.closeAllConnections();
  });
}

/** The address of a form. */
export const address = (form) => site[form];

/**
 * Opens a form of the page in a context of its own, and fails the test if it
 * writes an error or a warning to the console that `allow` does not name.
 * `prepare` gets the empty page; with `starts: false` the page is not waited for;
 * `url` is opened instead of the form's own.
 */
export async function open(t, form, { prepare, url = address(form), allow = [], starts = true, ...context } = {}) {
  // What slides in would be looked at half-way.
  const opened = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce', ...context });
  const page = await opened.newPage();
  const troubles = [];
  // A test's host may be gone before the browser has fetched the script that keeps the page.
  const late = /unknown error occurred when fetching the script/;
  const note = (text) => {
    if (![...allow, late].some((pattern) => pattern.test(text))) troubles.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => note(`page error: ${error.stack ?? error}`));
  page.on('crash', () => note('the page crashed'));
  t.after(async () => {
    await opened.close();
    assert.deepEqual(troubles, []);
  });
  await prepare?.(page);
  await page.goto(url);
  if (starts) await started(page);
  return page;
}

/** The page runs, has its worker's parts, and has given up its last address. */
export const started = (page) => page.evaluate(() => window.mailflow.sealed);

/** A test for each form of the page. */
export function inBothForms(name, options, body) {
  [options, body] = body ? [options, body] : [{}, options];
  for (const form of forms) test(`${name} (${form})`, { timeout: 120_000, ...options }, (t) => body(t, form));
}

/** Drags files and folders over the page and drops them, as a person does from a file manager. */
export async function drop(page, paths, { x = 200, y = 200 } = {}) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [paths].flat().map((path) => resolve(path)), dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}

/** Chooses files through the page's first file input. */
export const choose = (page, paths) =>
  page.locator('input[type=file]').first().setInputFiles([paths].flat().map((path) => resolve(path)));

/** Waits for the end of the `count`th import. */
export const whenDone = (page, count = 1, timeout = 60_000) =>
  page.locator(`html[data-import="done"][data-import-count="${count}"]`).waitFor({ state: 'attached', timeout });

/** Waits until the page answers a question with yes. (`waitForFunction` takes a promise for an answer.) */
export async function until(page, question, ...given) {
  while (!(await page.evaluate(question, ...given))) await pause(50);
}

/** The name and the bytes of the file that the page saves when `act` is done. */
export async function downloaded(page, act) {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path())];
}

/** A picture in test-results, for people. */
export async function screenshot(page, name) {
  mkdirSync('test-results', { recursive: true });
  await page.screenshot({ path: join('test-results', `${name}.png`), fullPage: true });
}
