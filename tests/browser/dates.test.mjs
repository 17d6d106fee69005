// Days: as the browser writes them in the language of the page where a person reads on, ISO 8601 where rows are compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flow, lines, writer } from './made.mjs';
import { address, choose, downloaded, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('dates');

const TEXTS = {
  'en-US': { locale: 'en-GB', period: '7 days to DAY, UTC', show: 'Show DAYS', table: 'View details table', export: 'Export', as: 'Chart as a table' },
  'ko-KR': { locale: 'ko', period: 'DAY까지 7일간(UTC)', show: 'DAYS 보기', table: '세부 정보 표 보기', export: '내보내기', as: '표로 보기' },
};

for (const [locale, texts] of Object.entries(TEXTS)) {
  test(`days in sentences, and days in tables and files (${locale})`, async (t) => {
    // Far from UTC: a day must not become the one before.
    const page = await open(t, 'hosted', { locale, timezoneId: 'Pacific/Honolulu', url: `${address('hosted')}#/connector-report` });
    await choose(page, write('days.csv', flow + lines(2, '2026-08-28T08:00:00Z', 'Inbound', 'Gate', 'Partner', 'TLS1_2', '') + lines(3, '2026-09-03T08:00:00Z', 'Inbound', 'Gate', 'Partner', 'TLS1_2', '')));
    await whenDone(page);
    const [day, days] = await page.evaluate((locale) => {
      const written = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
      const [first, last] = [new Date('2026-08-28'), new Date('2026-09-03')];
      return [written.format(last), written.formatRange(first, last)];
    }, texts.locale);
    assert.match(day, /^3 September 2026$|^2026년 9월 3일$/);
    await page.getByText(texts.period.replace('DAY', day)).first().waitFor();
    const plot = page.getByRole('application');
    assert.ok((await plot.getAttribute('aria-label')).includes(days));
    await plot.focus();
    await page.keyboard.press('End');
    await page.getByRole('status').filter({ hasText: day }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(texts.as, { exact: true }).click();
    await page.getByRole('row', { name: /^2026-09-03 3\b/ }).waitFor();
    await page.getByRole('button', { name: texts.table }).click();
    await page.getByRole('row', { name: /^2026-09-03 / }).waitFor();
    const [, csv] = await downloaded(page, () => page.getByRole('button', { name: texts.export, exact: true }).click());
    assert.match(csv.toString(), /\r\n2026-09-03,/);
    await page.evaluate(() => (location.hash = '#/connector-report?v=1&from=2020-01-01&to=2020-01-02'));
    await page.getByRole('button', { name: texts.show.replace('DAYS', days) }).click();
    await page.getByRole('application').waitFor();
  });
}
