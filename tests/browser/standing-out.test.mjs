// The card "What stands out": from the dashboard to the rows, by role and name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writer } from './made.mjs';
import { choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('standing-out');

const card = (page, name = 'What stands out') => page.getByRole('region', { name });
/** The sample ends with the day before; what stands out in it is not the same every week. */
const sample = async (t, form) => {
  const page = await open(t, form, { prepare: (page) => page.clock.setFixedTime(new Date('2026-11-25T12:00:00Z')) });
  await page.getByRole('button', { name: /sample data|샘플 데이터/ }).click();
  await whenDone(page);
  return page;
};

inBothForms('a connector that is behind, and its rows', async (t, form) => {
  const page = await sample(t, form);
  const found = card(page).getByRole('listitem').filter({ hasText: 'Litware fax relay' }).first();
  const title = found.getByRole('link', { name: 'Connector seeing significant mail flow without TLS' });
  await title.click();
  await page.getByRole('heading', { level: 1, name: 'Connector report' }).waitFor();
  await page.getByRole('table').getByText('Litware fax relay').first().waitFor();
  await page.goBack();
  await card(page).getByRole('link').first().waitFor();
});

inBothForms('an account that is misused, and what it sent', async (t, form) => {
  const page = await sample(t, form);
  const found = card(page).getByRole('listitem').filter({ hasText: '203.0.113.199' });
  await found.getByRole('link', { name: 'crm@sales.contoso.example' }).click();
  await page.getByRole('heading', { level: 1, name: 'SMTP Auth clients report' }).waitFor();
  assert.equal(await page.getByRole('table').getByRole('row').count(), 2);
});

test('nothing that stands out is said, and all days are a click away', async (t) => {
  const page = await open(t, 'hosted');
  const rows = Array.from({ length: 3 }, (_, n) => `2026-09-1${n}T09:00:00Z,a@b.example,192.0.2.7,TLS1_2,Basic`);
  const path = write('senders.csv', ['date,sender address,client ip,tls version,authentication protocol', ...rows].join('\n'));
  await choose(page, [path]);
  await whenDone(page);
  await card(page).getByText('No SMTP AUTH client does anything unusual.').waitFor();
  await card(page).getByText('These files do not tell of inbound or outbound mail.').waitFor();
  await card(page).getByRole('link', { name: 'Look at all of the data' }).click();
  await page.getByRole('heading', { level: 1, name: 'SMTP Auth clients report' }).waitFor();
  await page.getByText('Nothing unusual in this period.').waitFor();
});
