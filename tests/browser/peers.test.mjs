// The Domains, Hosts and Direct Send reports, and what insights say beside
// their figures, as a person meets them: by role and name.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-peers-'));
after(() => rmSync(folder, { recursive: true }));

const header = 'date,message_id,sender_address,recipient_address,direction,connector_name,connector_type,tls_version,client_ip\n';
let serial = 0;
const lines = (count, day, ...cells) =>
  Array.from({ length: count }, () => `2026-09-${day}T10:00:00Z,<${(serial += 1)}@m.example>,${cells.join(',')}\n`).join('');

const us = 'u@contoso.example';
const scanner = 'scanner@contoso.example';
/** Mail whose figures are counted by hand. */
const mail = () =>
  header +
  lines(12, '03', us, 'r@plain.example', 'Sent', '', 'NoConnector', 'No TLS', '') +
  lines(4, '02', us, 'r@partner.example', 'Sent', 'To partner', 'Partner', 'TLS1.2', '') +
  lines(1, '02', us, '', 'Sent', '', 'NoConnector', 'TLS1.2', '') +
  lines(3, '02', 's@partner.example', us, 'Received', '', 'NoConnector', 'TLS1.3', '192.0.2.1') +
  lines(2, '01', scanner, us, 'Received', '', 'NoConnector', 'TLS1.0', '192.0.2.7') +
  lines(2, '02', 'x@far.example', us, 'Received', 'Edge', 'OnPremises', 'TLS1.2', '');

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const show = async (t, form, hash, options = {}) => {
  const page = await open(t, form, { ...options, url: address(form) + hash });
  await choose(page, write('mail.csv', mail()));
  await whenDone(page);
  return page;
};

/** The rows of a report's table as texts, its head first. */
const texts = async (page, name) => {
  const rows = await page.getByRole('region', { name }).getByRole('row').all();
  return Promise.all(rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.trim())));
};

inBothForms('domains: a chart, a choice, a table, and what is known of one', async (t, form) => {
  const page = await show(t, form, '#/domains-report');
  await page.getByRole('heading', { name: 'Domains report' }).waitFor();
  await page.getByText('The domain is not recorded for 1 of 24 messages').waitFor();
  const offered = await page.getByLabel('Show data for').locator('option').allInnerTexts();
  assert.deepEqual(offered, [
    'All mail flow', 'Inbound', 'Outbound', 'plain.example', 'partner.example', 'contoso.example', 'far.example', 'Not recorded',
  ]);
  await page.getByLabel('Show data for').selectOption('partner.example');
  await page.getByRole('heading', { name: 'partner.example' }).waitFor();
  assert.match(page.url(), /#\/domains-report\?v=1&show=peer:partner\.example$/);
  await page.getByLabel('View data by').selectOption('TLS usage');
  await page.getByRole('img', { name: /partner\.example.*TLS 1\.2: 57\.14%.*TLS 1\.3: 42\.86%/ }).waitFor();
  await page.getByRole('button', { name: 'View details table' }).click();
  await page.getByText('2 rows', { exact: true }).waitFor();
  const [head, ...rows] = await texts(page, 'Domains report');
  assert.deepEqual(head, [
    'Domain', 'Direction', 'No TLS', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3', 'Volume ↓', 'First seen', 'Last seen',
  ]);
  assert.deepEqual(rows, [
    ['partner.example', 'Outbound', '0% (0)', '0% (0)', '0% (0)', '100% (4)', '0% (0)', '4', '2026-09-02', '2026-09-02'],
    ['partner.example', 'Inbound', '0% (0)', '0% (0)', '0% (0)', '0% (0)', '100% (3)', '3', '2026-09-02', '2026-09-02'],
  ]);
  const opener = page.getByRole('button', { name: 'partner.example' }).first();
  await opener.click();
  const details = page.getByRole('dialog', { name: 'Outbound: partner.example' });
  await details.getByRole('region', { name: 'Connectors used' }).getByRole('row', { name: 'Outbound: To partner 2026-09-02 2026-09-02 4' }).waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement));
});

test('TS-03: domains that never offer TLS, with threshold, reason and next step', async (t) => {
  const page = await show(t, 'hosted', '#/domains-report');
  const insights = page.getByRole('region', { name: 'Insights' });
  const insight = insights.getByRole('listitem').filter({ hasText: 'Domains that never offer TLS' });
  await insight.getByText('12 messages went to 1 such domain, and all whose TLS is recorded went without. Shown from 10 messages to a domain.').waitFor();
  await insight.getByText('Most messages: plain.example (12).').waitFor();
  await insight.getByText('High', { exact: true }).waitFor();
  await insight.getByText('Why it matters').waitFor();
  await insight.getByText('Next step').waitFor();
  const least = insights.getByLabel('Never TLS, from (messages)');
  await least.fill('13');
  await least.blur();
  await insights.getByText('Nothing stands out at these thresholds.').waitFor();
  assert.match(page.url(), /nevertls=13$/);
  await page.goBack();
  await insight.getByRole('button', { name: 'Show its rows' }).click();
  await page.getByText('3 rows', { exact: true }).waitFor();
});

inBothForms('RP-05: Direct Send is told on the Connector report, and leads to its own', async (t, form) => {
  const page = await show(t, form, '#/connector-report');
  const insights = page.getByRole('region', { name: 'Insights' });
  const relay = insights.getByRole('listitem').filter({ hasText: 'mail from domains of others' });
  await relay.getByText('Inbound: Edge: 2 messages of 2 came from 1 domain of others. Shown from the first message.').waitFor();
  const direct = insights.getByRole('listitem').filter({ hasText: 'Direct Send is in use' });
  await direct.getByText('2 messages came in without a connector, with a sender in an own domain. Shown from the first message.').waitFor();
  await direct.getByRole('button', { name: 'Direct Send report' }).click();
  await page.getByRole('heading', { name: 'Direct Send report' }).waitFor();
  await page.getByText('Own domains: contoso.example (guessed from the data)').first().waitFor();
  assert.match(page.url(), /#\/direct-send-report$/);
  await page.getByRole('button', { name: 'View details table' }).click();
  await page.getByText('1 row', { exact: true }).waitFor();
  const [head, row] = await texts(page, 'Direct Send report');
  assert.deepEqual(head, [
    'Client IP or host', 'Sender address', 'Sender domain', 'How sure', 'No TLS', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3', 'Volume ↓', 'First seen', 'Last seen',
  ]);
  assert.deepEqual(row, [
    '192.0.2.7', scanner, 'contoso.example', 'Sure', '0% (0)', '100% (2)', '0% (0)', '0% (0)', '0% (0)', '2', '2026-09-01', '2026-09-01',
  ]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^direct-send-report/);
  const exported = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  assert.deepEqual(exported[1].split(','), row);
  await page.getByRole('button', { name: '192.0.2.7' }).click();
  const details = page.getByRole('dialog', { name: `192.0.2.7 · ${scanner}` });
  await details.getByText('TLS below 1.2, or no TLS, is in use').waitFor();
});

test('hosts that no file names are said, and Korean has its words', async (t) => {
  const page = await show(t, 'hosted', '#/hosts-report', { locale: 'ko-KR' });
  await page.getByRole('heading', { name: '호스트 보고서' }).waitFor();
  await page.getByText('메시지 24개 중 24개는 호스트가 기록되지 않아').waitFor();
  await page.evaluate(() => (location.hash = '#/direct-send-report'));
  await page.getByRole('heading', { name: 'Direct Send 보고서' }).waitFor();
  await page.getByText('조직의 도메인: contoso.example').first().waitFor();
});

test('a table of 20,000 domains holds only what is seen, and reaches its end', async (t) => {
  const page = await open(t, 'hosted', { url: address('hosted') + '#/domains-report?v=1&view=table&sort=name' });
  const name = (index) => `d${String(index).padStart(5, '0')}.example`;
  const rows = Array.from({ length: 20_000 }, (_, index) => lines(1, '02', us, `r@${name(index)}`, 'Sent', '', 'NoConnector', 'TLS1.2', ''));
  await choose(page, write('many.csv', header + rows.join('')));
  await whenDone(page);
  await page.getByText('20,000 rows', { exact: true }).waitFor();
  const region = page.getByRole('region', { name: 'Domains report' });
  assert.ok((await region.getByRole('row').count()) < 200);
  await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.getByRole('button', { name: name(19_999) }).waitFor();
  assert.ok((await region.getByRole('row').count()) < 300);
  await page.getByLabel('Search').fill('D01234');
  await page.getByRole('button', { name: name(1_234) }).waitFor();
});
