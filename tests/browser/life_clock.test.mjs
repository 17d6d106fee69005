// The clock of the computer is wrong, by decades: the page counts, every view answers, and it says where all rows are in the future.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { flow, lines, writer } from './made.mjs';
import { choose, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('life-clock');
const samples = readdirSync('tests/samples').filter((name) => name !== 'README.md').map((name) => join('tests/samples', name));
const today = '2026-11-20T12:00:00Z';
const flows = () => write('flow.csv', flow + lines(7, today, 'Outbound', 'Gate', 'Partner', 'TLS1_2', ''));

const at = (t, time, more) => open(t, 'hosted', { prepare: (page) => page.clock.setFixedTime(time), ...more });
const main = (page) => page.getByRole('main');

for (const time of ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00-14:00', '2099-12-31T23:59:59Z', '2200-01-01T00:00:00Z']) {
  test(`at ${time} files of every format are counted, and every view answers`, { timeout: 120_000 }, async (t) => {
    const page = await at(t, new Date(time));
    await choose(page, samples);
    await whenDone(page);
    await page.keyboard.press('Escape');
    const links = page.getByRole('navigation').first().getByRole('link');
    for (let number = 0; number < (await links.count()); number += 1) {
      await links.nth(number).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const period = page.getByLabel('Period', { exact: true });
      if (await period.count()) {
        await period.selectOption({ label: 'All of the data' });
        await main(page).getByRole('button', { name: 'View details table' }).or(main(page).getByRole('table')).first().waitFor();
      }
      assert.equal(await main(page).getByText(/NaN|Invalid Date|undefined/).count(), 0, await links.nth(number).innerText());
    }
  });
}

test('where all rows are in the future, the last 7 days are theirs, and it is said', async (t) => {
  const page = await at(t, new Date('1970-01-01T00:00:00Z'));
  await choose(page, flows());
  await whenDone(page);
  await page.getByText('Outbound: 7').waitFor();
  await page.getByText(/7 rows are dated later than tomorrow, up to 2026-11-20/).waitFor();
  await page.getByText(/and of this computer/).waitFor();
});

test('in a year long after the files their last 7 days are shown', async (t) => {
  const page = await at(t, new Date('2099-06-01T00:00:00Z'));
  await choose(page, flows());
  await whenDone(page);
  await page.getByText('Outbound: 7').waitFor();
  await page.getByText(/7 days to 20 November 2026, UTC/).first().waitFor();
});

for (const time of ['1970-01-01T00:00:00Z', '2099-12-31T23:59:59Z']) {
  test(`at ${time} the sample is shown, and what is remembered comes back`, async (t) => {
    const page = await at(t, new Date(time));
    await page.getByRole('button', { name: 'Try with sample data' }).click();
    await whenDone(page);
    await page.getByText('7 days to', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await choose(page, flows());
    await whenDone(page, 2);
    await page.getByRole('checkbox', { name: 'Remember on this device' }).check();
    await page.getByText(/^Remembered: /).waitFor();
    await page.reload();
    await whenDone(page);
    await page.getByText('Outbound: 7').waitFor();
  });
}

test('the clock is set back while the page is open: files are read, and no reading is taken for dead', async (t) => {
  const page = await at(t, new Date('2026-11-21T00:00:00Z'));
  await choose(page, flows());
  await whenDone(page);
  await page.clock.setFixedTime(new Date('1999-01-01T00:00:00Z'));
  await choose(page, write('more.csv', flow + lines(5, today, 'Outbound', 'Gate', 'Partner', 'TLS1_2', '')));
  await whenDone(page, 2);
  await page.getByText('Outbound: 12').waitFor();
  assert.equal(await page.getByText(/The reader stopped/).count(), 0);
});
