// An analysis outlives the page (IM-08): saved as a file and dropped back, or
// remembered on this device.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { address, choose, drop, inBothForms, open, started, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-saved-'));
after(() => rmSync(folder, { recursive: true }));

function write(name, content) {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const flow = 'date,direction,connector,connector type,tls version,forced tls,sender address,recipient address,message id\n';
const auth = 'date,sender address,client ip,tls version,authentication protocol,message id\n';
const mail = (from, count, tls, domain = 'contoso.example') =>
  Array.from({ length: count }, (_, n) =>
    `2026-09-03T12:00:00Z,Outbound,Gate,Partner,${tls},,u@${domain},r@y.example,<${from + n}@${domain}>\n`).join('');
const signIn = (from, count, tls) =>
  Array.from({ length: count }, (_, n) => `2026-09-04T09:00:00Z,scanner@contoso.example,192.0.2.7,${tls},Basic,<s${from + n}@a>\n`).join('');

const flowFile = () => write('flow.csv', flow + mail(0, 5, 'TLS1_2') + mail(5, 2, 'No TLS'));
const authFile = () => write('auth.csv', auth + signIn(0, 4, 'TLS1_0') + signIn(4, 1, 'TLS1_3'));

const button = (page, name) => page.getByRole('button', { name, exact: true });
const remembers = (page) => page.getByRole('checkbox', { name: 'Remember on this device' });

async function downloaded(page, act) {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path())];
}

/** Saves the analysis through the dialog. */
async function save(page, name) {
  await button(page, 'Save analysis…').click();
  const dialog = page.getByRole('dialog', { name: 'Save this analysis' });
  const [suggested, bytes] = await downloaded(page, () => dialog.getByRole('button', { name: 'Save', exact: true }).click());
  return { suggested, path: write(name ?? suggested, bytes), bytes };
}

/** The figures as the program's JSON, without the account of files. */
async function figures(page) {
  const [, bytes] = await downloaded(page, () => button(page, 'Download figures (JSON)').click());
  const { files, ...rest } = JSON.parse(bytes);
  return rest;
}

/** What the table of a report exports. */
async function table(page, report) {
  await page.goto(`${page.url().split('#')[0]}#/${report}?v=1&view=table`);
  const [, bytes] = await downloaded(page, () => button(page, 'Export').first().click());
  await page.goto(`${page.url().split('#')[0]}#/?v=1`);
  return bytes.toString();
}

async function everything(page) {
  return {
    figures: await figures(page),
    connectors: await table(page, 'connector-report'),
    senders: await table(page, 'smtp-auth-clients-report'),
  };
}

inBothForms('an analysis is saved and dropped back, with the same figures', async (t, form) => {
  const page = await open(t, form);
  await choose(page, [flowFile(), authFile()]);
  await whenDone(page);
  const before = await everything(page);
  const { suggested, path, bytes } = await save(page);
  assert.equal(suggested, 'mailflow-2026-09-03-2026-09-04.mailflow');
  assert.match(gunzipSync(bytes).subarray(0, 20).toString('latin1'), /^mailflow analysis 1/);

  const other = await open(t, form);
  await drop(other, path);
  await whenDone(other);
  assert.deepEqual(await everything(other), before);
  // Beside one of its own files every row of it is a second copy.
  await choose(other, flowFile());
  await whenDone(other, 2);
  assert.deepEqual((await figures(other)).mailFlow, before.figures.mailFlow);
  await other.getByRole('row', { name: /flow\.csv/ }).first().waitFor();
});

test('two saved halves are the whole', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, [flowFile(), authFile()]);
  await whenDone(page);
  const whole = await everything(page);
  const halves = [];
  for (const file of [flowFile(), authFile()]) {
    const half = await open(t, 'hosted');
    await choose(half, file);
    await whenDone(half);
    halves.push((await save(half)).path);
  }
  const merged = await open(t, 'hosted');
  await drop(merged, halves);
  await whenDone(merged);
  assert.deepEqual(await everything(merged), whole);
});

test('settings, organizations and ticks of Readiness come back', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, [flowFile(), authFile()]);
  await whenDone(page);
  await button(page, 'Settings…').click();
  await page.getByRole('dialog').getByLabel('Own domains').fill('contoso.example said.example');
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.getByText(/contoso\.example, said\.example/).first().waitFor();
  await page.goto(`${address('hosted')}#/readiness?v=1`);
  const box = (page) => page.getByRole('region', { name: 'Work list' }).getByRole('table').getByRole('checkbox').first();
  await box(page).check();
  await page.goto(`${address('hosted')}#/?v=1`);
  const { path } = await save(page, 'ticked.mailflow');

  const other = await open(t, 'hosted');
  await drop(other, path);
  await whenDone(other);
  await other.getByText(/contoso\.example, said\.example/).first().waitFor();
  await other.goto(`${address('hosted')}#/readiness?v=1`);
  await box(other).waitFor();
  assert.ok(await box(other).isChecked());

  // What is said here stays, and the other is told of.
  const third = await open(t, 'hosted');
  await choose(third, flowFile());
  await whenDone(third);
  await button(third, 'Settings…').click();
  await third.getByRole('dialog').getByLabel('Own domains').fill('mine.example');
  await third.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await third.getByText(/: mine\.example/).first().waitFor();
  await drop(third, path);
  await whenDone(third, 2);
  await third.getByText('A saved analysis came with other settings; those that held before it still hold.').first().waitFor();
  await third.getByText(/: mine\.example/).first().waitFor();
});

test('a damaged, cut, newer or empty file says so, and the page lives', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, flowFile());
  await whenDone(page);
  const { bytes } = await save(page, 'sound.mailflow');
  const plain = gunzipSync(bytes);
  const damaged = Buffer.from(plain);
  damaged[plain.length - 9] ^= 0x55;
  const newer = Buffer.concat([Buffer.from('mailflow analysis 7\n'), plain.subarray(20)]);
  const other = await open(t, 'hosted');
  await choose(other, [
    write('damaged.mailflow', damaged),
    write('cut.mailflow', plain.subarray(0, plain.length - 30)),
    write('newer.mailflow', newer),
    write('empty.mailflow', ''),
    flowFile(),
  ]);
  await whenDone(other);
  const account = other.getByRole('region', { name: 'Account of every file' });
  await account.getByText('This saved analysis is damaged').waitFor();
  await account.getByText('This saved analysis is cut off').waitFor();
  await account.getByText('This analysis was saved in version 7').waitFor();
  await other.getByText('Outbound: 7').waitFor();
});

inBothForms('what is remembered is there after a reload, and gone once forgotten', async (t, form) => {
  const page = await open(t, form);
  // One of them is no file of mail: that is no reason to distrust what is remembered of it.
  await choose(page, [flowFile(), authFile(), write('notes.txt', 'Dear all,\nnothing of mail is in here.\n')]);
  await whenDone(page);
  // It is off until the person wants it.
  assert.equal(await remembers(page).isChecked(), false);
  const before = await everything(page);
  await remembers(page).check();
  await page.getByText(/^Remembered: .*, saved on \d{1,2} [A-Z][a-z]+ 20\d\d/).waitFor();

  await page.reload();
  await whenDone(page);
  await page.getByText(/This is what was remembered on this device, saved on/).waitFor();
  await page.getByText('Remembered analysis/notes.txt').waitFor();
  assert.ok(await remembers(page).isChecked());
  assert.deepEqual(await everything(page), before);

  await button(page, 'Forget').first().click();
  await page.getByRole('main').getByText('Forgotten: nothing of an analysis is kept on this device any more.').waitFor();
  assert.equal(await remembers(page).isChecked(), false);
  await page.reload();
  await started(page);
  await page.getByText('Nothing leaves your computer.').first().waitFor();
  assert.equal(await page.getByText(/remembered on this device/).count(), 0);
});

test('what a browser has no room for is said, and the page goes on', async (t) => {
  const page = await open(t, 'hosted');
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1 });
  await choose(page, flowFile());
  await whenDone(page);
  await remembers(page).check();
  await page.getByText(/This browser has no room for the analysis/).first().waitFor();
  await page.getByText('Outbound: 7').waitFor();
});

test('a stored analysis that cannot be read is told of and left alone', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, flowFile());
  await whenDone(page);
  await remembers(page).check();
  await page.getByText(/^Remembered: /).waitFor();
  // As a newer version of the page would have left it.
  await page.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.open('mailflow');
    request.onerror = failed;
    request.onsuccess = () => {
      const change = request.result.transaction('analyses', 'readwrite');
      change.objectStore('analyses').put(new File(['mailflow analysis 9\nof another time'], 'x'), 'last');
      change.oncomplete = () => { request.result.close(); done(); };
    };
  }));
  await page.reload();
  await whenDone(page);
  await page.getByText(/What is remembered on this device could not be read/).first().waitFor();
  await page.getByText('This analysis was saved in version 9').waitFor();
  assert.equal(await remembers(page).isChecked(), false);
  await button(page, 'Forget').first().click();
  await page.getByText(/^Forgotten: /).first().waitFor();
});

test('of two tabs the last one is remembered, and neither writes after Forget', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, flowFile());
  await whenDone(page);
  await remembers(page).check();
  await page.getByText(/^Remembered: /).waitFor();
  const second = await page.context().newPage();
  await second.goto(address('hosted'));
  await whenDone(second);
  await choose(second, authFile());
  await whenDone(second, 2);
  // It was of the first file alone until now.
  await second.getByText('This is what was remembered on this device').waitFor();
  const size = await page.getByText(/^Remembered: /).innerText();
  await second.getByText(/^Remembered: /).filter({ hasNotText: size.split(',')[0] }).waitFor();
  await page.reload();
  await whenDone(page);
  await page.getByRole('row', { name: /auth\.csv/ }).first().waitFor();

  await button(second, 'Forget').first().click();
  await second.getByText(/^Forgotten: /).first().waitFor();
  await choose(page, write('more.csv', flow + mail(100, 3, 'TLS1_3')));
  await whenDone(page, 2);
  await page.getByRole('checkbox', { name: 'Remember on this device', checked: false }).waitFor();
});

test('the sample is not remembered, and stays the sample in a saved file', async (t) => {
  const page = await open(t, 'hosted');
  await page.getByRole('button', { name: /sample data/ }).click();
  await whenDone(page);
  await remembers(page).check();
  await page.getByText('The fictitious sample is not remembered, nor is what is read beside it.').waitFor();
  const { path } = await save(page, 'sample.mailflow');
  const other = await open(t, 'hosted');
  await drop(other, path);
  await whenDone(other);
  await other.getByRole('region', { name: 'Account of every file' }).getByText('Fictitious', { exact: false }).first().waitFor();
});
