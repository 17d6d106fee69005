// "Readiness" (RP-04) as a person meets it: from the card to the work list, by
// role and name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { auth, flow, line, lines, writer } from './made.mjs';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('readiness');
const odd = '=cmd|"&#?+\u202eA';
/** What turns the text around it is shown by its number. */
const shown = odd.replace('\u202e', '[U+202E]');

/** A week with known figures: 20 of SMTP AUTH, 12 of mail flow. */
const senders = () =>
  auth +
  lines(6, '2026-09-08T09:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_0', 'Basic') +
  lines(2, '2026-09-10T09:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_2', 'Basic') +
  lines(3, '2026-09-10T09:00:00Z', 'printer@office.example', '192.0.2.7', 'TLS1_1', 'Basic') +
  lines(5, '2026-09-10T09:00:00Z', 'app@shop.example', '198.51.100.1', 'TLS1_3', 'Modern') +
  lines(4, '2026-09-10T09:00:00Z', 'app@shop.example', '198.51.100.1', '', '');
const connectors = () =>
  flow +
  lines(4, '2026-09-09T09:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_0', 'False') +
  lines(1, '2026-09-10T09:00:00Z', 'Inbound', 'Old partner', 'Partner', 'No TLS', 'False') +
  lines(1, '2026-09-10T09:00:00Z', 'Outbound', `"${odd.replaceAll('"', '""')}"`, 'Partner', 'No TLS', 'False') +
  lines(6, '2026-09-10T09:00:00Z', 'Outbound', '', 'NoConnector', 'TLS1_3', '');

const show = async (t, form, hash = '', options = {}) => {
  const page = await open(t, form, { ...options, url: address(form) + hash });
  await choose(page, [write('senders.csv', senders()), write('connectors.csv', connectors())]);
  await whenDone(page);
  return page;
};
const list = (page) => page.getByRole('region', { name: 'Work list' }).getByRole('table');
const row = (page, name) => list(page).getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
const cells = async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
const policy = (page, name) => page.getByRole('radio', { name });
const saved = async (page, act) => {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')];
};

inBothForms('the card says what would be refused, and leads to the work list', async (t, form) => {
  const page = await show(t, form);
  const card = page.getByRole('region', { name: 'Readiness' }).first();
  await card.getByRole('row', { name: /^TLS below 1\.2 is refused 13 \(46\.4%\) 3 4$/ }).waitFor();
  await card.getByRole('row', { name: /^Mail without TLS is refused 2 \(7\.1%\) 2 4$/ }).waitFor();
  await card.getByRole('row', { name: /^Basic authentication for SMTP AUTH ends · End of December 2026 11 \(68\.8%\) 2 4$/ }).waitFor();
  await card.getByRole('row', { name: /^SMTP AUTH ends 20 \(100%\) 3 0$/ }).waitFor();
  await card.getByRole('row', { name: /^Connectors force TLS 2 \(33\.3%\) 2 0$/ }).waitFor();
  await card.getByRole('link', { name: 'Basic authentication for SMTP AUTH ends' }).click();
  await page.getByRole('heading', { level: 1, name: 'Readiness' }).waitFor();
  assert.ok(await policy(page, /^Basic authentication/).isChecked());
  await page.getByText('11 of the 16 messages of which it can be told would be refused (68.8%). 2 things to fix.').waitFor();
  await page.getByText('Of 4 more messages it cannot be told').waitFor();
  await page.getByText('off by default for existing tenants').waitFor();
  await page.goBack();
  await card.getByRole('link', { name: 'Readiness', exact: true }).click();
  await page.getByText('13 of the 28 messages of which it can be told would be refused (46.4%). 3 things to fix.').waitFor();
  // What to do is seen without a click.
  assert.deepEqual(await cells(row(page, 'scanner@office.example')), [
    '',
    'scanner@office.example SMTP AUTH client',
    'Update this device or application, or its settings, to TLS 1.2 or newer; what cannot be updated needs a relay of your own.',
    '192.0.2.7 and 1 other account',
    '6',
    '0',
    '8',
    '2026-09-08',
    'TLS 1.0: 6 TLS 1.2: 2',
  ]);
  assert.match((await cells(row(page, 'Old partner')))[2], /^Ask whoever runs the servers on the other side/);
});

inBothForms('another policy, a connector, days and a sort are in the address, and come back', async (t, form) => {
  const page = await show(t, form, '#/readiness');
  await row(page, 'Old partner').waitFor();
  await policy(page, /^Connectors force TLS/).check();
  await page.waitForURL(/policy=forced-tls/);
  await page.getByText('2 of the 6 messages of which it can be told would be refused').waitFor();
  assert.equal(await list(page).getByRole('row').count(), 3);
  await page.getByLabel('Connector', { exact: true }).selectOption({ index: 2 });
  await page.getByRole('heading', { name: `Connectors force TLS: Outbound: ${shown}` }).waitFor();
  const chosen = page.url();
  await policy(page, /^SMTP AUTH ends/).check();
  await row(page, 'app@shop.example').waitFor();
  await page.getByLabel('Period', { exact: true }).selectOption('All of the data');
  await list(page).getByRole('columnheader', { name: 'Account, connector or domain' }).getByRole('button').click();
  await page.locator('th[aria-sort=ascending]', { hasText: 'Account, connector or domain' }).waitFor();
  const names = await list(page).getByRole('rowheader').getByRole('button').allInnerTexts();
  assert.deepEqual(names, ['app@shop.example', 'printer@office.example', 'scanner@office.example']);
  assert.match(page.url(), /policy=smtp-auth&days=all&.*sort=name/);
  await page.goto(chosen);
  await page.getByRole('heading', { name: `Connectors force TLS: Outbound: ${shown}` }).waitFor();
  await page.getByLabel('Connector', { exact: true }).selectOption('All connectors');
  await row(page, 'Old partner').waitFor();
  await page.evaluate(() => (location.hash = '#/readiness?v=1&policy=who-knows'));
  await page.getByText('made by another version of mailflow').waitFor();
});

inBothForms('what is ticked stays ticked, can be hidden, and is exported', async (t, form) => {
  const page = await show(t, form, '#/readiness');
  const tick = (name) => page.getByRole('checkbox', { name: `Done: ${name}` });
  await tick('scanner@office.example, 192.0.2.7').check();
  await page.getByText('3 rows \u00b7 1 done').waitFor();
  await policy(page, /^Basic authentication/).check();
  await page.getByText('2 rows \u00b7 1 done').waitFor();
  assert.ok(await tick('scanner@office.example, 192.0.2.7').isChecked());
  assert.ok(!(await tick('printer@office.example, 192.0.2.7').isChecked()));
  await page.getByRole('checkbox', { name: 'Also list what cannot be told' }).check();
  await row(page, 'app@shop.example').waitFor();
  const [name, text] = await saved(page, () => page.getByRole('button', { name: 'Export' }).click());
  assert.equal(name, 'readiness.csv');
  assert.ok(text.startsWith('\ufeffDone,Kind,'));
  const rows = text.trim().split('\r\n');
  assert.match(rows[1], /^Yes,SMTP AUTH client,scanner@office\.example,192\.0\.2\.7,8,0,8,2026-09-08,2026-09-10,TLS 1\.0: 6; TLS 1\.2: 2,,Basic authentication: 8,printer@office\.example: 3,"?Switch this device/);
  assert.match(rows[2], /^No,SMTP AUTH client,printer@office\.example,/);
  assert.match(rows[3], /^No,SMTP AUTH client,app@shop\.example,198\.51\.100\.1,0,4,9,,,/);
  await page.getByRole('checkbox', { name: 'Hide what is done' }).check();
  await row(page, 'scanner@office.example').waitFor({ state: 'detached' });
  await row(page, 'printer@office.example').waitFor();
  // A formula out of a file is text in the exported file.
  await policy(page, /^Mail without TLS/).check();
  await row(page, shown).waitFor();
  const [, csv] = await saved(page, () => page.getByRole('button', { name: 'Export' }).click());
  assert.ok(csv.includes(`"'${odd.replaceAll('"', '""')}"`), csv);
});

test('the list is searched, and worked through with the keyboard alone', async (t) => {
  const page = await show(t, 'hosted', '#/readiness');
  await page.getByLabel('Search').fill('PRINTER');
  await page.getByText('1 of 3 rows').waitFor();
  assert.ok(await page.getByLabel('Search').evaluate((element) => element === document.activeElement));
  const tick = page.getByRole('checkbox', { name: 'Done: printer@office.example, 192.0.2.7' });
  await tick.focus();
  await page.keyboard.press('Space');
  await page.getByText('1 done').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: 'printer@office.example' });
  await details.getByText('Update this device or application').waitFor();
  await details.getByRole('region', { name: 'Other accounts at this address' }).getByRole('row', { name: 'scanner@office.example 8' }).waitFor();
  await details.getByRole('region', { name: 'Authentication Protocol' }).getByRole('row', { name: 'Basic authentication 3' }).waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
  const opener = page.getByRole('button', { name: 'printer@office.example' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement));
  await policy(page, /^TLS below/).focus();
  await page.keyboard.press('ArrowDown');
  await page.waitForURL(/policy=no-tls/);
});

test('the chart tells each day, and a day without a file as such', async (t) => {
  const page = await show(t, 'hosted', '#/readiness');
  const plot = page.getByRole('application', { name: /Day by day/ });
  await plot.focus();
  await page.keyboard.press('End');
  await page.getByRole('status').filter({ hasText: '10 September 2026' }).filter({ hasText: 'Would be refused: 3' }).waitFor();
  await page.getByText('Chart as a table').click();
  await page.getByRole('row', { name: /^2026-09-08 6 0$/ }).waitFor();
  await page.getByRole('row', { name: /^2026-09-07 no data no data$/i }).waitFor();
});

test('a list of 20,000 things holds only what is seen, and reaches its end', async (t) => {
  const page = await open(t, 'hosted', { url: address('hosted') + '#/readiness?v=1&policy=basic-auth&sort=name' });
  const name = (index) => `sender${String(index).padStart(5, '0')}@office.example`;
  const rows = Array.from({ length: 20_000 }, (_, index) => line('2026-09-09T09:00:00Z', name(index), '192.0.2.7', 'TLS1_2', 'Basic'));
  await choose(page, write('many.csv', auth + rows.join('')));
  await whenDone(page);
  await page.getByText('20,000 rows \u00b7 0 done').waitFor();
  assert.equal(await list(page).getAttribute('aria-rowcount'), '20001');
  const region = page.getByRole('region', { name: 'To fix' });
  assert.ok((await region.getByRole('row').count()) < 200);
  await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.getByRole('button', { name: name(19_999) }).waitFor();
  await page.getByRole('checkbox', { name: `Done: ${name(19_999)}` }).check();
  await page.getByText('1 done').waitFor();
});

test('data that records nothing is neither safe nor refused; no data says so', async (t) => {
  const page = await open(t, 'hosted');
  const card = page.getByRole('region', { name: 'Readiness' }).first();
  await choose(page, write('silent.csv', flow + lines(3, '2026-09-09T09:00:00Z', 'Inbound', 'A', 'Partner', '', '')));
  await whenDone(page);
  await card.getByRole('row', { name: /^TLS below 1\.2 is refused Cannot be told 0 3$/ }).waitFor();
  await card.getByRole('row', { name: /^SMTP AUTH ends No data$/ }).waitFor();
  await card.getByRole('link', { name: 'SMTP AUTH ends', exact: true }).click();
  await page.getByText('No SMTP AUTH is seen in these files').waitFor();
  await policy(page, /^TLS below/).check();
  await page.getByText('The files do not record what this depends on').waitFor();
  await page.getByRole('checkbox', { name: 'Also list what cannot be told' }).check();
  await row(page, 'A').waitFor();
});

inBothForms('a filter narrows figures and work list, of clients and of mail flow', async (t, form) => {
  const page = await show(t, form, '#/readiness');
  await page.getByText('13 of the 28 messages of which it can be told would be refused (46.4%). 3 things to fix.').waitFor();
  await page.getByRole('button', { name: 'Add filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter messages' });
  const part = (name) => dialog.getByRole('group', { name: 'Condition 1', exact: true }).getByLabel(name, { exact: true });
  await part('Field').selectOption('Client IP address');
  await part('Value').fill('192.0.2.7');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Filtered: Client IP address is 192.0.2.7').waitFor();
  await page.getByText('9 of the 11 messages of which it can be told would be refused (81.8%). 2 things to fix.').waitFor();
  assert.equal(await list(page).getByRole('row').count(), 3);
  // Another policy is asked of the same messages.
  await policy(page, /^Mail without TLS/).check();
  await page.getByText('None of the 11 messages of which it can be told would be refused.').waitFor();
  assert.match(page.url(), /filter=all\(client~is~192\.0\.2\.7\)/);
  await page.reload();
  await choose(page, [write('senders.csv', senders())]);
  await whenDone(page);
  await page.getByText('Filtered: Client IP address is 192.0.2.7').waitFor();
  await page.getByRole('button', { name: 'Remove filters' }).click();
  await page.getByText('None of the 16 messages of which it can be told would be refused.').waitFor();
});
