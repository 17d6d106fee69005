// One page lives long: files of every format, sound and damaged, come in drops of any size. After each every file has its account or its
// problem, and what a person presses answers; and when all is cleared, memory is what it was. MAILFLOW_LIFE=1000 is a longer life,
// MAILFLOW_SEED=2 another one.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { chance, made } from './life.mjs';
import { choose, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const files = Number(process.env.MAILFLOW_LIFE ?? 240);
const seed = Number(process.env.MAILFLOW_SEED ?? 1);
/** So often everything is cleared; the first time is what the others are held to. */
const rounds = 4;
/** What may be more after the last clearing than after the first, whatever the number of files. */
const budget = { 'JavaScript, MB': 1, 'process, MB': 64, elements: 50, listeners: 10 };

const folder = mkdtempSync(join(tmpdir(), 'mailflow-life-'));
after(() => rmSync(folder, { recursive: true }));

const button = (page, name) => page.getByRole('button', { name, exact: true });

/** What the page holds, all that is nobody's any more being cleared away. */
async function held(page) {
  const session = await page.context().newCDPSession(page);
  const browser = await page.context().browser().newBrowserCDPSession();
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name) => metrics.find((one) => one.name === name).value;
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const resident = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]))
    .reduce((sum, kilobytes) => sum + kilobytes, 0);
  await session.detach();
  await browser.detach();
  return {
    'JavaScript, MB': metric('JSHeapUsedSize') / 1e6,
    'process, MB': resident / 1e3,
    elements: metric('Nodes'),
    listeners: metric('JSEventListeners'),
  };
}

async function figures(page) {
  const downloading = page.waitForEvent('download');
  await button(page, 'Download figures (JSON)').click();
  return JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
}

/** One view after the other is opened, each with a table or what is in its place; a dialog opens and closes. */
async function answers(page, number) {
  const links = page.getByRole('navigation').first().getByRole('link');
  await links.nth(number % (await links.count())).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('main').getByText('Loading').waitFor({ state: 'detached' });
  await links.first().click();
  await button(page, 'Settings…').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test(`${files} files in one page (seed ${seed})`, { timeout: 1_200_000 }, async (t) => {
  const luck = chance(seed);
  const page = await open(t, 'hosted');
  let imports = 0;
  let number = 0;
  const fresh = await held(page);
  const after = [];
  for (let round = 0; round < rounds; round += 1) {
    const names = [];
    const end = Math.round((files * (round + 1)) / rounds);
    while (number < end) {
      const drop = Array.from({ length: Math.min(1 + luck.below(40), end - number) }, () => {
        const { name, bytes } = made(number, luck);
        number += 1;
        writeFileSync(join(folder, name), bytes);
        return name;
      });
      names.push(...drop);
      await choose(page, drop.map((name) => join(folder, name)));
      imports += 1;
      await whenDone(page, imports);
      // What a table needs is asked at once; it can wait.
      await page.keyboard.press('Escape');
      const { files } = await figures(page);
      const told = new Set(files.map(({ name }) => name.split('/')[0]));
      assert.deepEqual(names.filter((name) => !told.has(name)), [], 'every file has its account');
      const unread = files.filter(({ name, format }) => !format && /-sound-(?:plain|gzip|zip)-/.test(name) && !name.endsWith('notes.txt'));
      // That one says nothing of its period, which a person is asked for.
      assert.deepEqual(unread.map(({ name }) => name).filter((name) => !name.includes('smtp-auth-clients.csv')), [], 'a sound file is read');
      const silent = page.locator('tbody.file', { hasText: /Not recognised|Not read/ }).filter({ hasNot: page.locator('.file-note') });
      assert.deepEqual(await silent.allInnerTexts(), [], 'what is not read has its problem');
      assert.equal(await page.getByText(/The reader stopped/).count(), 0);
      await answers(page, imports);
    }
    await button(page, 'Start over').click();
    await button(page, 'Try with sample data').waitFor();
    for (const name of names) rmSync(join(folder, name));
    // The next worker has started, so the memory of the last one is given back.
    await page.waitForFunction(() => document.querySelectorAll('dialog[open]').length === 0);
    after.push(await held(page));
  }
  const last = after.at(-1);
  for (const [what, more] of Object.entries(budget)) {
    const each = after.map((one) => Math.round(one[what] * 10) / 10);
    t.diagnostic(`${what}: ${Math.round(fresh[what] * 10) / 10} at first; once cleared ${each.join(', ')}`);
    assert.ok(last[what] - after[0][what] <= more, `${what} grew by more than ${more}: ${each}`);
  }
  assert.ok(page.workers().length <= 4, `${page.workers().length} workers`);
});
