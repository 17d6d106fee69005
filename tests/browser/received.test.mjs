// Mail: the path of a single mail as a person sees it, the border by the own
// domains, and headers that are pasted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { drop, inBothForms, open, screenshot, whenDone, withBrowser } from './support.mjs';

withBrowser();

const sample = (name) => `tests/samples/received-${name}.eml`;

/** Opens the details of the only file; its table of hops, line by line. */
async function path(page, { title = 'Path of the mail', file = /^received-/ } = {}) {
  await page.getByRole('button', { name: file }).click();
  const region = page.getByRole('region', { name: title });
  await region.waitFor();
  const rows = region.getByRole('row');
  return rows.evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())));
}

inBothForms('a dropped mail shows its path, hop by hop', async (t, form) => {
  const page = await open(t, form);
  await drop(page, sample('postfix'));
  await whenDone(page);
  const [head, ...hops] = await path(page);
  assert.deepEqual(head, ['Hop', 'From', 'Received by', 'Protocol', 'TLS version', 'Time (UTC)', 'Delay']);
  assert.deepEqual(hops[0], ['1', 'Not said', 'mail-ot1-f71.google.com', 'SMTP', 'Not recorded', '2026-09-03 15:21:07', '']);
  assert.deepEqual(hops[1], [
    '2', 'mail-ot1-f71.google.com [203.0.113.71]', 'mx.contoso.example Into the organization', 'ESMTPS',
    'TLS 1.3 TLS_AES_256_GCM_SHA384', '2026-09-03 15:21:05', '−2 s',
  ]);
  assert.equal(hops.length, 5);
  await page.getByText('Inbound: 1').waitFor();
});

test('another choice of own domains moves the border, without reading again', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, sample('submission'));
  await whenDone(page);
  let [, ...hops] = await path(page);
  assert.match(hops[1][2], /Into the organization$/);
  await page.getByRole('button', { name: 'Settings…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Own domains' }).fill('contoso.example');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Own domains: contoso.example (as you said)').waitFor();
  const region = page.getByRole('region', { name: 'Path of the mail' });
  await region.getByText('Out of the organization').waitFor();
  await region.getByText('SMTP AUTH submission').waitFor();
  await region.getByText('Signed in as scanner@contoso.example').waitFor();
  assert.equal(await page.locator('html').getAttribute('data-import-count'), '1');
});

test('the path is read in Korean, and on a narrow screen without scrolling sideways', async (t) => {
  const page = await open(t, 'hosted', { locale: 'ko-KR', viewport: { width: 390, height: 800 } });
  await drop(page, sample('exchange-online'));
  await whenDone(page);
  const [, ...hops] = await path(page, { title: '메일 경로' });
  assert.equal(hops.length, 5);
  const region = page.getByRole('region', { name: '메일 경로' });
  await region.getByText('조직으로 들어옴').waitFor();
  const [inner, outer] = await region.evaluate((element) => [element.scrollWidth, element.clientWidth]);
  assert.ok(inner <= outer, `${inner} of ${outer}`);
  await screenshot(page, 'path-narrow-korean');
});

inBothForms('headers are pasted anywhere but into a field', async (t, form) => {
  const page = await open(t, form);
  const headers = readFileSync(sample('sendmail'), 'utf8').split('\r\n\r\n')[0];
  const paste = (selector) => page.locator(selector).evaluate((element, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, headers);
  await paste('main');
  await whenDone(page);
  const [, ...hops] = await path(page, { file: /^Pasted text/ });
  assert.equal(hops.length, 2);
  // sendmail's word for a family of cipher suites is no version.
  assert.match(hops[1][4], /^TLS, version not stated/);
  await page.getByRole('button', { name: 'Settings…' }).click();
  await paste('dialog[open] textarea >> nth=0');
  await page.waitForTimeout(200);
  assert.equal(await page.locator('html').getAttribute('data-import-count'), '1');
});

test('a mail without Received headers says so', async (t) => {
  const page = await open(t, 'hosted');
  await page.locator('main').evaluate((element) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nMessage-ID: <1@b.example>\n\nHello');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await whenDone(page);
  await page.getByText('1 mail has no Received header.').waitFor();
});
