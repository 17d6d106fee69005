// What the build leaves in dist: hashed, complete, of one version, with no
// address of anybody else, and small.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { address, dist, downloaded, inBothForms, open, withBrowser } from './support.mjs';

withBrowser();

/**
 * What `dist/index.html`, all that it loads and what keeps it in the browser may weigh, as brotli 11. The goal is 300 kB. The formats of Exchange Server,
 * the traces and the settings left it behind (318 kB), and so did the logs of Unix mail servers, mail itself and the
 * reports of other senders (72 kB for eight more readers and a panel), reading as streams (3 kB) and by several workers
 * (19 kB), and a faster unpacker of gzip (10 kB). Readiness, trend, filters, the reports of the other side, single messages and
 * several organizations weigh 129 kB together; an endpoint in lines and pages, with refresh, token and waits, 15 kB; saved analyses, cells
 * of elsewhere and remembering another 42; what stands out, and signs that show nothing, 4; the sample by
 * its address 1; keys, legends, notes and forced colours 4.6; use without the network 13, of which 8 are the pictures of its manifest;
 * the audit report, SHA-256, saved charts and copied tables 43; its filter, what others report in it and copies of every table 5; a focus that is never
 * lost 1.5; answers that outlive their worker 2. The notices, which are kept with the page, are not counted: nobody waits for them. No change may lead further
 * away from it unnoticed.
 */
const LIMIT = 685_000;

const index = readFileSync(join(dist, 'index.html'), 'utf8');
const single = readFileSync(join(dist, 'mailflow.html'), 'utf8');
const partsOf = (html) => JSON.parse(/<script type="application\/json" id="parts">(.*?)<\/script>/s.exec(html)[1]);
const policyOf = (html) => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)[1];

/** What browsers know the page and its versions by. */
const MANIFEST = 'manifest.webmanifest';
const SERVICE_WORKER = 'service-worker.js';
/** What the page links: the notices of what others wrote. */
const LICENCES = 'licences.txt';

/** Every relative address in the index, the parts of the worker included, but for the manifest, which browsers ask for as they like. */
const loaded = [...new Set([...index.matchAll(/"\.\/([^"]+)"/g)].map(([, name]) => name))].filter((name) => name !== MANIFEST).sort();

test('the index names every file of dist, each by the hash of its content', () => {
  assert.deepEqual([...loaded, 'index.html', 'mailflow.html', LICENCES, MANIFEST, SERVICE_WORKER].sort(), readdirSync(dist).sort());
  for (const name of loaded) {
    const [, hash] = /-([0-9a-f]{16})\.(?:css|js|wasm)$/.exec(name) ?? [];
    assert.equal(hash, createHash('sha256').update(readFileSync(join(dist, name))).digest('hex').slice(0, 16), name);
  }
});

test('the service worker keeps every file of the hosted form, by its hash', () => {
  const script = readFileSync(join(dist, SERVICE_WORKER), 'utf8');
  const { version, files, open } = JSON.parse(/ = (\{"version".*\});/.exec(script)[1]);
  assert.equal(version, partsOf(index).version);
  assert.deepEqual(open, []);
  assert.deepEqual(Object.keys(files).sort(), ['./', ...[...loaded, LICENCES, MANIFEST].map((name) => `./${name}`)].sort());
  for (const [path, integrity] of Object.entries(files)) {
    const content = readFileSync(join(dist, path === './' ? 'index.html' : path));
    assert.equal(integrity, `sha256-${createHash('sha256').update(content).digest('base64')}`, path);
  }
});

test('both forms are of one version', () => {
  assert.equal(partsOf(index).version, partsOf(single).version);
  assert.match(partsOf(index).version, /^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
});

for (const [name, html] of [['index.html', index], ['mailflow.html', single]]) {
  test(`the policy of ${name} comes before anything that it could forbid`, () => {
    const before = html.slice(0, html.indexOf('<meta http-equiv'));
    assert.match(before, /^<!doctype html>\s*<html lang="en">\s*<head>\s*<meta charset="utf-8">\s*$/);
    assert.doesNotMatch(policyOf(html), /unsafe-inline|unsafe-eval'(?<!'wasm-unsafe-eval')|\*|https?:/);
  });
}

test('the notices of what others wrote go with both forms', () => {
  const text = readFileSync(join(dist, LICENCES), 'utf8');
  const lock = readFileSync('Cargo.lock', 'utf8');
  for (const name of ['blake3', 'leptos', 'plotters', 'wasm-bindgen', 'zlib-rs']) {
    const [, version] = new RegExp(`name = "${name}"\\nversion = "(.*)"`).exec(lock);
    assert.ok(text.includes(`\n${name} ${version}\n`), name);
  }
  // Of the program alone, and of tests alone.
  assert.doesNotMatch(text, /^(?:axum|clap|proptest) /m);
  for (const terms of ['Permission is hereby granted, free of charge', 'TERMS AND CONDITIONS FOR USE, REPRODUCTION']) assert.ok(text.includes(terms), terms);
  assert.ok(single.includes(text));
});

inBothForms('the notices are a press away', async (t, form) => {
  const page = await open(t, form);
  const last = page.getByRole('contentinfo');
  const text = readFileSync(join(dist, LICENCES), 'utf8');
  if (form === 'file') {
    const [name, saved] = await downloaded(page, () => last.getByRole('button', { name: 'Open-source licences' }).click());
    assert.equal(name, LICENCES);
    assert.equal(saved.toString(), text);
    return;
  }
  const opening = page.context().waitForEvent('page');
  await last.getByRole('link', { name: 'Open-source licences' }).click();
  const notices = await opening;
  await notices.waitForLoadState();
  assert.equal((await notices.locator('body').innerText()).trimEnd(), text.trimEnd());
});

test('the single file holds everything', () => {
  assert.match(policyOf(single), /^default-src 'none';/);
  assert.doesNotMatch(policyOf(single), /connect-src|'self'/);
  assert.doesNotMatch(single, /<(?:script|img|iframe)[^>]* src=|<link (?!rel="icon" href="data:)/);
});

inBothForms('the page asks no one else for anything', async (t, form) => {
  const asked = [];
  await open(t, form, { prepare: (page) => page.on('request', (request) => asked.push(request.url())) });
  const expected = form === 'file' ? [address('file')] : [address('hosted'), ...loaded.map((name) => address('hosted') + name)];
  const own = (url) => !/^(?:data|blob):/.test(url);
  assert.deepEqual([...new Set(asked.filter(own))].filter((url) => !url.endsWith(`/${MANIFEST}`)).sort(), expected.sort());
});

test('everything that is loaded is small', (t) => {
  const sizes = ['index.html', MANIFEST, SERVICE_WORKER, ...loaded].map((name) => {
    const content = readFileSync(join(dist, name));
    return { name, raw: content.length, brotli: brotliCompressSync(content).length };
  });
  const total = sizes.reduce((sum, { brotli }) => sum + brotli, 0);
  for (const { name, raw, brotli } of sizes) t.diagnostic(`${name}: ${raw} bytes, ${brotli} as brotli`);
  t.diagnostic(`size of the page: ${total} bytes as brotli, of ${LIMIT}; mailflow.html: ${single.length} bytes`);
  assert.ok(total <= LIMIT, `${total} bytes`);
});
