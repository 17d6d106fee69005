// What a person says of a file and of the organization: columns, words,
// remembered mappings, mapping files, settings.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-mapping-'));
after(() => rmSync(folder, { recursive: true }));
const write = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const header = 'Zeitpunkt;Richtung;TLS;Sender;Recipient\n';
const table = (name, rows = '') =>
  write(
    name,
    `${header}2026-09-03 10:00:00;rein;TLS1.2;a@fabrikam.example;b@contoso.example\n` +
      `2026-09-03 11:00:00;raus;sicher;b@contoso.example;a@fabrikam.example\n` +
      `2026-09-03 12:00:00;raus;TLS1.3;b@contoso.example;c@fabrikam.example\n` +
      `gestern;raus;TLS1.3;b@contoso.example;c@fabrikam.example\n${rows}`,
  );

const mapColumns = (page) => page.getByRole('dialog', { name: 'Map columns' });
const column = (page, name) => mapColumns(page).getByRole('combobox', { name, exact: true });
const filesPanel = (page) => page.getByRole('region', { name: 'Files', exact: true });
const flow = (page) => page.getByRole('region', { name: 'Outbound and inbound mail flow' });
const chosen = (select) => select.evaluate((element) => element.selectedOptions[0].label);

/** Maps the columns of the table above, and what its words mean. */
async function map(page) {
  await column(page, 'Time (required)').selectOption('Zeitpunkt');
  await column(page, 'Direction').selectOption('Richtung');
  await column(page, 'Direction: read rein as').selectOption('Inbound');
  await column(page, 'Direction: read raus as').selectOption('Outbound');
  await column(page, 'TLS version: read sicher as').selectOption('TLS, version not stated');
}

const apply = (page) => mapColumns(page).getByRole('button', { name: 'Apply' }).click();

inBothForms('columns are guessed, and the rest is seen while it is picked', async (t, form) => {
  const page = await open(t, form);
  await drop(page, table('trace.csv'));
  await whenDone(page);
  const outcome = mapColumns(page).getByRole('status');
  await column(page, 'TLS version').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'time');
  assert.equal(await chosen(column(page, 'TLS version')), 'TLS');
  assert.equal(await chosen(column(page, 'Sender')), 'Sender');
  assert.equal(await chosen(column(page, 'Time (required)')), 'Not in this file');
  // A wrong column is seen at once.
  await column(page, 'Time (required)').selectOption('Sender');
  await outcome.getByText('0 of 4 rows would be read').waitFor();
  await map(page);
  await outcome.getByText('3 of 4 rows would be read; 1 not: The time is missing or is no date: 1').waitFor();
  await outcome.getByText('Inbound: 1, Outbound: 2').waitFor();
  await outcome.getByText('TLS 1.2: 1, TLS 1.3: 1, TLS, version not stated: 1').waitFor();
  await outcome.getByText('2026-09-03 10:00:00, 2026-09-03 11:00:00').waitFor();
  // What is known needs no word of the person.
  assert.equal(await chosen(column(page, 'TLS version: read TLS1.3 as')), 'TLS 1.3');
  await apply(page);
  await whenDone(page, 2);
  await flow(page).getByRole('button', { name: 'Inbound: 1' }).waitFor();
  await flow(page).getByRole('button', { name: 'Outbound: 2' }).waitFor();
});

test('without a time column nothing is applied', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, table('trace.csv'));
  await whenDone(page);
  await column(page, 'TLS version').waitFor();
  await apply(page);
  await mapColumns(page).getByRole('alert').getByText('Please pick a column for: Time').waitFor();
});

test('what would be read is answered within a tenth of a second', async (t) => {
  const page = await open(t, 'hosted');
  const row = '2026-09-03 12:00:00;raus;TLS1.3;b@contoso.example;c@fabrikam.example\n';
  await drop(page, table('long.csv', row.repeat(300_000)));
  await whenDone(page);
  await column(page, 'TLS version').waitFor();
  const took = await page.evaluate(async () => {
    const status = document.querySelector('dialog [role=status]');
    const select = document.querySelector('#time');
    const changed = new Promise((resolve) => {
      new MutationObserver(() => resolve(performance.now())).observe(status, { childList: true, subtree: true });
    });
    const start = performance.now();
    select.selectedIndex = 1;
    select.dispatchEvent(new Event('change'));
    return (await changed) - start;
  });
  t.diagnostic(`${took.toFixed(0)} ms`);
  assert.ok(took < 100, `${took} ms`);
  await mapColumns(page).getByRole('status').getByText(/of the first [\d,]+ rows would be read/).waitFor();
});

test('columns of an export that is known can be changed', async (t) => {
  const page = await open(t, 'hosted');
  const text = 'date,message_id,direction,connector_name,tls_version,tls_backup\n2026-09-03T10:00:00Z,<1@x>,Received,Gate,TLS1.2,TLS1.3\n';
  await drop(page, write('known.csv', text));
  await whenDone(page);
  await filesPanel(page).getByRole('button', { name: 'known.csv' }).click();
  await filesPanel(page).getByRole('button', { name: 'Change columns…' }).click();
  await column(page, 'TLS version').selectOption('tls_backup');
  await apply(page);
  await whenDone(page, 2);
  await filesPanel(page).getByText('tls_backup').waitFor();
});

inBothForms('a mapping is remembered, used, and forgotten', async (t, form) => {
  const page = await open(t, form);
  await drop(page, table('first.csv'));
  await whenDone(page);
  await column(page, 'TLS version').waitFor();
  await map(page);
  await mapColumns(page).getByRole('checkbox', { name: /Remember/ }).check();
  await apply(page);
  await whenDone(page, 2);

  // The next file with the same header, on another day, asks nothing.
  await page.reload();
  await page.evaluate(() => window.mailflow.sealed);
  await drop(page, table('second.csv'));
  await whenDone(page);
  await flow(page).getByRole('button', { name: 'Outbound: 2' }).waitFor();
  await filesPanel(page).getByText('as you had them remembered').waitFor();
  assert.equal(await mapColumns(page).count(), 0);

  // Not for this file.
  await filesPanel(page).getByRole('button', { name: 'Do not use for this file' }).click();
  await whenDone(page, 2);
  await column(page, 'Time (required)').waitFor();
  assert.equal(await chosen(column(page, 'Time (required)')), 'Not in this file');

  // Not any more.
  await map(page);
  await mapColumns(page).getByRole('checkbox', { name: /Remember/ }).uncheck();
  await apply(page);
  await whenDone(page, 3);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test('where nothing can be remembered the page says so', async (t) => {
  const page = await open(t, 'hosted', {
    prepare: (empty) =>
      empty.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get() {
            throw new DOMException('refused', 'SecurityError');
          },
        });
      }),
  });
  await drop(page, table('trace.csv'));
  await whenDone(page);
  await column(page, 'TLS version').waitFor();
  await map(page);
  await mapColumns(page).getByRole('checkbox', { name: /Remember/ }).check();
  await apply(page);
  await page.getByText('does not let the page remember').first().waitFor();
  await whenDone(page, 2);
  await flow(page).getByRole('button', { name: 'Outbound: 2' }).waitFor();
});

inBothForms('a mapping is exported and imported', async (t, form) => {
  const page = await open(t, form);
  await drop(page, table('trace.csv'));
  await whenDone(page);
  await column(page, 'TLS version').waitFor();
  await map(page);
  const downloading = page.waitForEvent('download');
  await mapColumns(page).getByRole('button', { name: 'Export mapping' }).click();
  const file = await (await downloading).path();
  const json = JSON.parse(readFileSync(file, 'utf8'));
  assert.equal(json.version, 1);
  assert.deepEqual(json.header, header.trim().split(';'));
  assert.equal(json.columns.time, 'Zeitpunkt');
  assert.deepEqual(json.words[0], { field: 'direction', word: 'rein', means: 'inbound' });

  const other = await open(t, form);
  await drop(other, table('other.csv'));
  await whenDone(other);
  await column(other, 'TLS version').waitFor();
  const input = mapColumns(other).locator('input[type=file]');
  const alert = mapColumns(other).getByRole('alert');
  await input.setInputFiles(write('bad.json', '{'));
  await alert.getByText('The file is no exported mapping').waitFor();
  await input.setInputFiles(write('other.json', '{"version":1,"cells":[]}'));
  await alert.getByText('no exported mapping').waitFor();
  await input.setInputFiles(write('new.json', readFileSync(file, 'utf8').replace('"version": 1', '"version": 7')));
  await alert.getByText('version 7').waitFor();
  await input.setInputFiles(write('elsewhere.json', readFileSync(file, 'utf8').replace('"sender": "Sender"', '"sender": "Absender"')));
  await alert.getByText('does not have: Absender').waitFor();
  await input.setInputFiles(file);
  await mapColumns(other).getByText('Inbound: 1, Outbound: 2').waitFor();
  assert.equal(await chosen(column(other, 'Time (required)')), 'Zeitpunkt');
  assert.equal(await chosen(column(other, 'Direction: read raus as')), 'Outbound');
  assert.equal(await alert.innerText(), '');
  await apply(other);
  await whenDone(other, 2);
  await flow(other).getByRole('button', { name: 'Inbound: 1' }).waitFor();
});

const settings = (page) => page.getByRole('dialog', { name: 'Settings' });

/** Directions that no file says, and connectors without a type. */
const silent = () =>
  write(
    'silent.csv',
    'date,message_id,connector,sender,recipient,tls_version\n' +
      '2026-09-03T10:00:00Z,<1@x>,Gate,a@fabrikam.example,b@contoso.example,TLS1.2\n' +
      '2026-09-03T11:00:00Z,<2@x>,Gate,b@contoso.example,a@fabrikam.example,TLS1.2\n' +
      '2026-09-03T12:00:00Z,<3@x>,Gate,b@contoso.example,c@fabrikam.example,TLS1.3\n',
  );

inBothForms('own domains tell directions apart', async (t, form) => {
  const page = await open(t, form);
  await drop(page, silent());
  await whenDone(page);
  await filesPanel(page).getByRole('button', { name: 'Settings…' }).click();
  await settings(page).getByText(/Guessed from your data|does not tell/).waitFor();
  await settings(page).getByRole('textbox', { name: 'Own domains' }).fill('Contoso.example\n');
  await settings(page).getByText('As you said').waitFor();
  await settings(page).getByRole('button', { name: 'Apply' }).click();
  await flow(page).getByRole('button', { name: 'Inbound: 1' }).waitFor();
  await flow(page).getByRole('button', { name: 'Outbound: 2' }).waitFor();
  await filesPanel(page).getByText('Own domains: contoso.example (as you said)').waitFor();
  // The guess comes back.
  await filesPanel(page).getByRole('button', { name: 'Settings…' }).click();
  await settings(page).getByRole('button', { name: 'Use the guess' }).click();
  await settings(page).getByText(/Guessed from your data|does not tell/).waitFor();
  await page.keyboard.press('Escape');
  await filesPanel(page).getByText('as you said').waitFor({ state: 'detached' });
});

test('guessed own domains are shown as guessed', async (t) => {
  const page = await open(t, 'hosted');
  await page.getByRole('button', { name: /sample data/ }).click();
  await whenDone(page);
  await filesPanel(page).getByText(/^Own domains: .*contoso.* \(guessed from the data\)$/).waitFor();
});

inBothForms('the type of a connector can be said', async (t, form) => {
  const page = await open(t, form);
  await drop(page, silent());
  await whenDone(page);
  await filesPanel(page).getByRole('button', { name: 'Settings…' }).click();
  await settings(page).getByRole('textbox', { name: 'Own domains' }).fill('contoso.example');
  await settings(page).getByRole('combobox', { name: 'Gate' }).selectOption('Partner');
  await settings(page).getByRole('button', { name: 'Apply' }).click();
  await flow(page).getByRole('button', { name: 'View details' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Connector report' }).click();
  await page.getByRole('button', { name: 'View details table' }).click();
  await page.getByRole('row', { name: /Inbound: Gate/ }).getByRole('cell', { name: 'Partner' }).waitFor();
  // It stays what it is when everything is read again.
  await page.goBack();
  await page.goBack();
  await filesPanel(page).getByRole('button', { name: 'Settings…' }).click();
  assert.equal(await chosen(settings(page).getByRole('combobox', { name: 'Gate' })), 'Partner');
  await settings(page).getByRole('combobox', { name: 'Time zone of files without one' }).fill('UTC+09:00');
  await settings(page).getByRole('textbox', { name: 'Internal hosts' }).fill('10.1.');
  await settings(page).getByRole('button', { name: 'Apply' }).click();
  await whenDone(page, 2);
  await filesPanel(page).getByText('Own domains: contoso.example (as you said)').waitFor();
});

test('counts without a date are asked for their period', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, write('senders.csv', 'Sender address,Message count\na@contoso.example,12\n'));
  await whenDone(page);
  const dialog = page.getByRole('dialog', { name: 'Period of the counts' });
  const button = dialog.getByRole('button', { name: 'Apply' });
  await dialog.getByLabel('Start date').fill('2026-09-07');
  assert.ok(await button.isDisabled());
  await dialog.getByLabel('End date').fill('2026-09-01');
  assert.ok(await button.isDisabled());
  await dialog.getByLabel('Start date').fill('2026-09-01');
  await dialog.getByLabel('End date').fill('2026-09-07');
  await button.click();
  await whenDone(page, 2);
  await filesPanel(page).getByRole('row', { name: /senders\.csv/ }).getByText('2026-09-01').waitFor();
});
