// Files come in by a real drop, as a folder, or by choice, in both forms; and
// the page says of them what the program says.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { choose, drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const program = 'target/release/mailflow';

const folder = mkdtempSync(join(tmpdir(), 'mailflow-import-'));
execFileSync(program, ['sample', '--days', '10', '--last-day', '2026-11-21', '--overlap', folder]);
rmSync(join(folder, 'truth.json'));
const files = readdirSync(folder).sort().map((name) => join(folder, name));
const answer = JSON.parse(execFileSync(program, ['tally', '--json', ...files], { maxBuffer: 2 ** 28 }));
after(() => rmSync(folder, { recursive: true }));

/** The page's figures, as a person saves them, each file by its name alone. */
async function figures(page) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download figures (JSON)' }).click();
  const saved = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
  return named(saved);
}

const named = (json) => ({ ...json, files: json.files.map((file) => ({ ...file, name: basename(file.name) })) });

inBothForms('files are dropped, and page and program agree', async (t, form) => {
  const page = await open(t, form);
  await drop(page, files);
  await whenDone(page);
  assert.deepEqual(await figures(page), named(answer));
});

inBothForms('a folder is dropped', async (t, form) => {
  const page = await open(t, form);
  await drop(page, folder);
  await whenDone(page);
  assert.deepEqual(await figures(page), named(answer));
});

inBothForms('files are chosen, one after the other', async (t, form) => {
  const page = await open(t, form);
  assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
  for (const [index, file] of files.entries()) {
    await choose(page, file);
    await whenDone(page, index + 1);
  }
  assert.deepEqual(await figures(page), named(answer));
});

test('an import leaves its marks', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, files);
  await whenDone(page);
  const marks = await page.evaluate(() => performance.getEntriesByType('mark').map(({ name }) => name));
  assert.deepEqual(marks, ['mailflow:import-start', 'mailflow:import-done']);
});

inBothForms('a file that is no trace ends the import too', async (t, form) => {
  const page = await open(t, form);
  const photo = join(folder, 'photo.csv');
  writeFileSync(photo, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]));
  t.after(() => rmSync(photo));
  await drop(page, photo);
  await whenDone(page);
  await page.getByText('photo.csv').first().waitFor();
  await drop(page, files);
  await whenDone(page, 2);
  const { cells } = await figures(page);
  assert.deepEqual(cells, answer.cells);
});

/** Every file below a folder, in the order of its paths. */
const below = (root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

for (const samples of ['tests/samples', '../shared/samples']) {
  const skip = existsSync(samples) ? false : `there is no ${samples} here`;
  test(`page and program agree on every file of ${samples}`, { skip, timeout: 300_000 }, async (t) => {
    const all = below(samples);
    // The program says with 1 that some were not recognised.
    const { stdout } = spawnSync(program, ['tally', '--json', ...all], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const page = await open(t, 'hosted');
    await choose(page, all);
    await whenDone(page, 1, 120_000);
    // What a table needs is asked at once; it can wait.
    await page.keyboard.press('Escape');
    assert.deepEqual(await figures(page), named(JSON.parse(stdout)));
  });
}

test('an archive whose directory is longer than what is read at once', async (t) => {
  const row = readFileSync('tests/samples/connector-report.csv');
  const note = Buffer.alloc(60_000, 'x');
  const [files, directory] = [[], []];
  let at = 0;
  for (let number = 0; number < 20; number += 1) {
    const name = Buffer.from(`${number}.csv`);
    const content = number === 19 ? row : Buffer.from('no trace');
    // APPNOTE 4.3.7 and 4.3.12: stored, with a comment in the directory.
    const about = Buffer.alloc(20);
    about.writeUInt32LE(crc32(content), 8);
    about.writeUInt32LE(content.length, 12);
    about.writeUInt32LE(content.length, 16);
    const common = Buffer.concat([Buffer.from([20, 0]), about.subarray(0, 20), Buffer.from([name.length, 0, 0, 0])]);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, content]);
    const more = Buffer.alloc(14);
    more.writeUInt16LE(note.length, 0);
    more.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, more, name, note);
    files.push(local);
    at += local.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  assert.ok(length > 1 << 20);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(20, 4);
  end.writeUInt16LE(20, 6);
  end.writeUInt32LE(length, 8);
  end.writeUInt32LE(at, 12);
  const zip = Buffer.concat([...files, ...directory, Buffer.from('PK\x05\x06'), end]);
  const page = await open(t, 'hosted');
  await page.locator('input[type=file]').first().setInputFiles({ name: 'week.zip', mimeType: 'application/zip', buffer: zip });
  await whenDone(page);
  await page.getByRole('region', { name: 'Files' }).getByText('week.zip/19.csv').first().waitFor();
});
