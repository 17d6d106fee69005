// The two reports, feature by feature (ids of the issue tracker), as a person
// meets them: by role and name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { auth, flow, line, lines, writer } from './made.mjs';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('reports');

/** Ten days of mail, with known figures. */
const connectors = () =>
  flow +
  lines(7, '2026-09-01T08:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_0', 'False') +
  lines(3, '2026-09-10T08:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_0', 'False') +
  lines(1, '2026-09-10T09:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_2', 'False') +
  lines(5, '2026-09-09T09:00:00Z', 'Outbound', '서울 게이트웨이', 'OnPremises', 'TLS1_3', 'True') +
  lines(4, '2026-09-08T09:00:00Z', 'Inbound', '', 'NoConnector', 'TLS1_2', '') +
  lines(2, '2026-09-08T10:00:00Z', 'Outbound', '', 'NoConnector', 'No TLS', '');
const senders = () =>
  auth +
  lines(6, '2026-09-09T09:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_0', 'Basic') +
  lines(2, '2026-09-10T09:00:00Z', 'scanner@office.example', '192.0.2.8', 'TLS1_2', 'Basic') +
  lines(9, '2026-09-10T09:00:00Z', 'app@shop.example', '198.51.100.1', 'TLS1_3', 'Modern') +
  lines(4, '2026-09-02T09:00:00Z', 'app@shop.example', '198.51.100.1', 'TLS1_3', 'Modern');

const files = () => [write('connectors.csv', connectors()), write('senders.csv', senders())];
const table = (page, name) => page.getByRole('region', { name }).getByRole('table');
/** The rows of the table as texts, its head first. */
const texts = async (page, name) => {
  const rows = await table(page, name).getByRole('row').all();
  return Promise.all(rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.trim())));
};
const show = async (t, form, hash) => {
  const page = await open(t, form, { url: address(form) + hash });
  await choose(page, files());
  await whenDone(page);
  return page;
};

inBothForms('CR-05, CR-06: the details table and the report share one question', async (t, form) => {
  const page = await show(t, form, '#/connector-report');
  await page.getByLabel('Show data for').selectOption('Inbound: Old partner');
  await page.getByRole('heading', { name: 'Inbound: Old partner' }).waitFor();
  await page.getByRole('button', { name: 'View details table' }).click();
  await page.getByText('1 row', { exact: true }).waitFor();
  assert.deepEqual(await texts(page, 'Connector report'), [
    ['Date ↓', 'Connector direction and name', 'Connector type', 'Forced TLS?', 'No TLS', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3', 'Volume'],
    ['2026-09-10', 'Inbound: Old partner', 'Partner', 'False', '0% (0)', '75.0% (3)', '0% (0)', '25.0% (1)', '0% (0)', '4'],
  ]);
  await page.getByRole('button', { name: 'View report' }).click();
  await page.getByRole('heading', { name: 'Inbound: Old partner' }).waitFor();
  assert.equal(await page.getByLabel('Show data for').inputValue(), await page.getByLabel('Show data for').locator('option', { hasText: 'Inbound: Old partner' }).getAttribute('value'));
});

test('CR-02: what can be shown is all, the flows without a connector, and each connector', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report');
  await page.getByRole('heading', { name: 'All mail flow' }).waitFor();
  const offered = await page.getByLabel('Show data for').locator('option').allInnerTexts();
  assert.deepEqual(offered, [
    'All mail flow',
    'Outbound: 서울 게이트웨이',
    'From the internet without a connector',
    'Inbound: Old partner',
    'To the internet without a connector',
  ]);
});

test('CR-03: TLS usage is a pie with its figures', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report');
  await page.getByLabel('View data by').selectOption('TLS usage');
  const pie = page.getByRole('img', { name: /All mail flow/ });
  await pie.waitFor();
  assert.match(await pie.getAttribute('aria-label'), /No TLS: 13\.33%.*TLS 1\.0: 20\.00%.*TLS 1\.2: 33\.33%.*TLS 1\.3: 33\.33%/);
});

test('CR-04, SA-03: periods by preset and by date; the address keeps them', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report');
  await page.getByText('7 days to 10 September 2026, UTC').first().waitFor();
  assert.equal(await page.getByLabel('Start date').inputValue(), '2026-09-04');
  await page.getByLabel('Period', { exact: true }).selectOption('All of the data');
  await page.getByText('10 days to 10 September 2026, UTC').first().waitFor();
  await page.getByLabel('Start date').fill('2026-09-09');
  await page.getByText('2 days to 10 September 2026, UTC').first().waitFor();
  assert.match(page.url(), /#\/connector-report\?v=1&from=2026-09-09&to=2026-09-10$/);
  await page.getByLabel('End date').fill('2026-09-01');
  await page.getByText('The end date is before the start date.').waitFor();
  await page.goBack();
  await page.getByText('2 days to 10 September 2026, UTC').first().waitFor();
  // A period without mail offers one that has some.
  await page.getByLabel('Start date').fill('2020-01-01');
  await page.getByLabel('End date').fill('2020-01-05');
  await page.getByText('No messages in this period').waitFor();
  await page.getByRole('button', { name: /^Show 1\s?–\s?10 September 2026$/ }).click();
  await page.getByText('10 days to 10 September 2026, UTC').first().waitFor();
});

test('CR-07: insights with their figures, a threshold that can be changed, and a way to the rows', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report');
  const insights = page.getByRole('region', { name: 'Insights' });
  await insights.getByText('Inbound Partner connector seeing significant TLS1.0 mail flow').waitFor();
  await insights.getByText('Inbound: Old partner: 3 messages of 4 recorded, 75.0%. Shown above 50%.').waitFor();
  await insights.getByLabel('TLS 1.0 above (%)').fill('80');
  await insights.getByLabel('TLS 1.0 above (%)').blur();
  await insights.getByText('Nothing stands out at these thresholds.').waitFor();
  await page.goBack();
  await insights.getByRole('button', { name: 'Show its rows' }).click();
  await page.getByRole('button', { name: 'Inbound: Old partner' }).waitFor();
  assert.equal((await texts(page, 'Connector report')).length, 2);
});

inBothForms('CR-08: the exported table is what is shown, all rows of it', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&days=all&view=table&sort=-volume');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  assert.ok(text.startsWith('\ufeffDate,Connector direction and name,'));
  const exported = text.trim().split('\r\n').slice(1).map((row) => row.split(','));
  const shown = (await texts(page, 'Connector report')).slice(1);
  assert.deepEqual(exported, shown);
  assert.equal(shown[0].at(-1), '7');
});

inBothForms('CR-08, SA-10: a mail draft with every detail attached', async (t, form) => {
  const page = await show(t, form, '#/smtp-auth-clients-report');
  await page.getByRole('heading', { name: 'All sender domains' }).waitFor();
  await page.getByRole('button', { name: 'Request report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Request report' });
  await dialog.getByLabel('Recipients').fill('a@b, c');
  await dialog.getByRole('button', { name: 'Create mail draft' }).click();
  await dialog.getByText('This is no mail address: c').waitFor();
  await dialog.getByLabel('Recipients').fill('audit@office.example');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Create mail draft' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'smtp-auth-clients-report.eml');
  const mail = readFileSync(await file.path(), 'utf8');
  assert.match(mail, /^X-Unsent: 1\r$/m);
  assert.match(mail, /^To: audit@office\.example\r$/m);
  const parts = mail.split(/\r\n\r\n/).map((part) => Buffer.from(part.split(/\r\n--/)[0], 'base64').toString());
  const attached = parts.find((part) => part.includes('Client IP address'));
  assert.ok(attached.includes('scanner@office.example,office.example,192.0.2.7,TLS 1.0,'), attached);
  assert.ok(parts.some((part) => part.includes('TLS 1.0: 35.3% (6)')));
});

test('SA-06, SA-07, SA-12, SA-13: senders by volume and by TLS version, sorted and searched', async (t) => {
  const page = await show(t, 'hosted', '#/smtp-auth-clients-report?v=1&view=table');
  await page.getByText('2 rows', { exact: true }).waitFor();
  assert.deepEqual(await texts(page, 'SMTP Auth clients report'), [
    ['Sender address', 'Domain', 'Authentication Protocol', 'Message count ↓', 'Change'],
    ['app@shop.example', 'shop.example', 'Modern authentication (OAuth)', '9', '+5'],
    ['scanner@office.example', 'office.example', 'Basic authentication', '8', '+8'],
  ]);
  await page.getByLabel('View data by').selectOption('TLS usage');
  const head = page.getByRole('columnheader', { name: 'TLS1.0%' });
  await head.getByRole('button').click();
  await page.locator('th[aria-sort=descending]', { hasText: 'TLS1.0%' }).waitFor();
  const [names, first] = await texts(page, 'SMTP Auth clients report');
  assert.deepEqual(names.slice(3), ['TLS1.0% ↓', 'TLS1.1%', 'TLS1.2%', 'TLS1.3%', 'No TLS', 'Message count', 'Change']);
  assert.deepEqual(first.slice(3, 6), ['75.0% (6)', '0% (0)', '25.0% (2)']);
  await page.getByLabel('Search').fill('SHOP');
  await page.getByText('1 of 2 rows').waitFor();
  assert.ok(await page.getByLabel('Search').evaluate((element) => element === document.activeElement));
  assert.match(page.url(), /search=SHOP/);
});

inBothForms('SA-08, SA-14: a sender’s details, and what to do about old TLS', async (t, form) => {
  const page = await show(t, form, '#/smtp-auth-clients-report?v=1&view=table');
  const opener = page.getByRole('button', { name: 'scanner@office.example' });
  await opener.click();
  const details = page.getByRole('dialog', { name: 'scanner@office.example' });
  await details.getByText('TLS below 1.2, or no TLS, is in use').waitFor();
  await details.getByText('TLS 1.0: 6').waitFor();
  const clients = details.getByRole('region', { name: 'Client IP addresses' });
  await clients.getByRole('row', { name: '192.0.2.7 2026-09-09 2026-09-09 6' }).waitFor();
  await clients.getByRole('row', { name: '192.0.2.8 2026-09-10 2026-09-10 2' }).waitFor();
  await details.getByRole('region', { name: 'Day by day' }).getByRole('row', { name: /^2026-09-09/ }).waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement));
});

test('RP-02: each connector is compared with the period before', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report?v=1&from=2026-09-06&to=2026-09-10');
  const compared = page.getByRole('region', { name: 'Compared with the period before' });
  await compared.getByText('With the 5 days to 5 September 2026, UTC').waitFor();
  const row = compared.getByRole('row', { name: /^Inbound: Old partner/ });
  assert.deepEqual((await row.locator('td').allInnerTexts()).slice(-3), ['4', '7', '−3']);
  assert.match(await row.locator('td').nth(1).innerText(), /75\.0%\s+−25\.0 points, −4/);
});

inBothForms('RP-06: a pasted address opens the same view; back and forward work', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&days=all&show=in:Old%20partner&by=tls');
  await page.getByRole('heading', { name: 'Inbound: Old partner' }).waitFor();
  assert.equal(await page.getByLabel('View data by').inputValue(), 'TLS usage');
  await page.getByLabel('View data by').selectOption('Mail flow');
  await page.waitForURL(/show=in:Old%20partner$/);
  await page.goBack();
  await page.getByRole('img', { name: /Old partner/ }).waitFor();
  await page.goForward();
  await page.waitForURL(/show=in:Old%20partner$/);
  assert.equal(await page.getByLabel('View data by').inputValue(), 'Mail flow');
  await page.evaluate(() => (location.hash = '#/connector-report?v=9&what=ever'));
  await page.getByText('made by another version of mailflow').waitFor();
});

test('a table of 20,000 senders holds only what is seen, and reaches its end', async (t) => {
  const page = await open(t, 'hosted', { url: address('hosted') + '#/smtp-auth-clients-report?v=1&view=table&sort=name' });
  const name = (index) => `sender${String(index).padStart(5, '0')}@office.example`;
  const rows = Array.from({ length: 20_000 }, (_, index) => line('2026-09-09T09:00:00Z', name(index), '192.0.2.7', 'TLS1_2', 'Basic'));
  await choose(page, write('many.csv', auth + rows.join('')));
  await whenDone(page);
  await page.getByText('20,000 rows', { exact: true }).waitFor();
  assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '20001');
  const region = page.getByRole('region', { name: 'SMTP Auth clients report' });
  assert.ok((await region.getByRole('row').count()) < 200);
  await region.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.getByRole('button', { name: name(19_999) }).waitFor();
  assert.ok((await region.getByRole('row').count()) < 300);
  await page.getByLabel('Search').fill('sender01234@');
  await page.getByRole('button', { name: name(1_234) }).waitFor();
});

test('names of any kind are names', async (t) => {
  const page = await open(t, 'hosted', { url: address('hosted') + '#/connector-report?v=1&view=table' });
  const long = 'x'.repeat(2_000);
  const odd = '\u202egnp.exe\u200b';
  await choose(page, write('odd.csv', flow + line('2026-09-09T09:00:00Z', 'Inbound', long, 'Partner', 'TLS1_2', '') + line('2026-09-09T09:00:00Z', 'Inbound', odd, 'Partner', 'TLS1_2', '')));
  await whenDone(page);
  await page.getByText('2 rows', { exact: true }).waitFor();
  await page.getByRole('button', { name: `Inbound: ${long}` }).waitFor();
  await page.getByRole('button', { name: 'Inbound: [U+202E]gnp.exe[U+200B]' }).waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)) <= 0);
  await page.getByLabel('Show data for').selectOption(`Inbound: ${long}`);
  await page.getByText('1 row', { exact: true }).waitFor();
});

test('CR-01, CR-09: each day and slice gives its exact number, and the legend switches series', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report?v=1&days=all');
  const legend = page.getByRole('list', { name: 'Shown in the chart' });
  await legend.getByRole('button', { name: 'Total' }).waitFor();
  assert.deepEqual(await legend.getByRole('button').allInnerTexts(), [
    'Inbound: Old partner',
    'Outbound: 서울 게이트웨이',
    'From the internet without a connector',
    'To the internet without a connector',
    'Total',
  ]);
  const plot = page.getByRole('application', { name: /All mail flow/ });
  await plot.focus();
  await page.keyboard.press('End');
  await page.getByRole('status').filter({ hasText: '10 September 2026' }).filter({ hasText: 'Inbound: Old partner: 4' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('status').filter({ hasText: '9 September 2026' }).filter({ hasText: 'Outbound: 서울 게이트웨이: 5' }).waitFor();
  const partner = legend.getByRole('button', { name: 'Inbound: Old partner' });
  await partner.click();
  assert.equal(await partner.getAttribute('aria-pressed'), 'false');
  await page.getByText('Chart as a table').click();
  await page.getByRole('row', { name: /^2026-09-01 7 0 0 0 7$/ }).waitFor();
});

test('RP-03: what is unusual is told in one sentence with its figures, and leads to the sender', async (t) => {
  const day = (index) => new Date(Date.UTC(2026, 7, 1 + index)).toISOString().slice(0, 10);
  const usual = Array.from({ length: 30 }, (_, index) => lines(10, `${day(index)}T0${index % 5}:00:00Z`, 'app@shop.example', '192.0.2.7', 'TLS1_2', 'Basic'));
  const flood = lines(90, `${day(30)}T09:00:00Z`, 'app@shop.example', '192.0.2.7', 'TLS1_2', 'Basic');
  const page = await open(t, 'hosted', { url: address('hosted') + '#/smtp-auth-clients-report' });
  await choose(page, write('flood.csv', auth + usual.join('') + flood));
  await whenDone(page);
  const unusual = page.getByRole('region', { name: 'Unusual activity' });
  await unusual.getByText('On 31 August 2026 it sent 90 messages: far above its usual 10 and its highest day before, 10.').waitFor();
  await unusual.getByRole('button', { name: 'app@shop.example' }).click();
  await page.getByRole('dialog', { name: 'app@shop.example' }).waitFor();
});
