// Every report with keys alone: what is asked, charts value by value, tables that are sorted and paged through, filters, and
// what is known of a row.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { button, dialog, focusOn, hasFocus, heading, inDialog, keptFocus, openForKeys, pick, press, tabTo, thereAndBack, type } from './keys.mjs';
import { writer } from './made.mjs';
import { address, inBothForms, whenDone, withBrowser } from './support.mjs';
import { writeData } from './views.mjs';

withBrowser();

const data = writeData();
after(() => data.remove());
const write = writer('keyboard-reports');
/** 400 domains, more than a table holds rows. */
const many = () => {
  const head = 'date,message_id,sender_address,recipient_address,direction,connector_name,connector_type,tls_version\n';
  const row = (_, n) => `2026-09-02T10:00:00Z,<${n}@m.example>,u@contoso.example,r@${domain(n)},Sent,,NoConnector,TLS1.2\n`;
  return write('many.csv', head + Array.from({ length: 400 }, row).join(''));
};
const domain = (number) => `d${String(number).padStart(3, '0')}.example`;

const status = (page, text) => page.getByRole('status').filter({ hasText: text }).first().waitFor({ state: 'attached' });
const choice = (page, name) => page.getByRole('combobox', { name, exact: true });
const table = (page, name) => page.getByRole('region', { name, exact: true });
const sorter = (page, column) => page.getByRole('columnheader', { name: new RegExp(`^${column}`) }).getByRole('button');

/** Opens the page with files, all by keys, and goes to the view of a key. */
async function show(t, form, key, title, paths = data.paths, options = {}) {
  const page = await openForKeys(t, form, options);
  const chooser = page.waitForEvent('filechooser');
  await press(page, button(page, 'Browse'));
  await (await chooser).setFiles(paths);
  await whenDone(page);
  await page.keyboard.press(key);
  await focusOn(page, heading(page, title));
  return page;
}

/** Sorts by a column and back: the head that was pressed keeps the focus. */
async function sorted(page, column, orders) {
  for (const order of orders) {
    await press(page, sorter(page, column));
    await page.locator(`th[aria-sort=${order}]`, { hasText: column }).waitFor();
    await focusOn(page, sorter(page, column));
  }
}

test('Connector report: period, a day of the chart, a pie, a trend, insights and their rows', { timeout: 240_000 }, async (t) => {
  const page = await show(t, 'hosted', '3', 'Connector report');
  await pick(page, choice(page, 'Period'), 'All of the data');
  const plot = page.getByRole('application');
  await tabTo(page, plot);
  await page.keyboard.press('Home');
  await status(page, /^1 August 2026\. .*Inbound: Contoso partner/);
  await page.keyboard.press('ArrowRight');
  await status(page, /^2 August 2026\. /);
  await page.keyboard.press('End');
  await status(page, /^9 September 2026\. /);
  await page.keyboard.press('ArrowLeft');
  await status(page, /^8 September 2026\. /);
  // The same as a table.
  await press(page, page.locator('summary', { hasText: 'Chart as a table' }));
  await table(page, 'All mail flow').or(page.getByRole('rowheader', { name: '2026-09-08' })).first().waitFor();

  // Dates are typed.
  await tabTo(page, page.getByLabel('Start date'));
  await page.keyboard.type('08202026');
  await page.waitForFunction(() => location.hash.includes('from=2026-08-20'));
  await focusOn(page, page.getByLabel('Start date'));

  // A pie, slice by slice.
  await pick(page, choice(page, 'View data by'), 'TLS usage', { back: true });
  const pie = page.getByRole('main').getByRole('img', { name: /messages by TLS/ }).first();
  await tabTo(page, pie);
  await page.keyboard.press('ArrowRight');
  await status(page, /^No TLS: [\d,]+/);
  await page.keyboard.press('End');
  await status(page, /: [\d,]+/);

  // A trend, week by week.
  await pick(page, choice(page, 'View data by'), 'Trend', { back: true });
  await page.getByRole('application', { name: /week/ }).waitFor();
  await tabTo(page, page.getByRole('application'));
  await page.keyboard.press('End');
  await status(page, /^2026-W\d\d, /);
  await pick(page, choice(page, 'View data by'), 'Mail flow', { back: true });
  await plot.waitFor();

  // An insight leads to its rows, and the way back is there.
  const rows = button(page, 'Show its rows');
  await press(page, rows);
  await page.getByText(/^\d+ of \d+ rows?$|^\d+ rows?$/).first().waitFor();
  await keptFocus(page);
  await press(page, button(page, 'Back'), 'Enter', { back: true });
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  await keptFocus(page);
});

test('a table is sorted, searched, copied, exported, and its rows are opened', { timeout: 240_000 }, async (t) => {
  const page = await show(t, 'hosted', '3', 'Connector report');
  await pick(page, choice(page, 'Period'), 'All of the data');
  await page.keyboard.press('Tab');
  await tabTo(page, button(page, 'Add filter'));
  await page.keyboard.press('t');
  await sorter(page, 'Volume').waitFor();
  await sorted(page, 'Connector type', ['ascending', 'descending']);
  await page.keyboard.press('/');
  await page.keyboard.type('Contoso partner');
  await page.getByText(/^40 of 241 rows$/).waitFor();
  const row = table(page, 'Connector report').getByRole('button', { name: 'Inbound: Contoso partner' }).first();
  await thereAndBack(page, row, (details) => details.getByRole('heading', { name: 'Day by day' }).waitFor());
  const menu = page.locator('summary', { hasText: 'Copy' });
  await press(page, menu, 'Enter', { back: true });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await focusOn(page, menu);
  await keptFocus(page);
});

test('a long table is paged through, row by row and page by page', { timeout: 240_000 }, async (t) => {
  const page = await show(t, 'hosted', '5', 'Domains report', [many()]);
  await page.keyboard.press('t');
  await page.getByText('400 rows', { exact: true }).waitFor();
  const name = domain;
  const region = table(page, 'Domains report');
  await tabTo(page, region);
  await page.keyboard.press('End');
  await page.getByRole('button', { name: name(399) }).waitFor();
  await page.keyboard.press('Home');
  await page.getByRole('button', { name: name(0) }).waitFor();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Home');
  // Row by row: each name has the focus once, in their order, however far the table scrolls.
  await tabTo(page, button(region, name(0)));
  for (let number = 1; number < 120; number += 1) {
    await page.keyboard.press('Tab');
    await focusOn(page, button(region, name(number)));
  }
  await keptFocus(page);
  await thereAndBack(page, button(region, name(119)));
  await page.keyboard.press('Shift+Tab');
  await focusOn(page, button(region, name(118)));
  await keptFocus(page);
});

test('SMTP Auth clients: unusual activity, a sender, and its messages', { timeout: 240_000 }, async (t) => {
  const page = await show(t, 'hosted', '4', 'SMTP Auth clients report');
  await pick(page, choice(page, 'Period'), 'All of the data');
  const unusual = page.getByRole('region', { name: 'Unusual activity' });
  await thereAndBack(page, unusual.getByRole('button').first());
  const from = button(page, 'Request report');
  await tabTo(page, from, { back: true });
  await page.keyboard.press('t');
  const row = table(page, 'SMTP Auth clients report').getByRole('button', { name: 'erp@office.example' });
  await row.waitFor();
  await press(page, row);
  await inDialog(page);
  const details = dialog(page);
  await press(page, button(details, 'Show messages'));
  await details.getByText(/^\d+ messages$/).waitFor();
  await inDialog(page);
  await type(page, details.getByRole('searchbox'), 'customer7@');
  await details.getByText(/^1 of \d+ messages$/).waitFor();
  assert.ok(await hasFocus(details.getByRole('searchbox')));
  await tabTo(page, details.getByRole('region', { name: 'Messages' }));
  const download = page.waitForEvent('download');
  await press(page, button(details, 'Export messages'));
  assert.match((await download).suggestedFilename(), /messages\.csv$/);
  await press(page, button(details, 'Forget messages'));
  await button(details, 'Show messages').waitFor();
  await inDialog(page);
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  await focusOn(page, row);
  await keptFocus(page);
});

for (const [key, title, opener] of [
  ['5', 'Domains report', /^(far|peer)\d\.example$/],
  ['6', 'Hosts report', /^/],
  ['7', 'Direct Send report', /^198\.51\.100\./],
]) {
  test(`${title}: chart, table, and what is known of a row`, { timeout: 120_000 }, async (t) => {
    const page = await show(t, 'hosted', key, title);
    await pick(page, choice(page, 'Period'), 'All of the data');
    await page.getByText('Loading…').waitFor({ state: 'detached' });
    await tabTo(page, button(page, 'Request report'), { back: true });
    if ((await page.getByRole('application').count()) > 0) {
      await tabTo(page, page.getByRole('application'));
      await page.keyboard.press('End');
      await status(page, /^9 September 2026\. /);
      await page.keyboard.press('t');
      await sorter(page, 'Volume').waitFor();
      const row = table(page, title).getByRole('rowheader').getByRole('button', { name: opener }).first();
      await tabTo(page, table(page, title));
      await thereAndBack(page, row);
    }
    await keptFocus(page);
  });
}

test('Readiness: policies, the work list, what is done, and a row', { timeout: 240_000 }, async (t) => {
  const page = await show(t, 'hosted', '2', 'Readiness');
  await pick(page, choice(page, 'Period'), 'All of the data');
  // Radio buttons are one stop; arrows choose.
  const policies = page.getByRole('group', { name: 'What is switched off' }).getByRole('radio');
  await tabTo(page, policies.first(), { back: true });
  for (const at of [1, 2, 3, 4]) {
    await page.keyboard.press('ArrowDown');
    await focusOn(page, policies.nth(at));
    assert.ok(await policies.nth(at).isChecked());
  }
  for (const at of [3, 2, 1, 0]) {
    await page.keyboard.press('ArrowUp');
    await focusOn(page, policies.nth(at));
  }
  const list = page.getByRole('region', { name: 'Work list' });
  const ticks = list.locator('tbody').getByRole('checkbox');
  await ticks.first().waitFor();
  await press(page, ticks.first(), 'Space');
  await page.getByText(/1 done/).first().waitFor();
  assert.ok(await hasFocus(ticks.first()));
  await sorted(page, 'First, last day refused', ['descending', 'ascending']);
  await thereAndBack(page, list.locator('.row-name').first());
  // What is done goes out of the list; what is ticked now stays until it is asked anew, and may be unticked.
  await press(page, list.getByRole('checkbox', { name: 'Hide what is done' }), 'Space', { back: true });
  await list.getByText(/^\d+ of \d+ rows · 1 done$/).waitFor();
  await press(page, ticks.first(), 'Space');
  await list.getByText(/ 2 done$/).waitFor();
  await page.keyboard.press('Space');
  await list.getByText(/ 1 done$/).waitFor();
  assert.ok(await hasFocus(ticks.first()));
  await keptFocus(page);
});

inBothForms('a filter is made, saved, applied, changed and removed', { timeout: 240_000 }, async (t, form) => {
  const page = await show(t, form, '3', 'Connector report');
  await pick(page, choice(page, 'Period'), 'All of the data');
  const opener = page.locator('#filter-button');
  await thereAndBack(page, button(page, 'Add filter'));
  await page.keyboard.press('f');
  await inDialog(page);
  const condition = (number) => dialog(page).getByRole('group', { name: `Condition ${number}`, exact: true });
  const field = (number) => condition(number).getByRole('combobox', { name: 'Field' });
  await focusOn(page, field(1));
  await pick(page, field(1), 'TLS version');
  await focusOn(page, field(1));
  await pick(page, condition(1).getByRole('combobox', { name: 'Value' }), 'TLS 1.0');
  await press(page, button(dialog(page), 'Add condition'));
  await focusOn(page, field(2));
  await pick(page, field(2), 'Volume');
  // One that makes no sense is said, and asked for.
  await press(page, button(dialog(page), 'Apply'));
  await dialog(page).getByRole('alert').filter({ hasText: 'Condition 2: Enter a value' }).waitFor();
  const value = condition(2).getByLabel('Value');
  await focusOn(page, value);
  await type(page, value, '1');
  await press(page, button(dialog(page), 'Add group'));
  await focusOn(page, field(3));
  // It is removed with its group, and the focus stays in the dialog.
  await press(page, button(dialog(page), 'Remove condition 3'));
  await keptFocus(page);
  await press(page, button(dialog(page), 'Remove condition 2'), 'Enter', { back: true });
  await keptFocus(page);
  // Saved by a name, and chosen again.
  await type(page, dialog(page).getByRole('textbox', { name: 'Name' }), 'Old TLS');
  await press(page, button(dialog(page), 'Save in this browser'));
  await status(page, 'Saved as Old TLS');
  await press(page, button(dialog(page), 'Delete Old TLS'), 'Enter', { back: true });
  await status(page, 'Deleted Old TLS');
  await inDialog(page);
  await press(page, button(dialog(page), 'Apply'));
  await dialog(page).waitFor({ state: 'hidden' });
  await page.getByText(/^Filtered: /).waitFor();
  await focusOn(page, opener);
  await thereAndBack(page, button(page, 'Change filter'));
  await press(page, button(page, 'Remove filters'));
  await focusOn(page, button(page, 'Add filter'));
  await keptFocus(page);
});

test('what a filter or a period leaves nothing of is left by its button', async (t) => {
  const page = await openForKeys(t, 'hosted', { url: `${address('hosted')}#/connector-report?v=1&filter=all(sender-domain~is~nobody.example)` });
  await page.keyboard.press('o');
  const chooser = page.waitForEvent('filechooser');
  await press(page, button(page, 'Browse'));
  await (await chooser).setFiles(data.paths[0]);
  await whenDone(page);
  await press(page, page.locator('.report-empty').getByRole('button').first());
  await page.getByRole('application').waitFor();
  await keptFocus(page);
});

inBothForms('the audit report, from what it holds to the print button', { timeout: 120_000 }, async (t, form) => {
  const page = await show(t, form, '8', 'Audit report', data.paths, {
    prepare: (empty) => empty.addInitScript(() => (window.print = () => (window.printed = (window.printed ?? 0) + 1))),
  });
  await type(page, page.getByLabel('Organization, as printed'), 'Contoso');
  await pick(page, choice(page, 'Period'), 'All of the data');
  const box = page.getByRole('main').getByRole('checkbox').first();
  await press(page, box, 'Space');
  assert.equal(await box.isChecked(), false);
  assert.ok(await hasFocus(box));
  await page.getByRole('heading', { level: 3 }).last().waitFor();
  const print = page.getByRole('main').getByRole('button', { name: /^Print/ });
  await press(page, print);
  await page.waitForFunction(() => window.printed === 1);
  assert.ok(await hasFocus(print));
  await keptFocus(page);
});

test('what other senders report, and the path of a mail, on the dashboard', async (t) => {
  const page = await show(t, 'hosted', '3', 'Connector report');
  await page.keyboard.press('1');
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  const panel = page.getByRole('region', { name: 'What other senders report' });
  const first = panel.locator('summary').first();
  const open = () => first.evaluate((summary) => summary.parentElement.open);
  const was = await open();
  await press(page, first);
  assert.equal(await open(), !was);
  await page.keyboard.press('Space');
  assert.equal(await open(), was);
  const mail = page.getByRole('button', { name: 'received-postfix.eml' });
  await press(page, mail);
  assert.equal(await mail.getAttribute('aria-expanded'), 'true');
  await tabTo(page, page.getByRole('region', { name: 'Path of the mail' }));
  await press(page, mail, 'Space', { back: true });
  assert.equal(await mail.getAttribute('aria-expanded'), 'false');
  await keptFocus(page);
});
