// Files come in by a real drop, as a folder, or by choice, in both forms; and
// the page says of them what the program says.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
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
