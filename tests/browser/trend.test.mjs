// "Trend": whether old TLS versions go away, as a person reads it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { auth, flow, lines, writer } from './made.mjs';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('trend');

/** Two whole weeks, a week that no file covers, and three days: W32 to W35 of 2026. */
const files = () => [
  write(
    'first.csv',
    flow +
      lines(6, '2026-08-03T08:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_0', 'False') +
      lines(4, '2026-08-09T08:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_2', 'False') +
      lines(2, '2026-08-14T08:00:00Z', 'Inbound', 'Old partner', 'Partner', 'TLS1_0', 'False') +
      lines(3, '2026-08-15T08:00:00Z', 'Inbound', 'Gate', 'Partner', '', 'False') +
      lines(6, '2026-08-16T08:00:00Z', 'Inbound', 'Gate', 'Partner', 'TLS1_2', 'False'),
  ),
  write(
    'second.csv',
    flow +
      lines(1, '2026-08-26T08:00:00Z', 'Outbound', '', 'NoConnector', 'No TLS', '') +
      lines(3, '2026-08-28T08:00:00Z', 'Outbound', '', 'NoConnector', 'TLS1_3', ''),
  ),
  write(
    'senders.csv',
    auth +
      lines(5, '2026-08-03T08:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_0', 'Basic') +
      lines(5, '2026-08-10T08:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_2', 'Basic') +
      lines(1, '2026-08-12T08:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_0', 'Basic') +
      lines(9, '2026-08-16T08:00:00Z', 'app@shop.example', '198.51.100.1', 'TLS1_3', 'Modern'),
  ),
];
const show = async (t, form, hash, context = {}) => {
  const page = await open(t, form, { url: address(form) + hash, ...context });
  await choose(page, files());
  await whenDone(page);
  return page;
};
const row = (page, region, name) => page.getByRole('region', { name: region, exact: true }).getByRole('row', { name });

inBothForms('weeks, each version, and who is left', async (t, form) => {
  const page = await show(t, form, '#/connector-report');
  await page.getByText('7 days to 28 August 2026, UTC').first().waitFor();
  await page.getByLabel('View data by').selectOption('Trend');
  await page.getByText('4 weeks: 2026-W32 to 2026-W35').waitFor();
  // A week tells nothing of a trend, so the period is all there is.
  assert.match(page.url(), /#\/connector-report\?v=1&by=trend$/);
  const period = page.getByLabel('Period', { exact: true });
  assert.deepEqual(await period.locator('option').allInnerTexts(), ['All of the data']);
  assert.equal(await page.getByLabel('Start date').inputValue(), '2026-08-03');
  for (const text of [
    '1 week has data on some of its days only: a line below the axis marks it.',
    'For 1 week there is no data, which is not 0: no file covers any of its days.',
    'Not recorded: 3 of these messages. They are part of no share.',
    'Last seen with TLS 1.0: 14 August 2026.',
    'Last seen with No TLS: 26 August 2026.',
    'Not seen in what is recorded: TLS 1.1.',
  ]) {
    await page.getByText(text, { exact: true }).waitFor();
  }
  const versions = 'First and last seen';
  await row(page, versions, 'TLS version First seen Last seen Message count Share in 2026-W32 Share in 2026-W33 Change').waitFor();
  await row(page, versions, 'TLS 1.0 2026-08-03 2026-08-14 8 60.0% 25.0% −35.0 points').waitFor();
  await row(page, versions, 'TLS 1.1 – – 0 0% 0% 0.0 points').waitFor();
  await row(page, versions, 'TLS 1.3 2026-08-28 2026-08-28 3 0% 0% 0.0 points').waitFor();
  // The newest full week is not the newest.
  const still = page.getByRole('region', { name: 'Still below TLS 1.2, or without TLS, in 2026-W33' });
  await still.getByRole('row', { name: 'Inbound: Old partner 0 2 0' }).waitFor();
  assert.equal(await still.getByRole('row').count(), 2);
  await still.getByRole('button', { name: 'Inbound: Old partner' }).click();
  await page.getByRole('heading', { name: 'Inbound: Old partner' }).waitFor();
  assert.match(page.url(), /show=in:Old%20partner&by=trend$/);
  await row(page, versions, /^TLS 1\.0 .* 60\.0% 100% \+40\.0 points$/).waitFor();
  // Own dates do make it shorter.
  await page.getByLabel('Start date').fill('2026-08-10');
  await page.getByText('3 weeks: 2026-W33 to 2026-W35').waitFor();
  await page.getByText('There are no two such weeks.').waitFor();
  await period.selectOption('All of the data');
  await page.getByText('4 weeks: 2026-W32 to 2026-W35').waitFor();
});

inBothForms('keyboard and pointer give the figures of a week, and versions can be switched', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&by=trend');
  const plot = page.getByRole('application', { name: /^All mail flow: TLS versions by week, 3\s?–\s?30 August 2026\. Arrow keys go from week to week\.$/ });
  await plot.focus();
  const said = (...texts) => texts.reduce((status, hasText) => status.filter({ hasText }), page.getByRole('status')).waitFor();
  await page.keyboard.press('Home');
  await said(/2026-W32, 3\s?–\s?9 August 2026\. /, 'TLS 1.0: 60.0% (6)', 'TLS 1.2: 40.0% (4)');
  await page.keyboard.press('ArrowRight');
  await said('2026-W33', 'TLS 1.0: 25.0% (2)', 'Not recorded: 3', 'Volume: 11');
  await page.keyboard.press('ArrowRight');
  await said('2026-W34', /23 August 2026\. no data$/);
  await page.keyboard.press('End');
  await said('2026-W35', '3 of 7 days have data', 'No TLS: 25.0% (1)');
  await page.keyboard.press('Escape');
  const figure = page.getByRole('figure', { name: 'All mail flow' });
  await plot.hover({ position: { x: 150, y: 100 } });
  await figure.getByText(/^3\s?–\s?9 August 2026$/).waitFor();
  await figure.getByText('60.0% (6)').waitFor();
  await page.mouse.move(0, 0);
  await figure.getByText('60.0% (6)').waitFor({ state: 'detached' });
  const legend = page.getByRole('list', { name: 'Shown in the chart' });
  assert.deepEqual(await legend.getByRole('button').allInnerTexts(), ['No TLS', 'TLS 1.0', 'TLS 1.2', 'TLS 1.3']);
  const strong = legend.getByRole('button', { name: 'TLS 1.2' });
  await strong.click();
  assert.equal(await strong.getAttribute('aria-pressed'), 'false');
  await plot.focus();
  await page.keyboard.press('Home');
  // Its share stays a share of all that is recorded.
  await said('TLS 1.0: 60.0% (6)');
  assert.equal(await page.getByRole('status').filter({ hasText: 'TLS 1.2' }).count(), 0);
  await page.getByText('Chart as a table').click();
  await page.getByRole('row', { name: '2026-W34 2026-08-17 0 no data no data no data no data no data no data' }).waitFor();
});

inBothForms('the weeks as a table, as a file, and by an address', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&by=trend&view=table&sort=monday');
  await page.getByText('4 rows', { exact: true }).waitFor();
  await row(page, 'Connector report', '2026-W33 2026-08-10 7 0% (0) 25.0% (2) 0% (0) 75.0% (6) 0% (0) 3 11').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), 'connector-report-by-week.csv');
  const csv = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n');
  assert.equal(csv[0], '\ufeffWeek,From Monday,Days of data,No TLS,TLS 1.0,TLS 1.1,TLS 1.2,TLS 1.3,Not recorded,Volume');
  assert.equal(csv[3], '2026-W34,2026-08-17,0,no data,no data,no data,no data,no data,no data,no data');
  assert.equal(csv[4], '2026-W35,2026-08-24,3,25.0% (1),0% (0),0% (0),0% (0),75.0% (3),0,4');
});

inBothForms('a sender has weeks of its own, also where the report is of some days', async (t, form) => {
  const page = await show(t, form, '#/smtp-auth-clients-report?v=1&by=trend');
  const still = page.getByRole('region', { name: 'Still below TLS 1.2, or without TLS, in 2026-W33' });
  const domains = still.getByRole('region', { name: 'Sender domains' });
  await domains.getByRole('row', { name: 'office.example 0 1 0' }).waitFor();
  await still.getByRole('button', { name: 'scanner@office.example' }).click();
  const details = page.getByRole('dialog', { name: 'scanner@office.example' });
  await details.getByRole('heading', { name: 'TLS versions by week' }).waitFor();
  await details.getByRole('row', { name: 'TLS 1.0 2026-08-03 2026-08-12 6 100% 16.7% −83.3 points' }).waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'hidden' });
  await domains.getByRole('button', { name: 'office.example' }).click();
  await page.getByRole('heading', { name: 'office.example' }).waitFor();
  // The last seven days have nothing of the first week, its trend has.
  await page.evaluate(() => (location.hash = '#/smtp-auth-clients-report?v=1&view=table'));
  await page.getByRole('button', { name: 'scanner@office.example' }).click();
  await details.getByText('7 days to 16 August 2026, UTC').waitFor();
  await details.getByText('2 weeks: 2026-W32 to 2026-W33').waitFor();
});
