// What other senders report: a panel of its own, in words, and in no other figure.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { drop, inBothForms, open, screenshot, whenDone, withBrowser } from './support.mjs';

withBrowser();

const sample = (name) => `tests/samples/${name}`;
const panelOf = (page, name = 'What other senders report') => page.getByRole('region', { name });

inBothForms('dropped reports open a panel with each failure in words', async (t, form) => {
  const page = await open(t, form);
  await drop(page, [sample('tls-report.json'), sample('tls-reports.json')]);
  await whenDone(page);
  const panel = panelOf(page);
  await panel.getByText('not part of any other figure').waitFor();
  await panel.getByText('600 sessions: 560 successful (93.33%), 40 failed (6.67%)').waitFor();
  await panel.getByText('The certificate of the receiving host had expired.').waitFor();
  await panel.getByText('mx2.contoso.example').first().waitFor();
  const organizations = panel.getByRole('region', { name: 'By sending organization: contoso.example, MTA-STS' });
  await organizations.getByRole('row', { name: /^Fabrikam Mail 470 30/ }).waitFor();
  // Sessions are no messages.
  assert.equal(await page.getByText(/^Inbound: [1-9]/).count(), 0);
  await screenshot(page, `tls-reports-${form}`);
});

test('without reports there is no such panel', async (t) => {
  const page = await open(t, 'hosted');
  await drop(page, sample('connector-report.csv'));
  await whenDone(page);
  assert.equal(await panelOf(page).count(), 0);
});

test('the rows can be taken away as a table', async (t) => {
  const page = await open(t, 'hosted', { acceptDownloads: true });
  await drop(page, sample('tls-report.json'));
  await whenDone(page);
  const download = page.waitForEvent('download');
  await panelOf(page).getByRole('button', { name: /CSV/ }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  assert.match(text, /contoso\.example/);
  assert.match(text, /Fabrikam Mail/);
});

test('it is read in Korean, on a narrow screen, in the dark, with absurd names as text', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-test-'));
  const report = JSON.parse(readFileSync(sample('tls-report.json'), 'utf8'));
  report['organization-name'] = `<img src=x onerror=alert(1)>${'가'.repeat(150)}`;
  const file = join(folder, 'absurd.json');
  writeFileSync(file, JSON.stringify(report));
  const page = await open(t, 'hosted', { locale: 'ko-KR', colorScheme: 'dark', viewport: { width: 390, height: 800 } });
  await drop(page, file);
  await whenDone(page);
  const panel = panelOf(page, '다른 발신 조직의 보고');
  await panel.getByText('<img src=x onerror=alert(1)>').first().waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await screenshot(page, 'tls-reports-korean');
});
