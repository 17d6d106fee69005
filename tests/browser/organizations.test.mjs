// Several organizations side by side, as a person meets them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { address, choose, drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-organizations-'));
after(() => rmSync(folder, { recursive: true }));

const header = 'date,direction,connector,connector type,tls version,forced tls,sender address,recipient address,message id\n';
let serial = 0;
const sent = (domain, count, tls) =>
  Array.from({ length: count }, () =>
    `2026-09-03T12:00:00Z,Outbound,,NoConnector,${tls},,u@${domain},r@y.example,<${(serial += 1)}@${domain}>\n`).join('');

function write(name, text) {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const contoso = () => write('all/Contoso/week.csv', header + sent('contoso.example', 3, 'TLS1_2') + sent('contoso.example', 1, 'No TLS'));
const fabrikam = () => write('all/Fabrikam/week.csv', header + sent('fabrikam.example', 2, 'TLS1_0'));
const panel = (page) => page.getByRole('region', { name: 'Organizations', exact: true }).first();
const cells = async (page, name) =>
  (await panel(page).getByRole('row', { name: new RegExp(`^${name}`) }).locator('th, td').allInnerTexts()).map((text) => text.trim());

/** Opens the dialog, sets what files are grouped by and whose the named files are, and applies it. */
async function group(page, by, owners = {}) {
  await page.getByRole('button', { name: 'Organizations…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Whose files are these?' });
  if (by) await dialog.getByLabel('Group files').selectOption(by);
  for (const [file, names] of Object.entries(owners)) await dialog.getByLabel(`Belongs to: ${file}`).fill(names);
  await dialog.getByRole('button', { name: 'Apply' }).click();
}

inBothForms('a dropped folder of folders is one row an organization, and each opens its own reports', async (t, form) => {
  contoso();
  fabrikam();
  const page = await open(t, form);
  await drop(page, join(folder, 'all'));
  await whenDone(page);
  // All is of one organization until the person says otherwise.
  await page.getByText('Outbound: 6').waitFor();
  await group(page, 'By folder');
  await whenDone(page, 2);
  await page.getByText('2 organizations').waitFor();
  assert.deepEqual((await cells(page, 'Contoso')).slice(0, 6), ['Contoso', '4', '75.0%', '0', '–', '1']);
  assert.deepEqual((await cells(page, 'Fabrikam')).slice(0, 6), ['Fabrikam', '2', '100%', '0', '–', '2']);

  await panel(page).getByRole('button', { name: 'Contoso' }).click();
  await page.getByText('Outbound: 4').waitFor();
  assert.match(page.url(), /organization=Contoso/);
  await page.getByText('Own domains (guessed): contoso.example').or(page.getByText(/contoso\.example/)).first().waitFor();
  // The reports are of the same one, and another is a choice away.
  await page.goto(`${page.url().split('#')[0]}#/connector-report?v=1&view=table&organization=fabrikam`);
  const rows = page.getByRole('region', { name: 'Connector report' }).getByRole('row');
  await rows.filter({ hasText: '100% (2)' }).first().waitFor();
  await page.getByLabel('Organization', { exact: true }).selectOption('Contoso');
  await rows.filter({ hasText: '75.0% (3)' }).first().waitFor();
  await page.goBack();
  await rows.filter({ hasText: '100% (2)' }).first().waitFor();
  await page.getByRole('button', { name: 'Dashboard' }).or(page.getByRole('button', { name: 'Back' })).first().click();
  await page.getByText('Outbound: 2').waitFor();
  await page.getByLabel('Organization', { exact: true }).selectOption('All organizations');
  await panel(page).waitFor();
});

test('a file of two organizations counts in both, and names differ by more than case', async (t) => {
  const page = await open(t, 'hosted');
  const one = write('one.csv', header + sent('contoso.example', 3, 'TLS1_2'));
  const two = write('two.csv', header + sent('fabrikam.example', 2, 'TLS1_3'));
  await choose(page, [one, two]);
  await whenDone(page);
  await group(page, undefined, { 'one.csv': 'Contoso, Fabrikam', 'two.csv': 'fabrikam' });
  await whenDone(page, 2);
  await page.getByText('2 organizations').waitFor();
  assert.equal((await cells(page, 'Contoso'))[1], '3');
  assert.equal((await cells(page, 'Fabrikam'))[1], '5');
  // Each has its own account of the file.
  const files = page.getByRole('region', { name: 'Account of every file' });
  assert.equal(await files.getByRole('row', { name: /^one\.csv/ }).count(), 2);
  const download = page.waitForEvent('download');
  await panel(page).getByRole('button', { name: 'Export' }).click();
  const text = readFileSync(await (await download).path(), 'utf8').replace('\ufeff', '');
  assert.deepEqual(text.trim().split('\r\n').slice(1).map((row) => row.split(',').slice(0, 3)), [
    ['Contoso', '3', '100%'],
    ['Fabrikam', '5', '100%'],
  ]);
  // Back to one.
  await group(page, undefined, { 'one.csv': '', 'two.csv': '' });
  await whenDone(page, 3);
  await page.getByText('Outbound: 5').waitFor();
});

test('settings are of the organization that is looked at', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, [write('own.csv', header + sent('contoso.example', 2, 'TLS1_2')), write('other.csv', header + sent('fabrikam.example', 2, 'TLS1_3'))]);
  await whenDone(page);
  await group(page, 'By own domain');
  await whenDone(page, 2);
  await panel(page).getByRole('button', { name: 'contoso.example' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog').getByLabel('Own domains').fill('contoso.example new.example');
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByText(/contoso\.example, new\.example/).first().waitFor();
  await page.getByLabel('Organization', { exact: true }).selectOption('All organizations');
  assert.equal((await cells(page, 'contoso')).at(-1), 'contoso.example, new.example');
  assert.equal((await cells(page, 'fabrikam')).at(-1), 'fabrikam.example');
});

test('an address of an organization that is not there says so', async (t) => {
  const page = await open(t, 'hosted', { url: `${address('hosted')}#/?v=1&organization=Nobody%20%3Cb%3E` });
  await choose(page, [write('a.csv', header + sent('a.example', 1, 'TLS1_2')), write('b.csv', header + sent('b.example', 1, 'TLS1_2'))]);
  await whenDone(page);
  await group(page, 'By own domain');
  await whenDone(page, 2);
  await page.getByText('None of the files is of an organization called “Nobody <b>”.').waitFor();
  await panel(page).waitFor();
});
