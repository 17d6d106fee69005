// The audit report and what else is taken from the page as evidence: figures
// equal to the views, PDF read back, digests, charts as files, copied tables.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, truncateSync, unlinkSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launchFirefox } from './firefox.mjs';
import { auth, flow, lines, writer } from './made.mjs';
import { address, choose, downloaded, drop, inBothForms, open, until, whenDone, withBrowser } from './support.mjs';

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

inBothForms('SHA-256 of a large file is cancelled half-way, and can be begun again', async (t, form) => {
  const large = write('zeros.bin', '');
  truncateSync(large, 400e6);
  const page = await show(t, form, '#/audit-report?v=1', {}, [...files(), large]);
  const box = page.getByRole('checkbox', { name: 'SHA-256 of each file' });
  await box.check();
  const bar = page.getByRole('progressbar', { name: 'SHA-256 of each file' });
  await page.getByText(/SHA-256: 2 of 3 files done, .* of 400\.0 MB read/).waitFor();
  await page.getByRole('button', { name: 'Cancel SHA-256' }).click();
  await bar.waitFor({ state: 'detached' });
  assert.equal(await box.isChecked(), false);
  assert.doesNotMatch(page.url(), /sha256/);
  // The worker answers, and what was done stays.
  await page.getByLabel('Charts').uncheck();
  await paper(page).getByRole('heading', { name: 'Messages a day, by connector' }).waitFor({ state: 'detached' });
  await box.check();
  await page.getByRole('status').filter({ hasText: 'SHA-256 of 3 files worked out' }).waitFor({ state: 'attached' });
  const hash = createHash('sha256');
  for (let piece = 0; piece < 400; piece += 1) hash.update(Buffer.alloc(1e6));
  await paper(page).getByText(hash.digest('hex')).waitFor();
});

for (const [locale, said, why, box, name] of [
  ['en-US', 'SHA-256 of 2 files could not be worked out.', /the file was changed, moved or deleted since it was read/, 'SHA-256 of each file', 'Connectors'],
  ['ko-KR', '파일 2개의 SHA-256을 계산하지 못했습니다.', /파일이 바뀌었거나 옮겨졌거나 삭제되었거나/, '파일별 SHA-256', '커넥터'],
]) {
  test(`a file that has changed or gone since it was read has no SHA-256, and says why (${locale})`, async (t) => {
    const [kept, changed] = files();
    const gone = write('gone.csv', flow + lines(2, '2026-09-09T09:00:00Z', 'Inbound', 'Gone', 'Partner', 'TLS1_2', ''));
    const digest = createHash('sha256').update(readFileSync(kept)).digest('hex');
    const page = await show(t, 'hosted', '#/audit-report?v=1', { locale }, [kept, changed, gone]);
    appendFileSync(changed, 'more');
    utimesSync(changed, new Date(), new Date(Date.now() + 60_000));
    unlinkSync(gone);
    await page.getByRole('checkbox', { name: box }).check();
    await page.getByText(said).waitFor();
    await paper(page).getByText(digest).waitFor();
    assert.equal(await paper(page).getByText(why).count(), 2);
    // The figures that were read stay.
    await paper(page).getByRole('row', { name: /Gone/ }).first().waitFor();
    assert.equal(await page.getByRole('checkbox', { name, exact: true }).isEnabled(), true);
  });
}

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

/** The text of a PDF, page by page. */
function pagesOf(path) {
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 64e6 });
  return text.split('\f').slice(0, -1);
}

/** The lines of a page that are no page number and not empty. */
const told = (page) => page.split('\n').map((line) => line.trim()).filter((line) => line && !/^(mailflow\s+)?\d+ ?\/ ?\d+$/.test(line));

const pdf = async (page, name, format = 'A4') => {
  const path = write(`${name}.pdf`, '');
  await page.pdf({ path, format });
  return path;
};

/** A hundred connectors, and three hundred senders with old TLS. */
const many = () => [
  write(
    'many-connectors.csv',
    flow +
      Array.from({ length: 100 }, (_, n) => lines(100 - (n % 50), `2026-09-0${1 + (n % 8)}T09:00:00Z`, n % 2 ? 'Inbound' : 'Outbound', `Connector ${n} of the branch office`, 'Partner', n % 3 ? 'TLS1_2' : 'TLS1_0', 'True')).join(''),
  ),
  write('many-senders.csv', auth + Array.from({ length: 300 }, (_, n) => lines(2, '2026-09-08T09:00:00Z', `device${n}@dom${n % 40}.example`, `192.0.2.${n % 250}`, 'TLS1_0', 'Basic')).join('')),
];

/** No heading stands alone at the end of a page, rows have the head of their table, and all rows are there. */
function holdTogether(path, headings) {
  const pages = pagesOf(path);
  assert.ok(pages.length > 8, `${pages.length} pages`);
  for (const [index, text] of pages.entries()) {
    const last = told(text).at(-1);
    // Rows of the work list end with a direction, too.
    assert.ok(!headings.includes(last) || /^(?:In|Out)bound$/.test(last), `page ${index + 1} ends with the heading ${last}`);
    const rows = text.split('\n').filter((line) => /device\d+@/.test(line));
    if (rows.length > 0) assert.match(text, /Sender address|Account, connector or/, `page ${index + 1} has rows without a head`);
  }
  const dense = pages.join('').replace(/\s+/g, '');
  for (let n = 0; n < 100; n += 1) assert.ok(dense.includes(`Connector${n}ofthe`), `connector ${n}`);
  for (let n = 0; n < 300; n += 1) assert.ok(dense.includes(`device${n}@dom${n % 40}`), `sender ${n}`);
}

for (const format of ['A4', 'Letter']) {
  test(`long tables have their head on every page, and no heading ends one (${format})`, async (t) => {
    const page = await show(t, 'hosted', '#/audit-report?v=1&days=all&rows=1000', {}, many());
    await paper(page).getByRole('heading', { level: 3 }).last().waitFor();
    const headings = (await paper(page).locator('h3, h4, h5').allInnerTexts()).map((text) => text.trim());
    holdTogether(await pdf(page, `many-${format}`, format), headings);
    // A row is on one page, with all of its lines.
    await page.emulateMedia({ media: 'print' });
    const cut = await paper(page).locator('tr').evaluateAll((rows) => rows.filter((row) => getComputedStyle(row).breakInside !== 'avoid').length);
    assert.equal(cut, 0);
  });
}

test('Firefox prints it so, too', { timeout: 120_000 }, async (t) => {
  const firefox = await launchFirefox();
  t.after(() => firefox.close());
  const page = await firefox.browser.newPage();
  await page.goto(`${address('hosted')}#/audit-report?v=1&days=all&rows=1000`);
  await page.evaluate(() => window.mailflow.sealed);
  await (await page.$('input[type=file]')).uploadFile(...many());
  await page.waitForSelector('html[data-import="done"]');
  await page.waitForSelector('.paper .files-read');
  const headings = await page.$$eval('.paper :is(h3, h4, h5)', (all) => all.map((one) => one.innerText.trim()));
  const path = write('firefox.pdf', '');
  await page.pdf({ path, format: 'A4', margin: { top: '16mm', bottom: '18mm', left: '15mm', right: '15mm' } });
  holdTogether(path, headings);
});

test('nothing is cut off at the edge of the paper, however long names are', async (t) => {
  const long = 'averylongname'.repeat(20);
  const address = `${'sender'.repeat(10)}@${'domain'.repeat(10)}.example`;
  const given = [
    write('long.csv', flow + lines(3, '2026-09-09T09:00:00Z', 'Inbound', long, 'Partner', 'TLS1_0', 'False') + lines(3, '2026-09-09T09:00:00Z', 'Inbound', '본사메일게이트웨이'.repeat(15), 'Partner', 'TLS1_0', 'False')),
    write('auth.csv', auth + lines(6, '2026-09-08T09:00:00Z', address, '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff', 'TLS1_0', 'Basic')),
  ];
  const page = await show(t, 'hosted', `#/audit-report?v=1&title=${'Title'.repeat(40)}`, {}, given);
  await paper(page).getByRole('heading', { level: 3 }).last().waitFor();
  const dense = pagesOf(await pdf(page, 'long')).join('').replace(/\s+/g, '');
  // Letters of a cell may be parted by those of the cells beside it; none may be missing.
  const count = (text, letter) => text.split(letter).length - 1;
  assert.ok(count(dense, 'v') >= 20);
  assert.ok(dense.includes('Title'.repeat(10)));
  await page.emulateMedia({ media: 'print' });
  for (const width of [Math.round((210 - 30) / 25.4 * 96), Math.round((215.9 - 30) / 25.4 * 96)]) {
    await page.setViewportSize({ width, height: 1000 });
    const wider = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth + 1;
      return [...document.querySelectorAll('.paper *')].filter((one) => one.getBoundingClientRect().right > edge).map((one) => one.outerHTML.slice(0, 120));
    });
    assert.deepEqual(wider, [], `${width} pixels`);
  }
});

inBothForms('a period without data, and one row, give a document that says so', async (t, form) => {
  const one = [write('one.csv', flow + lines(1, '2026-09-09T09:00:00Z', 'Inbound', 'Gate', 'Partner', 'TLS1_2', 'True'))];
  const page = await show(t, form, '#/audit-report?v=1&from=2020-01-01&to=2020-01-31', {}, one);
  await paper(page).getByRole('heading', { name: 'Connector report' }).waitFor();
  assert.equal(pagesOf(await pdf(page, `empty-${form}`)).length <= 3, true);
  await page.getByLabel('Start date').fill('2026-09-09');
  await page.getByLabel('End date').fill('2026-09-09');
  await paper(page).getByRole('region', { name: 'Connector report' }).getByRole('row', { name: /Gate/ }).waitFor();
});

inBothForms('a filter is said in words, and every figure is of it or says that it is not', async (t, form) => {
  const page = await show(t, form, '#/audit-report?v=1&filter=all(tls~is~1.0)', {}, [...files(), 'tests/samples/tls-report.json']);
  await paper(page).getByText('Filtered: TLS version is TLS 1.0').waitFor();
  const basis = paper(page).getByRole('row', { name: /^Filters/ });
  await basis.getByText('TLS version is TLS 1.0').waitFor();
  await paper(page).getByText('4 of 9 inbound and outbound messages pass the filter.').waitFor();
  await paper(page).getByText('6 of 8 messages with SMTP AUTH pass the filter.').waitFor();
  const row = (region, name) => paper(page).getByRole('region', { name: region, exact: true }).getByRole('row', { name });
  assert.equal((await cells(row('Connector report', /1\+1/))).at(-1), '4');
  // Unusual activity and what others report know no filter.
  assert.equal(await paper(page).getByText('The filter does not change this').count(), 2);
  await page.getByRole('button', { name: 'Remove filters' }).click();
  await paper(page).getByText('None: all messages of the period are counted.').waitFor();
  assert.doesNotMatch(page.url(), /filter/);
  await page.getByRole('button', { name: 'Add filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter messages' });
  await dialog.getByLabel('Field', { exact: true }).first().selectOption({ label: 'Authentication protocol' });
  await dialog.getByLabel('Value', { exact: true }).first().selectOption({ label: 'Modern authentication (OAuth)' });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await paper(page).getByText('2 of 8 messages with SMTP AUTH pass the filter.').waitFor();
  // Mail flow has no such field, which each of its sections says.
  await paper(page).getByText('9 of 9 inbound and outbound messages pass the filter.').waitFor();
  assert.ok((await paper(page).locator('.note').count()) >= 2);
});

test('what others report is a section of its own, when there is any', async (t) => {
  const page = await show(t, 'hosted', '#/audit-report?v=1&days=all', {}, [...files(), 'tests/samples/tls-report.json', 'tests/samples/tls-reports.json']);
  await paper(page).getByRole('heading', { name: 'What other senders report' }).waitFor();
  await paper(page).getByText('600 sessions: 560 successful (93.33%), 40 failed (6.67%)').waitFor();
  const table = paper(page).getByRole('region', { name: /^By sending organization: contoso\.example/ }).first();
  assert.deepEqual(await cells(table.getByRole('row', { name: /^Fabrikam Mail/ })), ['Fabrikam Mail', '470', '30', '6.00%']);
  await paper(page).getByRole('region', { name: /^Failures: contoso\.example/ }).first().getByRole('row', { name: /certificate-expired/ }).waitFor();
  const text = pagesOf(await pdf(page, 'reported')).join('\n');
  assert.match(text, /Fabrikam Mail +470 +30 +6\.00%/);
  await page.getByLabel('What other senders report (TLS-RPT)').uncheck();
  await paper(page).getByRole('heading', { name: 'What other senders report' }).waitFor({ state: 'detached' });
});

inBothForms('a chart is saved as SVG that stands alone, and as PNG', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&days=7');
  const menu = page.getByText('Save chart').first();
  await menu.click();
  const [svgName, svg] = await downloaded(page, () => page.getByRole('button', { name: /^Save as SVG/ }).click());
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
  const [pngName, png] = await downloaded(page, () => page.getByRole('button', { name: /^Save as PNG/ }).click());
  assert.equal(pngName, svgName.replace('svg', 'png'));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  const [, width] = /width="(\d+)"/.exec(svg.toString());
  assert.equal(png.readUInt32BE(16), 2 * Number(width));
  // One colour packs to next to nothing.
  assert.ok(png.length > 10_000, `${png.length} bytes`);
});

/** Copies from the menu of that name; what is then on the clipboard. */
async function copied(page, where, as, said) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  // What an earlier copy left and said must not pass for this one's.
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await where.locator('summary', { hasText: 'Copy' }).click();
  await where.getByRole('button', { name: as }).click();
  await until(page, async () => (await navigator.clipboard.readText()) !== '');
  // An open dialog says it, too: what is outside of it is inert.
  await page.getByRole('status').filter({ hasText: said }).first().waitFor({ state: 'attached' });
  return (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
}

inBothForms('a table is copied as text and as Markdown, and said so', async (t, form) => {
  const page = await show(t, form, '#/connector-report?v=1&days=7&view=table');
  const text = await copied(page, page, 'As text (tab separated)', '3 rows copied');
  assert.equal(text.length, 4);
  assert.ok(text.some((line) => line.includes(`Inbound: ${odd}`)));
  await page.getByRole('searchbox').fill('a|b');
  await page.getByText('2 of 3').waitFor();
  const markdown = await copied(page, page, 'As Markdown', '2 rows copied');
  assert.equal(markdown.length, 4);
  assert.match(markdown[1], /^\| --- .*---: \|$/);
  assert.ok(markdown[2].includes('a\\|b\\`c\\`'), markdown[2]);
});

inBothForms('single messages are copied as text and as Markdown', async (t, form) => {
  const page = await show(t, form, '#/smtp-auth-clients-report?v=1&view=table&days=all');
  await page.getByRole('button', { name: 'scanner@office.example' }).click();
  const dialog = page.getByRole('dialog', { name: 'scanner@office.example' });
  await dialog.getByRole('button', { name: 'Show messages' }).click();
  await dialog.getByText('6 messages', { exact: true }).waitFor();
  const text = await copied(page, dialog, /^As text/, '6 rows copied');
  assert.equal(text.length, 7);
  assert.match(text[0], /^Time\tRecipients\tSubject\t/);
  assert.match(text[1], /^2026-09-08 09:00:00\t.*\t192\.0\.2\.7\tTLS 1\.0\t/);
  const markdown = await copied(page, dialog, /^As Markdown/, '6 rows copied');
  assert.match(markdown[1], /^(\| --- )+\|$/);
  assert.match(markdown[2], /^\| 2026-09-08 09:00:00 \|/);
});

test('messages that the clipboard refuses are saved from the flyout', async (t) => {
  const page = await show(t, 'hosted', '#/smtp-auth-clients-report?v=1&view=table&days=all', {
    prepare: (page) => page.addInitScript(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }),
  });
  await page.getByRole('button', { name: 'scanner@office.example' }).click();
  const dialog = page.getByRole('dialog', { name: 'scanner@office.example' });
  await dialog.getByRole('button', { name: 'Show messages' }).click();
  await dialog.locator('summary', { hasText: 'Copy' }).click();
  await dialog.getByRole('button', { name: /^As text/ }).click();
  const [, text] = await downloaded(page, () => dialog.getByRole('button', { name: 'Save as a file' }).click());
  assert.equal(text.toString().trim().split('\n').length, 7);
});

test('what other senders report is copied as it is downloaded', async (t) => {
  const page = await show(t, 'hosted', '', {}, ['tests/samples/tls-report.json']);
  const panel = page.getByRole('region', { name: 'What other senders report' });
  const [, csv] = await downloaded(page, () => panel.getByRole('button', { name: /CSV/ }).click());
  const rows = csv.toString().trim().split('\r\n');
  const text = await copied(page, panel, /^As text/, `${rows.length - 1} rows copied`);
  assert.equal(text.length, rows.length);
  assert.ok(text.some((line) => /^contoso\.example\tsts\t2026-09-03\t2026-09-03\t.*\tFabrikam Mail\t\t470\t30$/.test(line)), text.join('\n'));
  const markdown = await copied(page, panel, /^As Markdown/, 'rows copied');
  assert.equal(markdown.length, rows.length + 1);
  assert.match(markdown[1], /---: \| ---: \|$/);
});

test('the overview of organizations is copied as it is sorted', async (t) => {
  const folder = (name, count) => {
    const path = `all/${name}/week.csv`;
    mkdirSync(dirname(write('x', '').replace(/x$/, path)), { recursive: true });
    return write(path, flow + lines(count, '2026-09-09T09:00:00Z', 'Inbound', 'Gate', 'Partner', 'TLS1_2', 'True'));
  };
  const given = [folder('Contoso', 3), folder('Fabrikam', 5)];
  const page = await open(t, 'hosted');
  await drop(page, dirname(dirname(given[0])));
  await whenDone(page);
  await page.getByRole('button', { name: 'Organizations…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Whose files are these?' });
  await dialog.getByLabel('Group files').selectOption('By folder');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await whenDone(page, 2);
  const panel = page.getByRole('region', { name: 'Organizations', exact: true }).first();
  await panel.getByRole('button', { name: 'Inbound', exact: true }).click();
  const text = await copied(page, panel, /^As text/, '2 rows copied');
  assert.deepEqual(text.slice(1).map((line) => line.split('\t').slice(0, 5)), [['Fabrikam', '0', '', '5', '100%'], ['Contoso', '0', '', '3', '100%']]);
  const markdown = await copied(page, panel, /^As Markdown/, '2 rows copied');
  assert.match(markdown[2], /^\| Fabrikam \| 0 \|/);
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
  const [name, text] = await downloaded(page, () => page.getByRole('button', { name: 'Save as a file' }).click());
  assert.equal(name, 'connector-report.md');
  assert.equal(text.toString().trim().split('\n').length, 5);
});
