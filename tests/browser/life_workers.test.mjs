// Workers die at points that follow from a seed (MAILFLOW_SEED): the page says what happened, what was asked for still comes, and
// the figures are those of a life in which nothing died.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { chance, mortal } from './life.mjs';
import { auth, flow, line, lines, writer } from './made.mjs';
import { address, choose, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const seed = Number(process.env.MAILFLOW_SEED ?? 1);
const luck = chance(seed);
const program = 'target/release/mailflow';
const write = writer('life-workers');
const folder = mkdtempSync(join(tmpdir(), 'mailflow-life-'));
after(() => rmSync(folder, { recursive: true }));
execFileSync(program, ['sample', '--days', '20', '--last-day', '2026-11-21', folder]);
const large = join(folder, 'ExtendedReport.csv');
const flows = write('flow.csv', flow + lines(5, '2026-11-20T12:00:00Z', 'Outbound', 'Gate', 'Partner', 'TLS1_2', ''));
const signIns = write(
  'auth.csv',
  auth + Array.from({ length: 40 }, (_, n) => line('2026-11-20T09:00:00Z', `s${n}@a.example`, '192.0.2.7', 'TLS1_0', 'Basic')).join(''),
);

const named = (json) => ({ ...json, files: json.files.map((file) => ({ ...file, name: basename(file.name) })) });
const told = (...paths) => named(JSON.parse(execFileSync(program, ['tally', '--json', ...paths], { maxBuffer: 2 ** 28 })));

const button = (page, name) => page.getByRole('button', { name, exact: true });

async function downloaded(page, act) {
  const downloading = page.waitForEvent('download');
  await act();
  return readFileSync(await (await downloading).path());
}

const figures = async (page) => named(JSON.parse(await downloaded(page, () => button(page, 'Download figures (JSON)').click())));

/** Of files without the one that a worker died of. */
const without = ({ files, ...rest }) => ({ ...rest, files: files.map((file) => file.name) });

const lives = (t) => open(t, 'hosted', { prepare: mortal });
const kill = (page, which, way, after) => page.evaluate((plan) => window.kill(...plan), [which, way, after]);
const deaths = (page) => page.evaluate(() => window.killed ?? 0);
const restarted = (page) => page.getByText('The reader stopped working. Your files are read again.').first().waitFor();
/** Where the worker that counts stands among those that were started: it is the first that lives. */
const mainOf = (page) => page.evaluate(() => window.started.findIndex((worker) => !worker.isOver));
/** Where the next one will stand. */
const started = (page) => page.evaluate(() => window.started.length);

// It is asked to read; it says that it begins; it says how far it is, or what it has counted.
for (const [point, way, after] of [['before it begins', 'to', 0], ['as it begins', 'from', 0], ['under way', 'from', 1]]) {
  test(`the worker that counts dies while it reads: ${point}`, async (t) => {
    const page = await lives(t);
    await choose(page, [flows, signIns]);
    await whenDone(page);
    await kill(page, await mainOf(page), way, after);
    await choose(page, large);
    await whenDone(page, 2);
    assert.equal(await deaths(page), 1);
    await page.getByText(/stopped working while it read ExtendedReport\.csv/).first().waitFor();
    await page.getByText('The reader stopped working while it read this file').waitFor();
    assert.deepEqual(without(await figures(page)), without(told(flows, signIns)));
    // The file itself was sound, so it is read when it is handed in again.
    await choose(page, large);
    await whenDone(page, 3);
    assert.deepEqual(without(await figures(page)), without(told(flows, signIns, large)));
  });
}

for (let times = 0; times < 2; times += 1) {
  const pause = luck.below(3);
  test(`a helper dies while it reads (seed ${seed}, after message ${pause} of the other)`, async (t) => {
    const page = await lives(t);
    while ((await started(page)) < 2) await page.waitForEvent('worker');
    await page.evaluate((pause) => {
      let heard = 0;
      window.started[0].addEventListener('message', () => (heard += 1) === pause + 1 && window.killNow(1));
    }, pause);
    await choose(page, large);
    await whenDone(page);
    assert.equal(await deaths(page), 1);
    assert.deepEqual(await figures(page), told(large));
  });
}

test('the worker dies at what is asked of it, and the answer comes all the same', async (t) => {
  const page = await lives(t);
  await choose(page, [flows, signIns]);
  await whenDone(page);
  const before = await figures(page);
  const asks = {
    'the figures as a file': async () => assert.deepEqual(await figures(page), before),
    'a saved analysis': async () => {
      await button(page, 'Save analysis…').click();
      const save = page.getByRole('dialog', { name: 'Save this analysis' }).getByRole('button', { name: 'Save', exact: true });
      const bytes = await downloaded(page, () => save.click());
      assert.match(gunzipSync(bytes).subarray(0, 20).toString('latin1'), /^mailflow analysis 1/);
    },
    'a report': async () => {
      await page.goto(`${address('hosted')}#/smtp-auth-clients-report?v=1&view=table`);
      await page.getByRole('rowheader', { name: 's0@a.example' }).waitFor();
    },
    'a table as a file': async () => {
      const bytes = await downloaded(page, () => button(page, 'Export').first().click());
      assert.equal(bytes.toString().trim().split('\n').length, 41);
    },
    'what is known of a sender': async () => {
      await page.getByRole('rowheader', { name: 's0@a.example' }).getByRole('button').click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Day by day' }).waitFor();
      await page.keyboard.press('Escape');
    },
    'what would break': async () => {
      await page.goto(`${address('hosted')}#/readiness?v=1`);
      await page.getByRole('region', { name: 'Work list' }).getByRole('table').getByRole('checkbox').first().waitFor();
    },
  };
  let count = 0;
  for (const [what, ask] of Object.entries(asks)) {
    const way = luck.one(['to', 'from']);
    await t.test(`${what} (${way === 'to' ? 'before it hears the question' : 'before it is heard'})`, async () => {
      await button(page, 'Dismiss').first().click({ timeout: 500 }).catch(() => {});
      await kill(page, await mainOf(page), way, 0);
      await ask();
      count += 1;
      assert.equal(await deaths(page), count);
      await restarted(page);
    });
  }
  await page.goto(`${address('hosted')}#/?v=1`);
  assert.deepEqual(await figures(page), before);
});

test('what is asked while files are read is answered once they are', async (t) => {
  const page = await lives(t);
  await choose(page, [flows, signIns]);
  await whenDone(page);
  await page.goto(`${address('hosted')}#/smtp-auth-clients-report?v=1&view=table`);
  const opener = page.getByRole('rowheader', { name: 's0@a.example' }).getByRole('button');
  await opener.waitFor();
  await choose(page, large);
  await opener.click();
  await whenDone(page, 2);
  await page.getByRole('dialog').getByRole('heading', { name: 'Day by day' }).waitFor();
  await page.keyboard.press('Escape');
  await choose(page, flows);
  const bytes = await downloaded(page, () => button(page, 'Export').first().click());
  await whenDone(page, 3);
  assert.match(bytes.toString(), /s0@a\.example/);
});

test('a question of which every worker dies is not asked for ever', async (t) => {
  const page = await lives(t);
  await choose(page, [flows, signIns]);
  await whenDone(page);
  // As a lack of memory would have it: each dies of the report, and of nothing else.
  await page.evaluate(() => (window.poison = 2));
  await page.goto(`${address('hosted')}#/smtp-auth-clients-report?v=1&view=table`);
  await page.getByText('The reader stopped working again when it was asked for this view').first().waitFor();
  assert.equal(await deaths(page), 2);
  await page.evaluate(() => (window.poison = 0));
  await page.getByRole('navigation').first().getByRole('link', { name: 'Dashboard' }).click();
  await page.getByText('Outbound: 5').waitFor();
  assert.equal((await figures(page)).files.length, 2);
  await page.goBack();
  await page.getByRole('rowheader', { name: 's0@a.example' }).waitFor();
});

test('the worker dies while it hashes: the digest comes all the same', async (t) => {
  const page = await lives(t);
  await choose(page, large);
  await whenDone(page);
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256').update(readFileSync(large)).digest('hex');
  await page.goto(`${address('hosted')}#/audit-report?v=1`);
  const wants = page.getByRole('checkbox', { name: /SHA-256/ });
  await wants.waitFor();
  await kill(page, await mainOf(page), 'from', 0);
  await wants.check();
  await page.getByText(digest).first().waitFor();
  assert.equal(await deaths(page), 1);
});

test('the worker dies while it keeps single messages: they are there all the same', async (t) => {
  const page = await lives(t);
  await choose(page, [flows, signIns]);
  await whenDone(page);
  await page.goto(`${address('hosted')}#/smtp-auth-clients-report?v=1&view=table`);
  await page.getByRole('rowheader', { name: 's0@a.example' }).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  // The worker that begins then dies after it has kept them, at the question which there are.
  await kill(page, await started(page), 'to', 2 + luck.below(2));
  await dialog.getByRole('button', { name: 'Show messages' }).click();
  await dialog.getByText('192.0.2.7').first().waitFor();
});
