// The page and its own server: what `mailflow serve` counts is what the page
// shows, in a browser that holds the server to every header field.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { host, kept } from './offline_host.mjs';
import { dist, open, started, whenDone, withBrowser } from './support.mjs';

withBrowser();

const program = 'target/release/mailflow';

/** A server of a folder with the fictitious sample; its address, and its outbox. */
async function served(t) {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-serve-'));
  const [logs, outbox] = ['logs', 'outbox'].map((name) => join(folder, name));
  mkdirSync(outbox);
  execFileSync(program, ['sample', '--days', '10', '--last-day', '2026-11-20', logs]);
  rmSync(join(logs, 'truth.json'));
  const server = spawn(program, ['serve', logs, '--page', dist, '--outbox', outbox, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => {
    server.kill();
    rmSync(folder, { recursive: true });
  });
  const lines = createInterface({ input: server.stdout });
  const [, url] = /(http:\S+)/.exec((await lines[Symbol.asyncIterator]().next()).value);
  const endpoint = new URL('/api/mail.json', url).href;
  while ((await fetch(endpoint)).status === 503) await pause(50);
  return { url, logs, outbox, server };
}

test('the page shows what its server counted', { timeout: 120_000 }, async (t) => {
  const { url, logs } = await served(t);
  const page = await open(t, 'hosted', { url });
  await whenDone(page);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download figures (JSON)' }).click();
  const shown = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
  const files = readdirSync(logs).sort().map((name) => join(logs, name));
  const counted = JSON.parse(execFileSync(program, ['tally', '--json', ...files]));
  assert.ok(counted.cells.length > 50 && counted.senders.length > 5);
  assert.deepEqual(shown.cells, counted.cells);
  assert.deepEqual(shown.senders, counted.senders);
  // The document that brings their accounts is none of the files.
  const sum = (what) => counted.files.reduce((all, file) => all + file[what], 0).toLocaleString('en');
  await page.getByText(`3 files with ${sum('rows')} rows, telling of ${sum('messages')} messages`).waitFor();
});

test('a report is requested on the page and lies in the outbox', { timeout: 120_000 }, async (t) => {
  const { url, outbox } = await served(t);
  const page = await open(t, 'hosted', { url: `${url}#/connector-report` });
  await whenDone(page);
  await started(page);
  await page.getByRole('button', { name: 'Request report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Request report' });
  await dialog.getByLabel('Recipients').fill('audit@contoso.example');
  const answering = page.waitForResponse((response) => response.request().method() === 'POST');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  assert.equal((await answering).status(), 201);
  const [mail, ...others] = readdirSync(outbox);
  assert.deepEqual(others, []);
  assert.match(readFileSync(join(outbox, mail), 'utf8'), /^To: audit@contoso\.example\r$/m);
});

test('the page opens without its server, and its service worker asks nobody else', { timeout: 120_000 }, async (t) => {
  const { url, server } = await served(t);
  const allow = [/Content Security Policy|Failed to (?:load|fetch)|net::ERR/];
  const page = await open(t, 'hosted', { url, allow });
  await whenDone(page);
  await kept(page);
  // One whose script came without a policy could; the page's own does not bind it.
  const bare = await host(t);
  const other = await open(t, 'hosted', { url: bare.url, allow });
  await kept(other);
  const ask = (page) => page.context().serviceWorkers()[0]
    .evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => 'sent', () => 'refused'), `${bare.origin}/asked`);
  assert.equal(await ask(other), 'sent');
  bare.asked.length = 0;
  assert.equal(await ask(page), 'refused');
  assert.deepEqual(bare.asked, []);
  server.kill();
  await once(server, 'exit');
  await page.reload();
  await started(page);
  // It says that the data is not to be had, and reads what is dropped.
  await page.locator('.notice').first().waitFor();
  await page.getByRole('contentinfo').getByText('Works without the network').waitFor();
});

test('the page in a frame of another site stays empty', { timeout: 120_000 }, async (t) => {
  const { url } = await served(t);
  const allow = [/frame-ancestors|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE/];
  const page = await open(t, 'hosted', { url: 'about:blank', starts: false, allow });
  await page.setContent(`<iframe src="${url}"></iframe>`);
  const frame = page.frames().find((other) => other !== page.mainFrame());
  await frame.waitForLoadState();
  assert.equal(await frame.locator('#parts').count(), 0);
});
