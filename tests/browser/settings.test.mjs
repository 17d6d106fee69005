// What a person says of logs whose lines state neither zone nor year, and of
// hosts without a connector.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-settings-'));
after(() => rmSync(folder, { recursive: true }));

/** A message of Postfix at each of these local times, in a file that was last written then. */
function log(name, stamps, written = '2021-12-01T00:00:00Z') {
  const path = join(folder, name);
  const message = (stamp, at) => {
    const id = `3A1F2C${String(at).padStart(4, '0')}`;
    return (
      `${stamp} mx1 postfix/smtpd[1201]: ${id}: client=mail.fabrikam.example[192.0.2.10]\n` +
      `${stamp} mx1 postfix/cleanup[1300]: ${id}: message-id=<${id}@fabrikam.example>\n` +
      `${stamp} mx1 postfix/qmgr[150]: ${id}: from=<info@fabrikam.example>, size=1853, nrcpt=1 (queue active)\n` +
      `${stamp} mx1 postfix/lmtp[1500]: ${id}: to=<anna@contoso.example>, relay=mx1.contoso.example[private/lmtp], ` +
      'delay=0.5, delays=0.4/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 Saved)\n' +
      `${stamp} mx1 postfix/qmgr[150]: ${id}: removed\n`
    );
  };
  writeFileSync(path, stamps.map(message).join(''));
  utimesSync(path, new Date(written), new Date(written));
  return path;
}

const filesPanel = (page) => page.getByRole('region', { name: 'Files', exact: true });
const period = (page, name) => filesPanel(page).getByRole('row', { name }).getByRole('cell').nth(8);
const settings = (page) => page.getByRole('dialog', { name: 'Settings' });
const zone = (page) => settings(page).getByRole('combobox', { name: 'Time zone of files without one' });
const year = (page) => settings(page).getByRole('spinbutton', { name: 'Year of logs without one' });
const connectors = (page) => settings(page).getByRole('textbox', { name: 'Connectors by host' });
const apply = (page) => settings(page).getByRole('button', { name: 'Apply' }).click();

async function openSettings(page) {
  await filesPanel(page).getByRole('button', { name: 'Settings…' }).click();
  await settings(page).waitFor();
}

const winter = log('winter.log', ['Feb  3 00:30:00']);
const summer = log('summer.log', ['Jul  3 00:30:00', 'Jul  3 01:30:00']);

inBothForms('zone, year and connectors of a log can be said', async (t, form) => {
  const page = await open(t, form);
  await drop(page, [winter, summer]);
  await whenDone(page);
  // Of the file's date.
  assert.equal(await period(page, /winter/).innerText(), '2021-02-03');
  await openSettings(page);
  assert.deepEqual([await zone(page).inputValue(), await year(page).inputValue()], ['', '']);
  await zone(page).fill('Europe/London');
  await year(page).fill('2019');
  await connectors(page).fill('192.0.2. = Partner gateway\n');
  await apply(page);
  await whenDone(page, 2);
  // In London clocks are put forward in summer only.
  assert.equal(await period(page, /winter/).innerText(), '2019-02-03');
  assert.equal(await period(page, /summer/).innerText(), '2019-07-02 to 2019-07-03');
  await openSettings(page);
  assert.deepEqual([await zone(page).inputValue(), await year(page).inputValue()], ['Europe/London', '2019']);
  assert.equal(await connectors(page).inputValue(), '192.0.2. = Partner gateway');
  await settings(page).getByRole('row', { name: /Partner gateway/ }).waitFor();
  // The file says again what nobody else does.
  await year(page).fill('');
  await zone(page).fill('UTC-05:00');
  await apply(page);
  await whenDone(page, 3);
  assert.equal(await period(page, /winter/).innerText(), '2021-02-03');
  assert.equal(await period(page, /summer/).innerText(), '2021-07-03');
});

test('the zones of the browser are offered, its own first', async (t) => {
  const page = await open(t, 'hosted', { timezoneId: 'Asia/Seoul' });
  await drop(page, winter);
  await whenDone(page);
  await openSettings(page);
  const options = await zone(page).evaluate((input) => [...input.list.options].map(({ value, label }) => [value, label]));
  assert.deepEqual(options[0], ['Asia/Seoul', 'This browser’s']);
  const names = options.map(([value]) => value);
  for (const name of ['UTC', 'UTC+09:00', 'UTC-03:30', 'Europe/Berlin', 'Australia/Lord_Howe']) {
    assert.ok(names.includes(name), name);
  }
});

test('what cannot be meant is said beside its field, and nothing is read again', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, winter);
  await whenDone(page);
  await openSettings(page);
  const focused = () => page.evaluate(() => document.activeElement.id);
  await zone(page).fill('Berlin');
  await year(page).fill('1066');
  await connectors(page).fill('mail2.example.net Partner gateway');
  await apply(page);
  await settings(page).getByText('This line is not host = connector: mail2.example.net Partner gateway').waitFor();
  await settings(page).getByText(/No time zone is called Berlin/).waitFor();
  await settings(page).getByText('Write a year from 1970 to 2105, or nothing').waitFor();
  assert.equal(await focused(), 'connectors');
  await connectors(page).fill('');
  await apply(page);
  assert.equal(await focused(), 'time-zone');
  assert.equal(await zone(page).getAttribute('aria-invalid'), 'true');
  await zone(page).fill('Europe/Berlin');
  await apply(page);
  assert.equal(await zone(page).getAttribute('aria-invalid'), null);
  assert.equal(await focused(), 'log-year');
  await settings(page).getByRole('button', { name: 'Cancel' }).click();
  await openSettings(page);
  assert.equal(await zone(page).inputValue(), '');
  assert.equal(await page.locator('html').getAttribute('data-import-count'), '1');
});

test('the browser knows when clocks change as the program does', async (t) => {
  // Days around the changes of 2026. At one of these times it is another day in UTC before the change than behind it.
  const page = await open(t, 'hosted');
  const days = ['Mar 7', 'Mar 8', 'Mar 9', 'Mar 28', 'Mar 29', 'Mar 30', 'Apr 4', 'Apr 5', 'Apr 6', 'Sep 5', 'Sep 6', 'Sep 7'];
  days.push('Oct 3', 'Oct 4', 'Oct 5', 'Oct 24', 'Oct 25', 'Oct 26', 'Oct 31', 'Nov 1', 'Nov 2');
  const stamps = days.flatMap((day) => ['01:30', '10:45', '19:30', '20:30'].map((time) => `${day} ${time}:00`));
  await drop(page, log('nights.log', stamps, '2026-11-03T00:00:00Z'));
  await whenDone(page);
  let imports = 1;
  for (const name of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kolkata']) {
    await openSettings(page);
    await zone(page).fill(name);
    await apply(page);
    imports += 1;
    await whenDone(page, imports);
    const saved = page.waitForEvent('download');
    await filesPanel(page).getByRole('button', { name: /figures/i }).click();
    const chunks = [];
    for await (const chunk of await (await saved).createReadStream()) chunks.push(chunk);
    const { cells } = JSON.parse(Buffer.concat(chunks).toString());
    const program = spawnSync('target/release/mailflow', ['tally', '--json', '--time-zone', name, join(folder, 'nights.log')]);
    assert.deepEqual(cells, JSON.parse(program.stdout).cells, name);
  }
});
