// With keys alone: texts and files come in, are cancelled, mapped, saved, remembered and forgotten.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { button, copy, dialog, focusOn, focusedName, hasFocus, heading, inDialog, keptFocus, openForKeys, pick, press, tabTo, thereAndBack, type } from './keys.mjs';
import { whenDone, withBrowser } from './support.mjs';
import { writeData } from './views.mjs';

withBrowser();

const data = writeData();
after(() => data.remove());

const files = (page) => page.getByRole('region', { name: 'Files', exact: true });
const row = (page, name) => files(page).getByRole('row', { name });
const said = (page, text) => page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' });

/** Opens the chooser of files by its button, and chooses. */
async function browse(page, paths, options) {
  const chooser = page.waitForEvent('filechooser');
  await press(page, button(page, 'Browse'), 'Enter', options);
  await (await chooser).setFiles(paths);
}

const LOG = [
  '<22>Sep  3 10:00:00 mx postfix/smtp[7]: Trusted TLS connection established to far.example[192.0.2.1]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384',
  '<22>Sep  3 10:00:01 mx postfix/smtp[7]: A1B2C3D4E5: to=<x@far.example>, relay=far.example[192.0.2.1]:25, delay=1, status=sent (250 ok)',
].join('\n');

test('a log is pasted, in the dialog and on the page', async (t) => {
  const page = await openForKeys(t, 'hosted');
  const opener = button(page, 'Paste text…');
  await thereAndBack(page, opener);
  await page.keyboard.press('Enter');
  await inDialog(page);
  const paste = page.getByRole('dialog', { name: 'Paste text' });
  // Nothing to read is said, and the focus is where something can be entered.
  await press(page, button(paste, 'Read'));
  await paste.getByRole('alert').getByText('There is nothing to read yet').waitFor();
  assert.ok(await hasFocus(paste.getByRole('textbox')));
  await copy(page, LOG);
  await page.keyboard.press('Control+V');
  await press(page, button(paste, 'Read'));
  await whenDone(page);
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  await row(page, /^Pasted text Postfix log/).waitFor();
  await page.keyboard.press('Control+V');
  await whenDone(page, 2);
  await row(page, /^Pasted text 2 Postfix log/).waitFor();
  await keptFocus(page);
});

test('a reading is cancelled, and what was read is shown', async (t) => {
  const page = await openForKeys(t, 'hosted');
  await browse(page, data.slow());
  const cancel = button(page, 'Cancel');
  await cancel.waitFor();
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  await press(page, cancel, 'Enter', { back: true });
  await whenDone(page);
  await said(page, 'Cancelled; what was read so far is shown');
  await row(page, /^slow\.csv/).waitFor();
  await keptFocus(page);
  // It can be read again.
  await browse(page, data.paths[0]);
  await whenDone(page, 2);
  await row(page, /^flow\.csv/).waitFor();
  await keptFocus(page);
});

test('columns are mapped, and mapped again', async (t) => {
  const page = await openForKeys(t, 'hosted');
  await browse(page, data.unknown);
  await whenDone(page);
  const map = page.getByRole('dialog', { name: 'Map columns' });
  const time = map.getByRole('combobox', { name: 'Time (required)' });
  await focusOn(page, time);
  // Without a time nothing is applied.
  await press(page, button(map, 'Apply'));
  await map.getByRole('alert').getByText('Please pick a column for: Time').waitFor();
  await pick(page, time, 'Zeit', { back: true });
  await map.getByRole('status').getByText('1 of 1 row would be read').waitFor();
  // A word of the file is given another meaning, and the focus stays on it.
  const word = map.getByRole('combobox', { name: 'Direction: read Inbound as' });
  await pick(page, word, 'Outbound');
  await map.getByRole('status').getByText('Outbound: 1').waitFor();
  assert.ok(await hasFocus(word));
  await press(page, button(map, 'Apply'), 'Enter', { back: true });
  await whenDone(page, 2);
  await keptFocus(page);
  // The same by its row.
  await press(page, files(page).getByRole('button', { name: 'zeit.csv' }));
  const change = button(files(page), 'Change columns…');
  await thereAndBack(page, change);
  await press(page, change);
  await inDialog(page);
  await tabTo(page, time, { back: true });
  await press(page, button(map, 'Apply'));
  await whenDone(page, 3);
  await keptFocus(page);
});

test('settings, language, a saved analysis, what is remembered, and the end of it', async (t) => {
  const page = await openForKeys(t, 'hosted');
  await browse(page, data.paths.slice(0, 2));
  await whenDone(page);
  // A setting that is wrong is said, and asked for.
  const settings = button(page, 'Settings…');
  await press(page, settings);
  await inDialog(page);
  const zone = dialog(page).getByRole('combobox', { name: 'Time zone of files without one' });
  await type(page, zone, 'Nowhere/Nothing');
  await press(page, button(dialog(page), 'Apply'));
  await focusOn(page, zone);
  await type(page, zone, 'Europe/Berlin');
  await press(page, button(dialog(page), 'Apply'));
  await dialog(page).waitFor({ state: 'hidden' });
  await whenDone(page, 2);
  await keptFocus(page);

  // Save, with what the dialog asks.
  const saving = button(page, 'Save analysis…');
  await press(page, saving);
  await inDialog(page);
  const download = page.waitForEvent('download');
  await press(page, button(dialog(page), 'Save'));
  assert.match((await download).suggestedFilename(), /\.mailflow$/);
  await dialog(page).waitFor({ state: 'hidden' });
  assert.ok(await hasFocus(saving));

  // Remember, and forget.
  await press(page, page.getByRole('checkbox', { name: /Remember on this device/ }), 'Space');
  const forget = button(files(page), 'Forget');
  await forget.waitFor();
  await press(page, forget);
  await forget.waitFor({ state: 'hidden' });
  await keptFocus(page);

  // Another language, and back: the choice keeps the focus.
  const language = page.getByRole('banner').getByRole('combobox');
  await pick(page, language, '한국어', { back: true });
  await heading(page, '메일 흐름 대시보드').waitFor();
  await pick(page, language, 'English');
  await heading(page, 'Mail flow dashboard').waitFor();
  await keptFocus(page);

  await press(page, button(page, 'Start over'));
  await button(page, 'Try with sample data').waitFor();
  await keptFocus(page);
  assert.notEqual(await focusedName(page), '');
  await press(page, button(page, 'Try with sample data'));
  await whenDone(page, 3);
  await focusOn(page, heading(page, 'Mail flow dashboard'));
  await keptFocus(page);
});

test('a notice is dismissed, and the focus goes on from there', async (t) => {
  const page = await openForKeys(t, 'hosted');
  await browse(page, data.paths[0]);
  await whenDone(page);
  await press(page, page.getByRole('checkbox', { name: /Remember on this device/ }), 'Space');
  await button(files(page), 'Forget').waitFor();
  await page.reload();
  await whenDone(page);
  const dismiss = page.getByRole('main').getByRole('button', { name: 'Dismiss' });
  await press(page, dismiss);
  await dismiss.waitFor({ state: 'hidden' });
  await keptFocus(page);
});
