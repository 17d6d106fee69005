// RP-12: a sender's messages, joined from the SMTP AUTH file and a message
// trace, as a person meets them: by role and name.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-join-'));
after(() => rmSync(folder, { recursive: true }));

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const two = (number) => String(number).padStart(2, '0');
const clock = (index) => `${two(8 + Math.floor(index / 60))}:${two(index % 60)}:00`;
const count = 300;
const indices = Array.from({ length: count }, (_, index) => index);
const auth =
  'date,senderName,senderDomain,authMethod,original_client_ip,tls_version,tls_cipher,message_count,message_id\r\n' +
  indices.map((index) => `2026-09-03 ${clock(index)},erp,office.example,Basic Authentication,192.0.2.7,TLS1.2,TLS_AES_256_GCM_SHA384,1,<m${index}@erp>\r\n`).join('') +
  '2026-09-03 20:00:00,erp,office.example,Basic Authentication,192.0.2.8,No Tls,,1,<lost@erp>\r\n';
const trace =
  'MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageTraceId\r\n' +
  indices
    .map((index) => {
      const subject = index === 7 ? '=1+1' : `Order ${index}`;
      return `<m${index}@erp>,2026-09-03T${clock(index)}Z,erp@office.example,customer${index}@shop.example,${subject},Delivered,198.51.100.9,192.0.2.7,20480,aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}\r\n`;
    })
    .join('');

const files = () => [write('auth.csv', auth), write('trace.csv', trace)];

/** The flyout of the sender. */
async function sender(t, form, options = {}) {
  const page = await open(t, form, { url: `${address(form)}#/smtp-auth-clients-report?v=1&view=table`, ...options });
  await choose(page, files());
  await whenDone(page);
  await page.getByRole('button', { name: 'erp@office.example' }).click();
  return { page, dialog: page.getByRole('dialog', { name: 'erp@office.example' }) };
}

inBothForms("a sender's messages are shown, searched, exported and forgotten", async (t, form) => {
  const { page, dialog } = await sender(t, form);
  await dialog.getByText('at most 512 MB').waitFor();
  await dialog.getByRole('button', { name: 'Show messages' }).click();
  await dialog.getByText('301 messages', { exact: true }).waitFor();
  const table = dialog.getByRole('region', { name: 'Messages' }).getByRole('table');
  const first = async (number) => (await table.getByRole('row').nth(number).locator('th, td').allInnerTexts()).map((text) => text.trim());
  assert.deepEqual(await first(0), ['Time', 'Recipients', 'Subject', 'Status', 'Client IP address', 'TLS', 'Cipher suite', 'Authentication Protocol']);
  assert.deepEqual(await first(1), ['2026-09-03 20:00:00', 'Not in the message trace', '', '', '192.0.2.8', 'No TLS', 'Not recorded', 'Basic authentication']);
  assert.deepEqual(await first(2), ['2026-09-03 12:59:00', 'customer299@shop.example', 'Order 299', 'Delivered', '192.0.2.7', 'TLS 1.2', 'TLS_AES_256_GCM_SHA384', 'Basic authentication']);
  await dialog.getByText('1 message is not in any message trace').waitFor();
  await dialog.getByText('Kept of all files: 300 rows').waitFor();
  // The last one comes when it is scrolled to.
  assert.equal(await table.getByText('Order 0', { exact: true }).count(), 0);
  await dialog.getByRole('region', { name: 'Messages' }).evaluate((region) => region.scrollTo(0, region.scrollHeight));
  await table.getByText('Order 0', { exact: true }).waitFor();
  await dialog.getByLabel('Search recipients and subjects').fill('CUSTOMER7@');
  await dialog.getByText('1 of 301 messages', { exact: true }).waitFor();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export messages' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  assert.deepEqual(text.trim().split('\r\n').slice(1), [
    "2026-09-03 08:07:00,customer7@shop.example,'=1+1,Delivered,192.0.2.7,TLS 1.2,TLS_AES_256_GCM_SHA384,Basic authentication",
  ]);
  await dialog.getByRole('button', { name: 'Forget messages' }).click();
  await dialog.getByRole('button', { name: 'Show messages' }).waitFor();
  assert.equal(await dialog.getByRole('region', { name: 'Messages' }).count(), 0);
});

test('files that come later are kept too, and starting over forgets', async (t) => {
  const page = await open(t, 'hosted', { url: `${address('hosted')}#/smtp-auth-clients-report?v=1&view=table` });
  const [authFile, traceFile] = files();
  await choose(page, authFile);
  await whenDone(page);
  const name = { name: 'erp@office.example' };
  await page.getByRole('button', name).click();
  await page.getByRole('dialog', name).getByRole('button', { name: 'Show messages' }).click();
  await page.getByText('301 messages are not in any message trace').waitFor();
  await page.getByRole('dialog', name).getByRole('button', { name: 'Close' }).last().click();
  await choose(page, traceFile);
  await whenDone(page, 3);
  await page.getByRole('button', name).click();
  await page.getByText('Kept of all files: 300 rows').waitFor();
  await page.getByText('Order 299', { exact: true }).waitFor();
  await page.getByRole('dialog', name).getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.evaluate(() => { location.hash = '#/smtp-auth-clients-report?v=1&view=table'; });
  await choose(page, authFile);
  await whenDone(page, 4);
  await page.getByRole('button', name).click();
  await page.getByRole('dialog', name).getByRole('button', { name: 'Show messages' }).waitFor();
});

inBothForms('in Korean', async (t, form) => {
  const { page, dialog } = await sender(t, form, { locale: 'ko-KR' });
  await dialog.getByRole('button', { name: '메시지 표시' }).click();
  await dialog.getByText('메시지 301개', { exact: true }).waitFor();
  await dialog.getByText('메시지 추적에 없음').waitFor();
  await dialog.getByText('시간은 UTC입니다').waitFor();
});
