// Pasting: text and files, anywhere on the page and in the dialog for it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { copy } from './keys.mjs';
import { drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const HEADER = 'date,message_id,recipient_address,sender_address,direction,connector_name,connector_type,tls_version,tls_forced\n';
const message = (id, direction = 'Received') =>
  `2026-09-03T10:00:00Z,<${id}@x.example>,r@contoso.example,s@x.example,${direction},Gate,Partner,TLS1.2,True\n`;
const TEXT = HEADER + message('a') + message('b') + message('c', 'Sent');

const pressPaste = (page) => page.keyboard.press('Control+V');

/** Pastes what no key can in a test: files, or several kinds at once. */
const pasteKinds = (page, kinds, target = 'body') =>
  page.locator(target).first().evaluate((element, kinds) => {
    const clipboardData = new DataTransfer();
    for (const [kind, text, name] of kinds) {
      if (name) clipboardData.items.add(new File([text], name, { type: kind }));
      else clipboardData.setData(kind, text);
    }
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, kinds);

const filesPanel = (page) => page.getByRole('region', { name: 'Files', exact: true });
const row = (page, name) => filesPanel(page).getByRole('row', { name });
const flow = (page) => page.getByRole('region', { name: 'Outbound and inbound mail flow' });
const dialog = (page) => page.getByRole('dialog', { name: 'Paste text' });
const openDialog = (page) => page.getByRole('button', { name: 'Paste text…' }).click();
const field = (page) => dialog(page).getByRole('textbox', { name: 'Text to read' });
const read = (page) => dialog(page).getByRole('button', { name: 'Read' }).click();

inBothForms('text that is pasted on the page is read like a file, and can be read again', async (t, form) => {
  const page = await open(t, form);
  await page.getByText('You can also paste text or files').waitFor();
  await copy(page, TEXT);
  await pressPaste(page);
  await whenDone(page);
  await flow(page).getByRole('button', { name: 'Inbound: 2' }).waitFor();
  await row(page, /^Pasted text ConnectorReport/).waitFor();
  // A second text is another file; what both hold counts once.
  await copy(page, HEADER + message('c', 'Sent') + message('d', 'Sent'));
  await pressPaste(page);
  await whenDone(page, 2);
  await flow(page).getByRole('button', { name: 'Outbound: 2' }).waitFor();
  await row(page, /^Pasted text 2 ConnectorReport/).waitFor();
  await filesPanel(page).getByRole('button', { name: 'Settings…' }).click();
  await page.getByRole('textbox', { name: 'Internal hosts' }).fill('10.1.');
  await page.getByRole('button', { name: 'Apply' }).click();
  await whenDone(page, 3);
  await flow(page).getByRole('button', { name: 'Inbound: 2' }).waitFor();
});

inBothForms('the dialog reads what is pasted or typed into it', async (t, form) => {
  const page = await open(t, form);
  await openDialog(page);
  assert.ok(await field(page).evaluate((area) => area === document.activeElement));
  await read(page);
  await dialog(page).getByText('There is nothing to read yet').waitFor();
  assert.ok(await field(page).evaluate((area) => area === document.activeElement));
  await copy(page, TEXT);
  await pressPaste(page);
  assert.equal(await field(page).inputValue(), TEXT);
  assert.equal(await dialog(page).getByRole('alert').innerText(), '');
  // What is in the field is not read before the person says so.
  assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
  await read(page);
  await whenDone(page);
  await dialog(page).waitFor({ state: 'detached' });
  await row(page, /^Pasted text ConnectorReport/).waitFor();
  // It is beside the other ways of adding files, too.
  await openDialog(page);
  await field(page).fill(HEADER + message('z'));
  await read(page);
  await whenDone(page, 2);
  await flow(page).getByRole('button', { name: 'Inbound: 3' }).waitFor();
});

test('what is pasted into a field stays there', async (t) => {
  const page = await open(t, 'hosted');
  await page.getByRole('button', { name: 'Connect' }).click();
  await copy(page, '/api/mail.json');
  await page.getByRole('textbox', { name: 'Address of the data' }).click();
  await pressPaste(page);
  assert.equal(await page.getByRole('textbox', { name: 'Address of the data' }).inputValue(), '/api/mail.json');
  assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
});

test('nothing in the clipboard is nothing to read', async (t) => {
  const page = await open(t, 'hosted');
  await pasteKinds(page, []);
  await pasteKinds(page, [['text/html', '<p>']]);
  assert.equal(await page.locator('html').getAttribute('data-import'), 'idle');
});

test('files in the clipboard are read as files', async (t) => {
  const page = await open(t, 'hosted');
  // A file manager puts their names beside them.
  await pasteKinds(page, [
    ['text/plain', 'one.csv'],
    ['text/csv', HEADER + message('a'), 'one.csv'],
    ['text/csv', HEADER + message('b'), 'two.csv'],
  ]);
  await whenDone(page);
  await row(page, /^one\.csv ConnectorReport/).waitFor();
  await row(page, /^two\.csv ConnectorReport/).waitFor();
});

test('cells of a spreadsheet are read, not the picture of them', async (t) => {
  const page = await open(t, 'hosted');
  await pasteKinds(page, [
    ['text/plain', TEXT.replaceAll(',', '\t')],
    ['text/html', '<table></table>'],
    ['image/png', '\x89PNG', 'image.png'],
  ]);
  await whenDone(page);
  await row(page, /^Pasted text ConnectorReport/).waitFor();
  await flow(page).getByRole('button', { name: 'Inbound: 2' }).waitFor();
});

test('text that is no trace is said to be none', async (t) => {
  const page = await open(t, 'hosted');
  await copy(page, 'Dear Kim,\nsee you on Monday');
  await pressPaste(page);
  await whenDone(page);
  await row(page, /^Pasted text/).first().waitFor();
});

for (const where of ['the page', 'the dialog']) {
  test(`a long text that is pasted into ${where} does not freeze it`, async (t) => {
    const page = await open(t, 'hosted', {
      prepare: (empty) =>
        empty.addInitScript(() => {
          window.longest = 0;
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
          }).observe({ type: 'longtask' });
        }),
    });
    const rows = 300_000;
    const inDialog = where === 'the dialog';
    if (inDialog) {
      await openDialog(page);
      await field(page).fill(HEADER);
      await field(page).press('Control+End');
    }
    await page.evaluate(({ rows, header, inDialog }) => {
      const line = (id) => `2026-09-03T10:00:00Z,<${id}@x.example>,r@contoso.example,s@x.example,Received,,NoConnector,TLS1.2,\n`;
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', (inDialog ? '' : header) + Array.from({ length: rows }, (_, id) => line(id)).join(''));
      window.longest = 0;
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      const started = performance.now();
      document.activeElement.dispatchEvent(paste);
      window.took = performance.now() - started;
    }, { rows, header: HEADER, inDialog });
    await dialog(page).waitFor({ state: 'detached' });
    await whenDone(page);
    await flow(page).getByRole('button', { name: 'Inbound: 300,000' }).waitFor();
    const { took, longest } = await page.evaluate(() => ({ took: window.took, longest: window.longest }));
    t.diagnostic(`taking ${rows} rows: ${Math.round(took)} ms; the longest task after it: ${longest} ms`);
    assert.ok(took < 500, `${took} ms`);
  });
}

test('a text of a log can be pasted', async (t) => {
  const page = await open(t, 'hosted');
  await copy(page, readFileSync('tests/samples/postfix.log', 'utf8'));
  await pressPaste(page);
  await whenDone(page);
  await row(page, /^Pasted text Postfix log/).waitFor();
});

for (const [locale, colorScheme, width, names] of [
  ['en-US', 'light', 1440, ['Paste text…', 'Paste text', 'Text to read', 'Read', 'Pasted text']],
  ['ko-KR', 'dark', 390, ['텍스트 붙여넣기…', '텍스트 붙여넣기', '읽을 텍스트', '읽기', '붙여 넣은 텍스트']],
]) {
  test(`everyone can use it (${locale}, ${colorScheme}, ${width} pixels)`, async (t) => {
    const page = await open(t, 'hosted', { locale, colorScheme, viewport: { width, height: 800 } });
    const [button, title, label, read, name] = names;
    await page.getByRole('button', { name: button }).click();
    const opened = page.getByRole('dialog', { name: title });
    await opened.getByRole('button', { name: read, exact: true }).click();
    await opened.getByRole('textbox', { name: label }).fill(TEXT);
    await opened.getByRole('button', { name: read, exact: true }).click();
    await whenDone(page);
    await page.getByRole('row', { name: new RegExp(`^${name}`) }).first().waitFor();
  });
}

test('keys are enough, and the focus comes back', async (t) => {
  const page = await open(t, 'hosted');
  const button = page.getByRole('button', { name: 'Paste text…' });
  await button.focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  assert.ok(await button.evaluate((element) => element === document.activeElement));
});

test('a drop and a paste are one analysis', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, 'tests/samples/connector-report.csv');
  await whenDone(page);
  await copy(page, TEXT);
  await pressPaste(page);
  await whenDone(page, 2);
  await row(page, /^Pasted text ConnectorReport/).waitFor();
  await row(page, /^connector-report\.csv/).waitFor();
});
