// Every job with keys alone: what has the focus is seen, is not lost, and comes back to where it was.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { button, focusOn, focusedName, heading, keptFocus, openForKeys, press, tabTo, thereAndBack } from './keys.mjs';
import { choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';
import { writeData } from './views.mjs';

withBrowser();

const data = writeData();
after(() => data.remove());

const focused = (page) => page.locator('*:focus');

inBothForms('from the first file to the export, with keys alone', { timeout: 240_000 }, async (t, form) => {
  const page = await openForKeys(t, form);
  await page.keyboard.press('Tab');
  assert.equal(await focusedName(page), 'Skip to the content');
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
  assert.equal(await focusedName(page), 'Connector report');
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
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  await keptFocus(page);
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
  await heading(page, 'Connector report').waitFor();
  await page.keyboard.press('t');
  const search = page.getByRole('searchbox');
  await search.waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('t1?');
  assert.equal(await search.inputValue(), 't1?');
  await heading(page, 'Connector report').waitFor();
});
