// Files that mean harm: markup, script, formulas and names that a language gives a meaning, in the names of
// every format. They are shown as what they are.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { choose, inBothForms, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const folder = mkdtempSync(join(tmpdir(), 'mailflow-hostile-'));
after(() => rmSync(folder, { recursive: true }));

/** Every sample of ours with other names in it; its paths. */
function samples(person, company) {
  const names = readdirSync('tests/samples').filter((name) => name !== 'README.md');
  return names.map((name) => {
    const bytes = readFileSync(join('tests/samples', name));
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'latin1';
    const inText = (text) => (encoding === 'latin1' ? Buffer.from(text).toString('latin1') : text);
    const text = bytes
      .toString(encoding)
      .replaceAll(/\b(lee|kim|alex|scanner|choi|anna|blake|sam|info|root|orders|dana|news|robot|yoon)@/g, `${inText(person)}@`)
      .replaceAll(/fabrikam|datacenter|Litware/gi, inText(company));
    const path = join(folder, name);
    writeFileSync(path, Buffer.from(text, encoding));
    return path;
  });
}

/** Nothing that a file says has become an element, or has run. */
async function isHarmless(page, view) {
  const elements = await page.evaluate(() => {
    const found = document.body.querySelectorAll('img, iframe, object, embed, [onerror], [onload], [onmouseover], b > *');
    return [...found].map((element) => element.outerHTML.slice(0, 200));
  });
  assert.deepEqual(elements, [], view);
  assert.equal(await page.evaluate(() => window.trapped), undefined, view);
}

/** Every view, with its table and the details of its first rows; all texts that were seen. */
async function walk(page) {
  const seen = [];
  const look = async (view) => {
    await isHarmless(page, view);
    seen.push(await page.locator('body').innerText());
  };
  await look('dashboard');
  for (const row of await page.getByRole('region', { name: 'Files' }).locator('summary').all()) await row.click();
  await look('files');
  const links = page.getByRole('navigation').first().getByRole('link');
  for (let number = 1; number < (await links.count()); number += 1) {
    await links.nth(number).click();
    const view = await page.getByRole('heading', { level: 1 }).innerText();
    const period = page.getByLabel('Period', { exact: true });
    if (await period.count()) await period.selectOption({ label: 'All of the data' });
    const table = page.getByRole('button', { name: 'View details table' });
    if (await table.count()) await table.click();
    const row = page.getByRole('table').last().getByRole('row').nth(1);
    if (await row.count()) {
      await row.waitFor();
      await look(`${view}, table`);
      const opener = row.getByRole('button').first();
      if (await opener.count()) {
        await opener.click();
        await page.getByRole('dialog').getByRole('heading').first().waitFor();
        await look(`${view}, details`);
        await page.keyboard.press('Escape');
      }
    }
  }
  return seen.join('\n');
}

inBothForms('markup and script in the names of every format stay text', { timeout: 240_000 }, async (t, form) => {
  const prepare = (page) => page.addInitScript(() => (window.trap = () => (window.trapped = true)));
  const page = await open(t, form, { prepare });
  const person = 'x<img/src=x/onerror=trap()>y';
  const company = '<b/onmouseover=trap()>"><script>trap()</script>';
  await choose(page, samples(person, company));
  await whenDone(page, 1, 120_000);
  await page.keyboard.press('Escape');
  const seen = await walk(page);
  assert.ok(seen.includes(person), 'the name of a person is shown');
  assert.ok(seen.includes('<b/onmouseover=trap()>'), 'the name of a company is shown');
});

for (const name of ['__proto__', 'constructor', "=HYPERLINK('http://a.example')", 'a\u202e\u200b', '%3Cscript%3E', '${x}{{x}}', '../../etc/passwd']) {
  test(`${JSON.stringify(name)} is a name`, { timeout: 240_000 }, async (t) => {
    const page = await open(t, 'hosted');
    await choose(page, samples(name, name));
    await whenDone(page, 1, 120_000);
    await page.keyboard.press('Escape');
    const seen = await walk(page);
    const shown = name.replace('\u202e', '[U+202E]').replace('\u200b', '[U+200B]');
    assert.ok(seen.includes(shown), 'it is shown');
  });
}
