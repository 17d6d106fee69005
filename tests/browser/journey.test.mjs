// What a person does on the page, by the roles and names that a person goes by.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { choose, drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-journey-'));
after(() => rmSync(folder, { recursive: true }));

const trio = join(folder, 'trio');
execFileSync('target/release/mailflow', ['sample', '--days', '20', '--last-day', '2026-11-20', trio]);
const truth = JSON.parse(readFileSync(join(trio, 'truth.json'), 'utf8'));
rmSync(join(trio, 'truth.json'));
const exports = readdirSync(trio).map((name) => join(trio, name));

const header = 'date,message_id,direction,connector_name,tls_version\n';
let rowsWritten = 0;
const row = (date, connector = 'Contoso', tls = 'TLS1.2') =>
  `${date},<${(rowsWritten += 1)}@x.example>,Received,${connector},${tls}\n`;

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const small = write('small.csv', header + row('2026-09-03T10:00:00Z'));

/** Long enough to be caught reading. */
const long = write('long.csv', header + row('2026-09-03T10:00:00Z', 'x'.repeat(4_000)).repeat(30_000));

const card = (page, name) => page.getByRole('region', { name });
const flow = (page) => card(page, 'Outbound and inbound mail flow');
const smtp = (page) => card(page, 'SMTP Auth clients');

/** Messages of the last week that the truth holds. */
function lastWeek(direction, tls = () => true) {
  return truth.cells
    .filter((cell) => cell.day > '2026-11-13' && cell.direction === direction && tls(cell.tls))
    .reduce((sum, cell) => sum + cell.messages, 0);
}

inBothForms('a person drops a trio of exports and reads the true figures', async (t, form) => {
  const page = await open(t, form);
  await drop(page, exports);
  await whenDone(page);
  await flow(page).getByText('7 days to 20 November 2026, UTC').waitFor();
  for (const [name, direction] of [['Outbound', 'outbound'], ['Inbound', 'inbound']]) {
    const number = lastWeek(direction).toLocaleString('en');
    await flow(page).getByRole('button', { name: `${name}: ${number}` }).click();
    const flyout = page.getByRole('dialog', { name: 'Messages protected in transit (by TLS)' });
    const table = flyout.getByRole('table', { name });
    for (const [label, code] of [['No TLS', 'none'], ['TLS 1.0', '1.0'], ['TLS 1.1', '1.1'], ['TLS 1.2', '1.2'], ['TLS 1.3 (Most secure)', '1.3']]) {
      const count = lastWeek(direction, (tls) => tls === code).toLocaleString('en');
      await table.getByRole('row', { name: `${label} ${count}`, exact: true }).waitFor();
    }
    await page.keyboard.press('Escape');
    await flyout.waitFor({ state: 'hidden' });
  }
  await smtp(page).getByRole('button', { name: `Messages: ${lastWeek('submission')}` }).click();
  await page.getByRole('dialog', { name: 'SMTP Auth clients' }).getByRole('link', { name: 'SMTP Auth clients report' }).waitFor();
});

test('a flyout is left by Escape, X, Close or a click beside it, and focus goes back', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, small);
  await whenDone(page);
  const opener = flow(page).getByRole('button', { name: 'View details' });
  const flyout = page.getByRole('dialog');
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => flyout.getByRole('button', { name: 'Close' }).first().click(),
    () => flyout.getByRole('button', { name: 'Close' }).last().click(),
    () => page.mouse.click(5, 300),
  ]) {
    await opener.focus();
    await page.keyboard.press('Enter');
    await flyout.waitFor();
    await leave();
    await flyout.waitFor({ state: 'hidden' });
    assert.ok(await opener.evaluate((element) => element === document.activeElement));
  }
});

inBothForms('the sample is one click away and marked as fictitious', async (t, form) => {
  const page = await open(t, form);
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await whenDone(page);
  for (const shown of [flow(page), smtp(page), card(page, 'Files')]) {
    await shown.getByText('Fictitious sample data').first().waitFor();
  }
  await flow(page).getByRole('button', { name: 'View details' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Connector report' }).click();
  await page.getByRole('heading', { level: 1, name: 'Connector report' }).waitFor();
  await page.getByRole('columnheader', { name: 'Connector direction and name' }).first().waitFor();
  await page.goBack();
  await flow(page).waitFor();
});

test('text of a file is text', async (t) => {
  const page = await open(t, 'hosted');
  const name = '<img src=x onerror=alert(1)>';
  page.on('dialog', () => assert.fail('a script of the file ran'));
  await choose(page, write('hostile.csv', header + row('2026-09-03T10:00:00Z', name)));
  await whenDone(page);
  await flow(page).getByRole('button', { name: 'View details' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Connector report' }).click();
  await page.getByRole('button', { name: 'View details table' }).click();
  await page.getByRole('button', { name: `Inbound: ${name}` }).click();
  await page.getByRole('dialog', { name: `Inbound: ${name}` }).waitFor();
  assert.equal(await page.locator('img[src=x]').count(), 0);
});

inBothForms('a column that is not recognised is asked for', async (t, form) => {
  const page = await open(t, form);
  const text = header.replace('date', 'Zeitpunkt') + row('2026-09-03T10:00:00Z');
  await drop(page, write('zeitpunkt.csv', text));
  await whenDone(page);
  const dialog = page.getByRole('dialog', { name: 'Map columns' });
  await dialog.getByText('Zeitpunkt').first().waitFor();
  await dialog.getByRole('combobox', { name: 'Time' }).selectOption({ label: 'Zeitpunkt' });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await whenDone(page, 2);
  await flow(page).getByRole('button', { name: 'Inbound: 1' }).waitFor();
});

test('which of day and month comes first is asked where no date tells', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, write('order.csv', header + row('3/4/2026 10:00:00')));
  await whenDone(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Which comes first in 3/4/2026').first().waitFor();
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await whenDone(page, 2);
  await flow(page).getByText(/7 days to (?:4 March|3 April) 2026, UTC/).waitFor();
});

inBothForms('reading is cancelled, and the page goes on', async (t, form) => {
  const page = await open(t, form);
  await choose(page, long);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await whenDone(page);
  await card(page, 'Files').getByRole('row', { name: /long\.csv/ }).waitFor();
  await drop(page, small);
  await whenDone(page, 2);
  await card(page, 'Files').getByRole('row', { name: /small\.csv/ }).waitFor();
});

inBothForms('a reader that dies takes one file with it', async (t, form) => {
  const page = await open(t, form, {
    prepare: (empty) =>
      empty.addInitScript(() => {
        const Real = window.Worker;
        window.started = [];
        window.Worker = class extends Real {
          constructor(...args) {
            super(...args);
            window.started.push(this);
          }
        };
      }),
  });
  await drop(page, small);
  await whenDone(page);
  await choose(page, long);
  await page.getByRole('progressbar').waitFor();
  // The first is the one that counts.
  await page.evaluate(() => window.started[0].terminate());
  await whenDone(page, 2);
  await page.getByText(/stopped working while it read.*long\.csv/).first().waitFor();
  await flow(page).getByRole('button', { name: 'Inbound: 1' }).waitFor();
  await drop(page, write('again.csv', header + row('2026-09-03T11:00:00Z')));
  await whenDone(page, 3);
  await flow(page).getByRole('button', { name: 'Inbound: 2' }).waitFor();
});

test('two formats, a photo and a folder in one drop are each told apart', async (t) => {
  const page = await open(t, 'hosted');
  const photo = write('photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]));
  await drop(page, [small, photo, trio]);
  await whenDone(page);
  const files = card(page, 'Files');
  await files.getByRole('row', { name: /small\.csv.*ConnectorReport/ }).waitFor();
  await files.getByRole('row', { name: /photo\.jpg/ }).waitFor();
  await files.getByRole('row', { name: /ExtendedReport\.csv.*Extended report/ }).waitFor();
});

test('the language is the browser’s, and can be changed', async (t) => {
  const page = await open(t, 'hosted', { locale: 'ko-KR' });
  await page.getByRole('button', { name: '샘플' }).or(page.getByText('샘플')).first().waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'ko');
  await page.locator('select').first().selectOption({ label: 'English' });
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
});
