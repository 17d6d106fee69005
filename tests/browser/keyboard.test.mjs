// Every job with keys alone: what has the focus is seen, is not lost, and comes back to where it was.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';
import { writeData } from './views.mjs';

withBrowser();

const data = writeData();
after(() => data.remove());

const focused = (page) => page.locator('*:focus');
const name = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim());

/** Tabs until `wanted` has the focus; each stop on the way is seen whole, or at least in part above what stays in place. */
async function tabTo(page, wanted, { back = false, most = 150 } = {}) {
  for (let step = 0; step < most; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const hidden = await page.evaluate(() => {
      const part = document.activeElement;
      if (part === document.body) return '';
      const { x, y, width, height } = part.getBoundingClientRect();
      const outline = getComputedStyle(part).outlineStyle;
      if (outline === 'none') return `no ring: ${part.outerHTML.slice(0, 100)}`;
      // A region taller than the window is seen in part.
      const points = [[x + width / 2, y + Math.min(height / 2, 10)], [x + 3, y + 3], [x + width - 3, y + height - 3], [x + width / 2, y + height / 2]];
      const seen = points.some(([across, down]) => {
        const top = document.elementFromPoint(across, down);
        return top && (part === top || part.contains(top) || top.contains(part));
      });
      return seen ? '' : `hidden: ${part.outerHTML.slice(0, 100)}`;
    });
    assert.equal(hidden, '');
  }
  assert.fail(`Tab does not lead to ${wanted}`);
}

const press = async (page, button, key = 'Enter') => {
  await tabTo(page, button);
  await page.keyboard.press(key);
};
const button = (scope, label) => scope.getByRole('button', { name: label, exact: true }).first();
const heading = (page, label) => page.getByRole('heading', { level: 1, name: label });

/** Opens with keys, closes with Escape, and the focus is back. */
async function thereAndBack(page, opener, look = async () => {}) {
  await press(page, opener);
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  assert.ok(await page.evaluate(() => document.querySelector('dialog[open]').contains(document.activeElement)));
  await look(dialog);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement), 'the focus comes back');
}

inBothForms('from the first file to the export, with keys alone', { timeout: 240_000 }, async (t, form) => {
  const page = await open(t, form);
  await page.keyboard.press('Tab');
  assert.equal(await name(page), 'Skip to the content');
  const chooser = page.waitForEvent('filechooser');
  await press(page, button(page, 'Browse'));
  await (await chooser).setFiles(data.paths);
  await whenDone(page);

  // Cards, flyouts and what is asked below them.
  await thereAndBack(page, button(page.getByRole('region', { name: 'Outbound and inbound mail flow' }), 'View details'));
  await thereAndBack(page, button(page, 'Settings…'));
  await thereAndBack(page, button(page, 'Organizations…'));
  await thereAndBack(page, button(page, 'Save analysis…'));
  await press(page, page.getByRole('button', { name: 'flow.csv' }).first());
  assert.equal(await focused(page).getAttribute('aria-expanded'), 'true');

  // A report: points of the chart, legend, filter, request.
  await page.keyboard.press('3');
  await heading(page, 'Connector report').waitFor();
  assert.equal(await name(page), 'Connector report');
  await page.getByRole('application').waitFor();
  await tabTo(page, page.getByRole('application'));
  await page.keyboard.press('End');
  await page.getByRole('status').filter({ hasText: '9 September 2026' }).waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  const legend = page.getByRole('button', { name: 'Inbound: Contoso partner' }).first();
  await press(page, legend, 'Space');
  assert.equal(await legend.getAttribute('aria-pressed'), 'false');
  await tabTo(page, button(page, 'Add filter'), { back: true });
  await thereAndBack(page, button(page, 'Add filter'));
  await tabTo(page, button(page, 'Request report'), { back: true });
  await thereAndBack(page, button(page, 'Request report'));

  // The table: sort, search, a row, export.
  await page.keyboard.press('t');
  const volume = page.getByRole('columnheader', { name: 'Volume' });
  await volume.waitFor();
  await press(page, volume.getByRole('button'));
  await page.locator('th[aria-sort=descending]', { hasText: 'Volume' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('Smarthost');
  await page.getByRole('button', { name: 'Inbound: Contoso partner' }).first().waitFor({ state: 'detached' });
  const row = page.getByRole('button', { name: 'Outbound: Smarthost Berlin' }).first();
  await thereAndBack(page, row);
  const download = page.waitForEvent('download');
  await page.keyboard.press('e');
  assert.match((await download).suggestedFilename(), /\.csv$/);

  // Readiness: a tick, and the way back.
  await page.keyboard.press('2');
  await heading(page, 'Readiness').waitFor();
  const tick = page.locator('.readiness-table').getByRole('checkbox').first();
  await tick.waitFor();
  await press(page, tick, 'Space');
  await page.getByText(/1 done/).first().waitFor();
  await page.keyboard.press('1');
  await heading(page, 'Mail flow dashboard').waitFor();
});

test('the list of keys, in either language, and switching them off', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, data.paths.slice(0, 1));
  await whenDone(page);
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByRole('row', { name: '3 Connector report' }).waitFor();
  // Nothing happens behind a dialog.
  await page.keyboard.press('3');
  await list.getByRole('checkbox', { name: 'Use single keys as shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  await page.keyboard.press('3');
  await heading(page, 'Mail flow dashboard').waitFor();
  await page.reload();
  await page.keyboard.press('?');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await list.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await page.getByLabel('Language').selectOption('한국어');
  await page.locator('h1').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '바로 가기 키' }).getByRole('row', { name: '? 이 목록 표시' }).waitFor();
});

test('keys mean themselves where a person types', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, data.paths.slice(0, 1));
  await whenDone(page);
  await page.keyboard.press('3');
  await page.keyboard.press('t');
  const search = page.getByRole('searchbox');
  await search.waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('t1?');
  assert.equal(await search.inputValue(), 't1?');
  await heading(page, 'Connector report').waitFor();
});
