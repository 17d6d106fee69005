// A large file is read by several workers; whatever becomes of those that
// help, or of the browser's streams, the answer is that of the program.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const program = 'target/release/mailflow';
const folder = mkdtempSync(join(tmpdir(), 'mailflow-helpers-'));
after(() => rmSync(folder, { recursive: true }));
execFileSync(program, ['sample', '--days', '20', '--last-day', '2026-11-21', folder]);
const utf8 = join(folder, 'ExtendedReport.csv');
const utf16 = join(folder, 'ExtendedReport-utf16.csv');
writeFileSync(utf16, `\ufeff${readFileSync(utf8, 'utf8')}`, 'utf16le');

const told = (path) => {
  const json = JSON.parse(execFileSync(program, ['tally', '--json', path], { maxBuffer: 2 ** 28 }));
  return { ...json, files: json.files.map((file) => ({ ...file, name: basename(file.name) })) };
};

async function figures(page) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download figures (JSON)' }).click();
  return JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
}

/** The worker that counts, and those that read for it. Counted is what each says to the others. */
async function workers(page) {
  while (page.workers().length < 2) await page.waitForEvent('worker');
  for (const worker of page.workers()) {
    await worker.evaluate(() => {
      const post = MessagePort.prototype.postMessage;
      self.said = 0;
      MessagePort.prototype.postMessage = function (...args) {
        self.said += 1;
        if (!self.silent) post.apply(this, args);
      };
    });
  }
  return page.workers();
}

const said = (worker) => worker.evaluate(() => self.said);

inBothForms('a large file is read by several workers', async (t, form) => {
  const page = await open(t, form);
  const [counts, helper] = await workers(page);
  await choose(page, utf8);
  await whenDone(page);
  assert.deepEqual(await figures(page), told(utf8));
  assert.ok((await said(counts)) > 4, 'slices were asked for');
  assert.ok((await said(helper)) > 4, 'and read');
});

test('text of two bytes a letter is read by several workers', async (t) => {
  const page = await open(t, 'hosted');
  const [, helper] = await workers(page);
  await choose(page, utf16);
  await whenDone(page);
  assert.deepEqual(await figures(page), told(utf16));
  assert.ok((await said(helper)) > 4);
});

test('a helper that dies costs time, and nothing else', async (t) => {
  const page = await open(t, 'hosted');
  const [, helper] = await workers(page);
  await helper.evaluate(() => {
    self.silent = true;
  });
  await choose(page, utf8);
  await whenDone(page);
  assert.deepEqual(await figures(page), told(utf8));
  // From here on the other does without it.
  const before = await said(helper);
  await choose(page, utf16);
  await whenDone(page, 2);
  const { files } = await figures(page);
  assert.deepEqual(files.map(({ rows }) => rows), [told(utf8).files[0].rows, told(utf16).files[0].rows]);
  assert.equal(await said(helper), before);
});

test('a stream that stalls half-way is opened again where it stopped', async (t) => {
  const page = await open(t, 'hosted');
  for (const worker of await workers(page)) {
    await worker.evaluate(() => {
      const read = ReadableStreamBYOBReader.prototype.read;
      self.reads = 0;
      ReadableStreamBYOBReader.prototype.read = function (...args) {
        self.reads += 1;
        return self.reads > 2 ? new Promise(() => {}) : read.apply(this, args);
      };
    });
  }
  await choose(page, utf8);
  await whenDone(page);
  assert.deepEqual(await figures(page), told(utf8));
  const reads = await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.reads)));
  assert.ok(reads.some((reads) => reads > 2), `${reads}`);
});

test('a browser without streams into buffers reads all the same', async (t) => {
  const page = await open(t, 'hosted');
  for (const worker of await workers(page)) {
    await worker.evaluate(() => {
      self.ReadableStreamBYOBReader = class {
        constructor() {
          throw new TypeError('no such streams');
        }
      };
    });
  }
  await choose(page, utf8);
  await whenDone(page);
  assert.deepEqual(await figures(page), told(utf8));
});
