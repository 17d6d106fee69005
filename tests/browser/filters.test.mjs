// RP-08: filters that combine, made by keyboard alone, carried in the address,
// saved under a name.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-filters-'));
after(() => rmSync(folder, { recursive: true }));

let serial = 0;
const lines = (count, ...cells) => Array.from({ length: count }, () => `${[...cells, `<${(serial += 1)}@a.example>`].join(',')}\n`).join('');
/** Fourteen messages of one week: 3 of old.example with TLS 1.0, 2 without, 9 of others. */
const path = join(folder, 'flow.csv');
writeFileSync(
  path,
  'date,direction,connector,connector type,tls version,sender address,recipient address,message id\n' +
    lines(3, '2026-09-09T08:00:00Z', 'Inbound', 'Partner gate', 'Partner', 'TLS1_0', 'a@old.example', 'u@own.test') +
    lines(2, '2026-09-10T08:00:00Z', 'Inbound', 'Partner gate', 'Partner', 'No TLS', 'a@old.example', 'u@own.test') +
    lines(4, '2026-09-10T09:00:00Z', 'Inbound', 'Partner gate', 'Partner', 'TLS1_2', 'b@new.example', 'u@own.test') +
    lines(5, '2026-09-10T09:00:00Z', 'Inbound', '', 'NoConnector', 'TLS1_0', 'c@other.test', 'u@own.test'),
);

const show = async (t, form, hash, options = {}) => {
  const page = await open(t, form, { url: address(form) + hash, ...options });
  await choose(page, path);
  await whenDone(page);
  return page;
};
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);
const focused = async (locator) => {
  await locator.waitFor();
  await locator.page().waitForFunction((element) => element === document.activeElement, await locator.elementHandle());
};
/** Opens the figures of the chart, which close whenever there is another chart. */
const chartFigures = (page) => page.locator('details:not([open]) > summary', { hasText: 'Chart as a table' }).click();
const total = (page, volume) => page.getByRole('row', { name: new RegExp(`${volume}$`) }).first().waitFor();

inBothForms('a filter is made by keyboard alone; sentence, table and address follow', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&view=table');
  const { keyboard } = page;
  await page.getByText('3 rows', { exact: true }).waitFor();
  const opener = page.getByRole('button', { name: 'Add filter' });
  await opener.focus();
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Filter messages' });
  const condition = (number) => dialog.getByRole('group', { name: `Condition ${number}`, exact: true });
  const part = (number, name) => condition(number).getByLabel(name, { exact: true });
  await focused(part(1, 'Field'));
  await keyboard.type('Sender domain');
  await keyboard.press('Tab');
  await keyboard.type('ends');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await dialog.getByText('Condition 1: Enter a value').waitFor();
  await focused(part(1, 'Value'));
  await keyboard.type('.example');
  await keyboard.press('Tab');
  assert.ok(await isFocused(dialog.getByRole('button', { name: 'Remove condition 1' })));
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  assert.ok(await isFocused(dialog.getByRole('button', { name: 'Add group' })));
  await keyboard.press('Enter');
  await focused(part(2, 'Field'));
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('TLS 1.0');
  await dialog.getByRole('button', { name: 'Add condition to group 1' }).press('Enter');
  await focused(part(3, 'Field'));
  // One too many: what is nearest has the focus then.
  await dialog.getByRole('button', { name: 'Add condition', exact: true }).press('Enter');
  await dialog.getByRole('button', { name: 'Remove condition 2' }).press('Enter');
  await focused(dialog.getByRole('button', { name: 'Remove condition 2' }));
  await dialog.getByText('Sender domain ends with .example, and TLS version is TLS 1.0 or No TLS').waitFor();
  await part(1, 'Value').press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Filtered: Sender domain ends with .example, and TLS version is TLS 1.0 or No TLS').waitFor();
  await page.getByText('2 rows', { exact: true }).waitFor();
  await total(page, 3);
  assert.ok(page.url().endsWith('&filter=all(sender-domain~ends~.example,any(tls~is~1.0,tls~is~none))'), page.url());
  assert.ok(await isFocused(page.getByRole('button', { name: 'Change filter' })));
  await page.getByRole('button', { name: 'View report' }).click();
  await chartFigures(page);
  await page.getByRole('row', { name: /^2026-09-09 3$/ }).waitFor();
  await page.getByRole('row', { name: /^2026-09-10 2$/ }).waitFor();
  await page.getByRole('button', { name: 'Remove filters' }).press('Enter');
  await focused(page.getByRole('button', { name: 'Add filter' }));
  await chartFigures(page);
  await page.getByRole('row', { name: /^2026-09-10 6 5 11$/ }).waitFor();
  await page.goBack();
  await chartFigures(page);
  await page.getByRole('row', { name: /^2026-09-10 2$/ }).waitFor();
});

test('an address brings its filter, says what of it is not understood and what the data does not have', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report?v=1&filter=all(tls~is~1.0,cipher~has~GCM,moon~is~full)');
  await page.getByText('Filtered: TLS version is TLS 1.0, and cipher suite contains GCM').waitFor();
  await page.getByText('made by another version of mailflow').waitFor();
  await page.getByText('Not applied: this data has no cipher suite.').waitFor();
  await chartFigures(page);
  await page.getByRole('row', { name: /^2026-09-10 0 5 5$/ }).or(page.getByRole('row', { name: /^2026-09-10 5 0 5$/ })).waitFor();
  // A hundred conditions are one filter.
  const many = Array.from({ length: 99 }, (_, index) => `sender-domain~is~d${index}.example`).join(',');
  await page.evaluate((hash) => (location.hash = hash), `#/connector-report?v=1&filter=any(${many},sender-domain~is~new.example)`);
  await page.getByText('Filtered: 100 conditions').waitFor();
  await chartFigures(page);
  await page.getByRole('row', { name: /^2026-09-10 4$/ }).waitFor();
  await page.evaluate(() => (location.hash = '#/connector-report?v=1&filter=all(connector~is~nobody)'));
  await page.getByText('No messages of this period pass the filter').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Remove filters' }).last().click();
  await page.getByText('No messages of this period pass the filter').waitFor({ state: 'hidden' });
});

inBothForms('a filter is kept only when a person saves it, under a name', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&filter=all(tls~is~1.0)');
  const stored = () => page.evaluate(() => Object.entries(localStorage));
  assert.deepEqual(await stored(), []);
  await page.getByRole('button', { name: 'Change filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter messages' });
  await dialog.getByRole('button', { name: 'Save in this browser' }).click();
  await dialog.getByText('Enter a name').waitFor();
  await page.keyboard.type('Old TLS');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Delete Old TLS' }).waitFor();
  assert.deepEqual(await stored(), [['mailflow.filter:Old TLS', 'all(tls~is~1.0)']]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  // Another report has its own filter, and the same saved ones.
  await page.evaluate(() => (location.hash = '#/connector-report'));
  await page.getByRole('button', { name: 'Add filter' }).click();
  await dialog.getByRole('combobox', { name: 'Saved filters' }).selectOption('Old TLS');
  await dialog.getByText('TLS version is TLS 1.0', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Filtered: TLS version is TLS 1.0').waitFor();
  await page.getByRole('button', { name: 'Change filter' }).click();
  await dialog.getByRole('combobox', { name: 'Saved filters' }).selectOption('Old TLS');
  await dialog.getByRole('button', { name: 'Delete Old TLS' }).click();
  await dialog.getByRole('combobox', { name: 'Saved filters' }).waitFor({ state: 'hidden' });
  assert.deepEqual(await stored(), []);
});

test('values of the data are offered, and a filter has an end', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report');
  await page.getByRole('button', { name: 'Add filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter messages' });
  await dialog.getByLabel('Field').selectOption('Sender domain');
  await page.waitForFunction(() => document.querySelectorAll('datalist option').length === 3);
  assert.equal(await dialog.getByLabel('Value').getAttribute('placeholder'), 'Not recorded');
  await page.keyboard.press('Escape');
  const full = Array.from({ length: 200 }, () => 'tls~is~1.0').join(',');
  await page.evaluate((hash) => (location.hash = hash), `#/connector-report?v=1&filter=any(${full})`);
  await page.getByText('Filtered: 200 conditions').waitFor();
  await page.getByRole('button', { name: 'Change filter' }).click();
  await dialog.getByText('A filter holds at most 200 conditions').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Add condition', exact: true }).isDisabled());
});

test('filters read in Korean', async (t) => {
  const hash = '#/connector-report?v=1&filter=all(sender-domain~ends~.example,any(tls~is~1.0,share-none~gt~5),volume~between~1~900)';
  const page = await show(t, 'hosted', hash, { locale: 'ko-KR' });
  await page.getByText('필터: 보낸 사람 도메인이 .example(으)로 끝남, 그리고 (TLS 버전이 TLS 1.0, 또는 TLS 없음 비율이 5% 초과), 그리고 볼륨이 1 이상 900 이하').waitFor();
  await page.getByRole('button', { name: '필터 변경' }).click();
  const dialog = page.getByRole('dialog', { name: '메시지 필터' });
  await dialog.getByRole('group', { name: '그룹 1' }).getByRole('group', { name: '조건 4' }).waitFor();
});
