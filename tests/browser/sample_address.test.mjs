// The sample is one address away: `?sample` opens it in every view, so that a
// link can lead straight into a report.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-sample-'));
after(() => rmSync(folder, { recursive: true }));

const fictitious = (page) => page.getByText('Fictitious sample data').first();
const flow = (page) => page.getByRole('region', { name: 'Outbound and inbound mail flow' });

inBothForms('an address opens the dashboard with the sample, and says that it is fictitious', async (t, form) => {
  const page = await open(t, form, { url: `${address(form)}?sample` });
  await whenDone(page);
  await flow(page).getByText('Fictitious sample data').waitFor();
  await flow(page).getByRole('button', { name: /^Outbound: [1-9]/ }).waitFor();
});

inBothForms('it goes with the address of any view', async (t, form) => {
  const report = '#/connector-report?v=1&days=90&by=tls&view=table';
  const page = await open(t, form, { url: `${address(form)}?sample${report}` });
  await whenDone(page);
  await page.getByRole('heading', { level: 1, name: 'Connector report' }).waitFor();
  await page.getByRole('columnheader', { name: 'Connector direction and name' }).first().waitFor();
  await fictitious(page).waitFor();

  // A view that is gone to from there can be handed on, too.
  await page.getByRole('link', { name: 'Readiness' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Readiness' }).waitFor();
  assert.match(page.url(), /\?sample#\/readiness/);
});

inBothForms('Start over leaves the sample and its address', async (t, form) => {
  const page = await open(t, form, { url: `${address(form)}?sample` });
  await whenDone(page);
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByText('Drop files or folders anywhere on this page').waitFor();
  assert.doesNotMatch(page.url(), /sample/);
  await page.reload();
  await page.getByText('Drop files or folders anywhere on this page').waitFor();
});

test('what is remembered on this device is neither mixed with the sample nor lost', async (t) => {
  const file = join(folder, 'own.csv');
  writeFileSync(file, 'date,direction,tls version,message id\n2026-09-03T12:00:00Z,Outbound,TLS1_2,<1@contoso.example>\n');
  const page = await open(t, 'hosted');
  await choose(page, file);
  await whenDone(page);
  await page.getByRole('checkbox', { name: 'Remember on this device' }).check();
  await page.getByText(/^Remembered: /).first().waitFor();

  await page.goto(`${address('hosted')}?sample`);
  await whenDone(page);
  await flow(page).getByText('Fictitious sample data').waitFor();
  assert.equal(await page.getByText('Includes fictitious sample data').count(), 0);
  assert.equal(await page.getByRole('row', { name: /own\.csv/ }).count(), 0);

  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('Outbound: 1').first().waitFor();
  await page.getByRole('row', { name: /own\.csv/ }).first().waitFor();
});
