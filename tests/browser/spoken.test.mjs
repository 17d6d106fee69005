// What is told to who listens: an import from its start to its end, what dialogs do, and the figures of drawings.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writer } from './made.mjs';
import { choose, drop, inBothForms, open, whenDone, withBrowser } from './support.mjs';
import { writeData } from './views.mjs';

withBrowser();

const data = writeData();
after(() => data.remove());
const write = writer('spoken');
const empty = mkdtempSync(join(tmpdir(), 'mailflow-empty-'));
after(() => rmSync(empty, { recursive: true }));

/** Keeps every text of the page's live region, which is there before anything is said. */
const listened = (page) =>
  page.evaluate(() => {
    const region = [...document.querySelectorAll('[role=status][aria-live=polite]')].find((part) => !part.closest('main, dialog'));
    window.heard = [];
    new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { characterData: true, childList: true, subtree: true });
  });
/** Waits for what is told, and gives all that was told until then. */
async function hears(page, what) {
  await page.waitForFunction((pattern) => window.heard.some((text) => new RegExp(pattern).test(text)), what.source);
  return page.evaluate(() => window.heard.splice(0));
}

/** The tree that Chromium hands to screen readers: role, name, and other properties of each node that is in it. */
async function spokenTree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, properties = [] }) => ({
      role: role.value,
      name: name?.value ?? '',
      ...Object.fromEntries(properties.map(({ name: property, value }) => [property, value.value])),
    }));
}
const ofRole = (tree, ...roles) => tree.filter(({ role }) => roles.includes(role));

for (const [locale, start, end, unread, nothing, cancelled] of [
  ['en-US', /^Reading 1 file$/, /^Done: 1 file, [\d,]+ rows, [\d,]+ messages$/, /; 1 file could not be read, see Files$/, /^There were no files in what you dropped$/, /; Cancelled; what was read so far is shown$/],
  ['ko-KR', /^파일 1개를 읽습니다$/, /^완료: 파일 1개, [\d,]+행, 메시지 [\d,]+개$/, /; 파일 1개를 읽지 못했습니다/, /^놓은 항목에 파일이 없습니다$/, /; 취소했습니다/],
]) {
  test(`an import tells its start, its end, what failed, and that it was cancelled (${locale})`, async (t) => {
    const page = await open(t, 'hosted', { locale });
    const [region] = ofRole(await spokenTree(page), 'status').filter(({ live }) => live === 'polite');
    assert.ok(region, 'the region is there before anything is said');
    await listened(page);
    await choose(page, data.paths[0]);
    // Nothing between start and end: how far it is would never end.
    const [began, ...ended] = await hears(page, end);
    assert.match(began, start);
    assert.equal(ended.length, 1);
    await choose(page, write('photo.csv', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])));
    await hears(page, unread);
    await drop(page, empty);
    await hears(page, nothing);
    await choose(page, data.slow());
    await page.getByRole('button', { name: /^(Cancel|취소)$/ }).click();
    await hears(page, cancelled);
  });
}

inBothForms('what is done in a dialog is told within it, since all else is inert', async (t, form) => {
  const page = await open(t, form);
  await choose(page, data.paths.slice(0, 1));
  await whenDone(page);
  await page.keyboard.press('3');
  await page.getByRole('heading', { level: 1, name: 'Connector report' }).waitFor();
  await page.getByRole('button', { name: 'Add filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter messages' });
  // What was said before it opened is not said again.
  assert.deepEqual((await dialog.getByRole('status').allInnerTexts()).join(''), '');
  await dialog.getByRole('textbox', { name: 'Value' }).or(dialog.getByLabel('Value')).first().waitFor();
  await dialog.getByRole('combobox', { name: 'Field' }).selectOption('TLS version');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Old TLS');
  await dialog.getByRole('button', { name: 'Save in this browser' }).click();
  await dialog.getByRole('status').filter({ hasText: 'Saved as Old TLS' }).waitFor({ state: 'attached' });
  const said = ofRole(await spokenTree(page), 'status', 'StaticText', 'InlineTextBox').filter(({ name }) => name === 'Saved as Old TLS');
  assert.ok(said.length > 0, 'it is in what the browser hands to screen readers');
});

/** A day of a table, as sentences have it. */
const written = (day) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));
/** The numbers of a text, as they are written. */
const numbers = (text) => text.match(/\d[\d,]*/g) ?? [];

test('a chart of days has a name, its days are told one by one, and a table has the same figures', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, data.paths.slice(0, 1));
  await whenDone(page);
  await page.evaluate(() => (location.hash = '#/connector-report?v=1&days=all'));
  const plot = page.getByRole('application');
  await plot.waitFor();
  const tree = await spokenTree(page);
  const [chart] = ofRole(tree, 'application');
  assert.match(chart.name, /: messages a day, 1 August – 9 September 2026\. Arrow keys go from day to day\.$/);
  assert.ok(chart.focusable);
  assert.ok(ofRole(tree, 'figure').every(({ name }) => name !== ''));
  // Shapes are for eyes: nothing of the drawing stands between name and table.
  assert.deepEqual(ofRole(tree, 'SvgRoot', 'graphics-document', 'img', 'image').filter(({ name }) => name === ''), []);
  await page.locator('summary', { hasText: 'Chart as a table' }).click();
  const rows = page.locator('.day-chart table tbody tr');
  assert.equal(await rows.count(), 40);
  await plot.focus();
  for (const [key, at] of [['Home', 0], ['ArrowRight', 1], ['End', 39], ['ArrowLeft', 38]]) {
    await page.keyboard.press(key);
    const [day, ...cells] = (await rows.nth(at).locator('th, td').allInnerTexts()).map((text) => text.trim());
    const status = page.locator('.day-chart').getByRole('status').filter({ hasText: `${written(day)}. ` });
    await status.waitFor({ state: 'attached' });
    const spoken = await status.innerText();
    const names = (await page.locator('.day-chart table thead th').allInnerTexts()).slice(1);
    for (const [column, cell] of cells.entries()) assert.ok(spoken.includes(`${names[column].trim()}: ${cell}`), `${names[column]}: ${cell} in ${spoken}`);
  }
  // Each series is a switch that tells whether it is on.
  const legend = ofRole(await spokenTree(page), 'button', 'ToggleButton').filter(({ pressed }) => pressed !== undefined);
  assert.equal(legend.length, (await page.locator('.legend button').count()));
  assert.ok(legend.every(({ name }) => name !== ''));
});

test('a trend tells each week, and a table has the same figures', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, data.paths.slice(0, 1));
  await whenDone(page);
  await page.evaluate(() => (location.hash = '#/connector-report?v=1&days=all&by=trend'));
  const plot = page.getByRole('application');
  await plot.waitFor();
  assert.match(ofRole(await spokenTree(page), 'application')[0].name, /TLS versions by week, .* – .*\. Arrow keys go from week to week\.$/);
  await page.locator('summary', { hasText: 'Chart as a table' }).click();
  const last = page.locator('.week-chart table tbody tr').last();
  const [week, , , ...cells] = (await last.locator('th, td').allInnerTexts()).map((text) => text.trim());
  await plot.focus();
  await page.keyboard.press('End');
  const status = page.locator('.week-chart').getByRole('status').filter({ hasText: week });
  await status.waitFor({ state: 'attached' });
  const spoken = await status.innerText();
  for (const cell of cells) assert.ok(spoken.includes(cell), `${cell} in ${spoken}`);
});

test('rings and pies are named with their figures, and rows beside them have the same', async (t) => {
  const page = await open(t, 'hosted');
  await choose(page, data.paths.slice(0, 2));
  await whenDone(page);
  const rings = ofRole(await spokenTree(page), 'img', 'image');
  assert.ok(rings.length >= 3);
  for (const { name } of rings) assert.match(name, /, messages by TLS: [\d.]+%/);
  await page.getByRole('region', { name: 'Outbound and inbound mail flow' }).getByRole('button', { name: 'View details' }).click();
  const dialog = page.getByRole('dialog');
  for (const direction of ['Outbound', 'Inbound']) {
    const pie = dialog.getByRole('img', { name: new RegExp(`^${direction}, messages by TLS: `) });
    const rows = dialog.getByRole('table', { name: direction, exact: true }).getByRole('row');
    await pie.focus();
    await page.keyboard.press('Home');
    const status = dialog.getByRole('status').filter({ hasText: /: [\d,]+/ });
    await status.first().waitFor({ state: 'attached' });
    const [version, count] = (await status.first().innerText()).split(': ');
    const figures = await rows.filter({ hasText: version }).first().innerText();
    assert.ok(figures.includes(numbers(count)[0]), `${version}: ${count} in ${figures}`);
    await page.keyboard.press('Escape');
  }
});
