// The audit report and what else is taken from the page as evidence: figures
// equal to the views, PDF read back, digests, charts as files, copied tables.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { auth, flow, lines, writer } from './made.mjs';
import { address, choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('audit');
const odd = '=1+1 a|b`c`';

/** Nine messages over connectors and eight of SMTP AUTH, in one week. */
const files = () => [
  write(
    'connectors.csv',
    flow +
      lines(4, '2026-09-09T09:00:00Z', 'Inbound', odd, 'Partner', 'TLS1_0', 'False') +
      lines(1, '2026-09-10T09:00:00Z', 'Inbound', odd, 'Partner', 'No TLS', 'False') +
      lines(4, '2026-09-10T09:00:00Z', 'Outbound', '', 'NoConnector', 'TLS1_3', ''),
  ),
  write(
    'senders.csv.gz',
    gzipSync(
      auth +
        lines(6, '2026-09-08T09:00:00Z', 'scanner@office.example', '192.0.2.7', 'TLS1_0', 'Basic') +
        lines(2, '2026-09-10T09:00:00Z', 'app@shop.example', '198.51.100.1', 'TLS1_3', 'Modern'),
    ),
  ),
];

const show = async (t, form, hash, options = {}, given = files()) => {
  const page = await open(t, form, { ...options, url: address(form) + hash });
  await choose(page, given);
  await whenDone(page);
  return page;
};
const paper = (page) => page.getByRole('article');
const saved = async (page, act) => {
  const download = page.waitForEvent('download');
  await act();
  const file = await download;
  return [file.suggestedFilename(), readFileSync(await file.path())];
};
const cells = async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

inBothForms('the document has the figures, what is ticked off, and the account of the files', async (t, form) => {
  const page = await show(t, form, '#/readiness');
  await page.getByRole('checkbox', { name: /scanner@office\.example/ }).check();
  await page.getByRole('navigation').getByRole('link', { name: 'Audit report' }).click();
  await page.getByLabel('Title').fill('Evidence & more');
  await page.getByLabel('Organization, as printed').fill('Contoso <Ltd>');
  await paper(page).getByRole('heading', { name: 'Evidence & more' }).waitFor();
  await paper(page).getByText('Contoso <Ltd>').waitFor();
  const row = (region, name) => paper(page).getByRole('region', { name: region, exact: true }).getByRole('row', { name });
  assert.deepEqual(await cells(row('Messages protected in transit (by TLS)', /^TLS 1\.0/)), ['TLS 1.0', '0', '0%', '4', '80.00%']);
  assert.deepEqual((await cells(row('Connector report', /1\+1/))).slice(1), ['20.0% (1)', '80.0% (4)', '0% (0)', '0% (0)', '0% (0)', '5']);
  assert.match((await cells(row('Work list: TLS below 1.2 is refused', /scanner/)))[0], /Yes$/);
  await paper(page).getByText('1 of 2 are done.').waitFor();
  await row('Files', /connectors\.csv ConnectorReport|connectors\.csv/).first().waitFor();
  await page.getByLabel('Name addresses and clients, not only their numbers').uncheck();
  await paper(page).getByText('1 sender; addresses are not printed.').waitFor();
  assert.doesNotMatch(await paper(page).innerText(), /scanner@|192\.0\.2\.7/);
  await page.getByLabel('Charts').uncheck();
  await paper(page).getByRole('heading', { name: 'Messages a day, by connector' }).waitFor({ state: 'detached' });
  const asked = page.url();
  await page.goBack();
  await page.goForward();
  assert.equal(page.url(), asked);
  assert.match(asked, /title=Evidence%20%26%20more.*addresses=no&without=charts/);
});

inBothForms('SHA-256 is that of the file as it was dropped', async (t, form) => {
  const large = write('large.csv', flow + lines(60_000, '2026-09-09T09:00:00Z', 'Inbound', 'x'.repeat(60), 'Partner', 'TLS1_2', ''));
  const given = [...files(), large];
  const page = await show(t, form, '#/audit-report?v=1&sha256=yes', {}, given);
  for (const path of given) {
    const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
    await paper(page).getByText(digest).waitFor();
  }
});

for (const [locale, format, width, words] of [
  ['en-US', 'A4', '595', ['Summary', 'Connector report', 'SMTP Auth clients', 'Readiness', 'Basis of the figures', 'How messages are counted', 'No TLS']],
  ['en-US', 'Letter', '612', ['Summary', 'Basis of the figures']],
  ['ko-KR', 'A4', '595', ['요약', '커넥터 보고서', '준비 상태', '수치의 근거', 'TLS 없음']],
  ['ko-KR', 'Letter', '612', ['요약', '수치의 근거']],
]) {
  test(`as PDF it has all sections, the figures of the screen and page numbers (${locale}, ${format})`, async (t) => {
    const page = await open(t, 'hosted', { locale, colorScheme: 'dark', url: `${address('hosted')}#/audit-report?v=1&days=90` });
    await page.getByRole('button', { name: /sample data|샘플 데이터/i }).first().click();
    await whenDone(page);
    await paper(page).getByRole('heading', { level: 3 }).last().waitFor();
    const figures = (await paper(page).locator('td.figure').allInnerTexts()).map((text) => text.replace(/\s+/g, ''));
    const path = write(`${locale}-${format}.pdf`, '');
    await page.pdf({ path, format });
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    const pages = Number(/Pages:\s+(\d+)/.exec(info)[1]);
    assert.match(info, new RegExp(`Page size:\\s+${width}`));
    for (const word of words) assert.ok(text.includes(word), word);
    for (let number = 1; number <= pages; number += 1) assert.ok(text.includes(`${number} / ${pages}`) || text.includes(`${number}/${pages}`), `page ${number}`);
    const dense = text.replace(/\s+/g, '');
    const missing = figures.filter((figure) => !dense.includes(figure.replace(/\(.*/, '')));
    assert.deepEqual(missing, []);
    // What is operated is not on paper.
    assert.doesNotMatch(text, /Print or save as PDF|인쇄 또는 PDF로 저장/);
  });
}

inBothForms('a chart is saved as SVG that stands alone, and as PNG', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&days=7');
  const menu = page.getByText('Save chart').first();
  await menu.click();
  const [svgName, svg] = await saved(page, () => page.getByRole('button', { name: /^Save as SVG/ }).click());
  assert.equal(svgName, 'connector-report_all-mail-flow_2026-09-04_2026-09-10.svg');
  const read = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const painted = [...root.querySelectorAll('polyline, path, text')];
    return {
      tag: root.tagName,
      title: root.querySelector('title').textContent,
      texts: [...root.querySelectorAll('text')].map((one) => one.textContent),
      styled: painted.every((one) => one.hasAttribute('fill') && !one.hasAttribute('class')),
      scripts: root.querySelectorAll('script, foreignObject, [onload]').length,
    };
  }, svg.toString());
  assert.equal(read.tag, 'svg');
  assert.equal(read.title, 'All mail flow');
  assert.ok(read.texts.includes(`Inbound: ${odd}`) && read.texts.includes('09-09'), String(read.texts));
  assert.ok(read.styled);
  assert.equal(read.scripts, 0);
  assert.doesNotMatch(svg.toString(), /var\(|light-dark/);
  await menu.click();
  const [pngName, png] = await saved(page, () => page.getByRole('button', { name: /^Save as PNG/ }).click());
  assert.equal(pngName, svgName.replace('svg', 'png'));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const [, width] = /width="(\d+)"/.exec(svg.toString());
  assert.equal(png.readUInt32BE(16), 2 * Number(width));
  // One colour packs to next to nothing.
  assert.ok(png.length > 10_000, `${png.length} bytes`);
});

inBothForms('a table is copied as text and as Markdown, and said so', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&days=7&view=table');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copy = async (as) => {
    await page.locator('summary', { hasText: 'Copy' }).click();
    await page.getByRole('button', { name: as }).click();
    await page.getByRole('status').filter({ hasText: '3 rows copied' }).waitFor({ state: 'attached' });
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const text = (await copy('As text (tab separated)')).trim().split('\n');
  assert.equal(text.length, 4);
  assert.ok(text.some((line) => line.includes(`Inbound: ${odd}`)));
  await page.getByRole('searchbox').fill('a|b');
  await page.getByText('2 of 3').waitFor();
  await page.locator('summary', { hasText: 'Copy' }).click();
  await page.getByRole('button', { name: 'As Markdown' }).click();
  await page.getByRole('status').filter({ hasText: '2 rows copied' }).waitFor({ state: 'attached' });
  const markdown = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
  assert.equal(markdown.length, 4);
  assert.match(markdown[1], /^\| --- .*---: \|$/);
  assert.ok(markdown[2].includes('a\\|b\\`c\\`'), markdown[2]);
});

test('a clipboard that is refused gives a file', async (t) => {
  const page = await show(t, 'hosted', '#/connector-report?v=1&days=7&view=table', {
    prepare: (page) =>
      page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
      }),
  });
  await page.locator('summary', { hasText: 'Copy' }).click();
  await page.getByRole('button', { name: 'As Markdown' }).click();
  const [name, text] = await saved(page, () => page.getByRole('button', { name: 'Save as a file' }).click());
  assert.equal(name, 'connector-report.md');
  assert.equal(text.toString().trim().split('\n').length, 5);
});
