// Several organizations with keys alone: made, looked at one by one and side by side, renamed, a file moved, and none again.
import assert from 'node:assert/strict';
import { button, dialog, focusOn, heading, inDialog, keptFocus, openForKeys, pick, press, tabTo, thereAndBack, type } from './keys.mjs';
import { writer } from './made.mjs';
import { inBothForms, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('keyboard-organizations');
const header = 'date,direction,connector,connector type,tls version,forced tls,sender address,recipient address,message id\n';
let serial = 0;
const sent = (domain, count) =>
  Array.from({ length: count }, () => `2026-09-03T12:00:00Z,Outbound,,NoConnector,TLS1_2,,u@${domain},r@y.example,<${(serial += 1)}@${domain}>\n`).join('');
const paths = [['one.csv', 'contoso.example', 4], ['two.csv', 'contoso.example', 3], ['three.csv', 'fabrikam.example', 2]].map(([name, domain, count]) =>
  write(name, header + sent(domain, count)),
);

const opener = (page) => button(page, 'Organizations…');
const panel = (page) => page.getByRole('region', { name: 'Organizations', exact: true }).first();
const choice = (page) => page.getByRole('combobox', { name: 'Organization', exact: true });

/** Says in the dialog whose files are; each name is typed. */
async function belongs(page, owners) {
  await press(page, opener(page));
  await inDialog(page);
  for (const [file, names] of Object.entries(owners)) await type(page, dialog(page).getByRole('combobox', { name: `Belongs to: ${file}` }), names);
  await press(page, button(dialog(page), 'Apply'));
  await dialog(page).waitFor({ state: 'hidden' });
}

/** The first figure of an organization's row: its messages sent. */
async function outbound(page, name, count) {
  const cell = panel(page).getByRole('row', { name: new RegExp(`^${name}`) }).getByRole('cell').first();
  await cell.filter({ hasText: new RegExp(`^${count}$`) }).waitFor();
}

inBothForms('organizations from the first to the last, with keys alone', { timeout: 240_000 }, async (t, form) => {
  const page = await openForKeys(t, form);
  const chooser = page.waitForEvent('filechooser');
  await press(page, button(page, 'Browse'));
  await (await chooser).setFiles(paths);
  await whenDone(page);

  // Made, of names that are typed.
  await thereAndBack(page, opener(page));
  await belongs(page, { 'one.csv': 'Contoso', 'two.csv': 'Contoso', 'three.csv': 'Fabrikam' });
  await whenDone(page, 2);
  await page.getByText('2 organizations').waitFor();
  await outbound(page, 'Contoso', 7);
  await outbound(page, 'Fabrikam', 2);
  await keptFocus(page);

  // Side by side: sorted, and the head keeps the focus.
  const sorter = panel(page).getByRole('columnheader', { name: /^Outbound/ }).first().getByRole('button');
  await press(page, sorter, 'Enter', { back: true });
  await panel(page).locator('th[aria-sort=descending]').waitFor();
  await focusOn(page, sorter);
  await page.keyboard.press('Enter');
  await panel(page).locator('th[aria-sort=ascending]').waitFor();
  await focusOn(page, sorter);

  // One of them, its report, and another by choice.
  await press(page, button(panel(page), 'Fabrikam'));
  await page.getByText('Outbound: 2').waitFor();
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  await page.keyboard.press('3');
  await heading(page, 'Connector report').waitFor();
  await pick(page, choice(page), 'Contoso');
  await page.waitForFunction(() => location.hash.includes('organization=Contoso'));
  await focusOn(page, choice(page));
  await page.keyboard.press('1');
  // Keys mean themselves in a choice, so the way there is its link.
  await press(page, page.getByRole('link', { name: 'Dashboard' }), 'Enter', { back: true });
  await page.getByText('Outbound: 7').waitFor();

  // Back to all.
  await pick(page, choice(page), 'All organizations');
  await panel(page).waitFor();
  await focusOn(page, choice(page));

  // Renamed.
  await belongs(page, { 'three.csv': 'Northwind' });
  await whenDone(page, 3);
  await outbound(page, 'Northwind', 2);
  assert.equal(await panel(page).getByRole('button', { name: 'Fabrikam' }).count(), 0);

  // A file of one is moved to the other.
  await belongs(page, { 'two.csv': 'Northwind' });
  await whenDone(page, 4);
  await outbound(page, 'Contoso', 4);
  await outbound(page, 'Northwind', 5);
  await keptFocus(page);

  // By what their names say: none of the typed ones is left, and all are one again.
  await belongs(page, { 'one.csv': '', 'two.csv': '', 'three.csv': '' });
  await whenDone(page, 5);
  await page.getByText('Outbound: 9').waitFor();
  assert.equal(await panel(page).count(), 0);
  await keptFocus(page);

  // Told apart by their own domains, which is a choice.
  await press(page, opener(page));
  await inDialog(page);
  await pick(page, dialog(page).getByRole('combobox', { name: 'Group files' }), 'By own domain');
  await dialog(page).getByText(/own domain/i).last().waitFor();
  await tabTo(page, button(dialog(page), 'Cancel'));
  await press(page, button(dialog(page), 'Apply'), 'Enter', { back: true });
  await whenDone(page, 6);
  await outbound(page, 'contoso.example', 7);
  await keptFocus(page);
});
