// What holds of every view and state for everyone: WCAG 2.2 AA as far as axe knows it, reflow from 320 to 2560 pixels,
// targets, no motion, and two complete languages. The table of views is views.mjs.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { faults } from './axe.mjs';
import { open, withBrowser } from './support.mjs';
import { walkAll, writeData } from './views.mjs';

withBrowser();

const data = writeData();
after(() => data.remove());

/** What is wider than its place, or wider than can be read. */
const tooWide = () => {
  const wrong = [];
  const page = document.documentElement.scrollWidth - innerWidth;
  if (page > 0) wrong.push(`the page by ${page} pixels`);
  const body = document.querySelector('dialog[open] .dialog-body');
  if (body && body.scrollWidth > body.clientWidth) wrong.push(`the dialog by ${body.scrollWidth - body.clientWidth} pixels`);
  const shown = [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('main p, dialog p')].filter((p) => p.checkVisibility());
  for (const p of shown) {
    const range = document.createRange();
    range.selectNodeContents(p);
    // 90 characters of the font, with some more for those that are narrow.
    const width = range.getBoundingClientRect().width / Number.parseFloat(getComputedStyle(p).fontSize);
    if (width > 60) wrong.push(`${Math.round(width)} em of a line: ${p.innerText.slice(0, 60)}`);
  }
  // What scrolls by itself can be scrolled with keys.
  for (const part of document.querySelectorAll('main *, dialog[open] *')) {
    const style = getComputedStyle(part);
    const scrolls = /auto|scroll/.test(style.overflowX) && part.scrollWidth > part.clientWidth + 1;
    if (scrolls && part.checkVisibility() && part.tabIndex < 0 && !part.matches('textarea, .dialog-body')) wrong.push(`no keys for ${part.className}`);
  }
  return wrong;
};

/** Targets that are less than 24 pixels wide or high and nearer to others than that (WCAG 2.5.8). */
const tooSmall = () => {
  const inside = document.querySelector('dialog[open]') ?? document.body;
  const operable = 'button, a[href], select, summary, textarea, input:not([type=file]), [role=application]';
  const targets = [...inside.querySelectorAll(operable)].filter((part) => part.checkVisibility() && !part.matches('.skip')).map((part) => {
    // A label is pressed as its box is.
    const area = part.closest('label') && part.matches('[type=checkbox], [type=radio]') ? part.closest('label') : part;
    const { x, y, width, height } = area.getBoundingClientRect();
    return { part, x, y, width, height };
  });
  const inText = ({ part }) => part.matches('a') && getComputedStyle(part).display === 'inline';
  const small = targets.filter((target) => target.width > 0 && (target.width < 23.5 || target.height < 23.5) && !inText(target));
  const far = (one, other) => {
    const [x, y] = [one.x + one.width / 2, one.y + one.height / 2];
    const across = Math.max(other.x - x, 0, x - other.x - other.width);
    const down = Math.max(other.y - y, 0, y - other.y - other.height);
    return Math.hypot(across, down) >= 12;
  };
  return small
    .filter((one) => targets.some((other) => other.part !== one.part && !one.part.contains(other.part) && !other.part.contains(one.part) && !far(one, other)))
    .map(({ part, width, height }) => `${Math.round(width)} x ${Math.round(height)}: ${part.outerHTML.slice(0, 120)}`);
};

const moving = () => document.getAnimations().filter((animation) => animation.playState === 'running').map((animation) => animation.animationName);

/** Every text that a person reads or hears. */
const texts = () => {
  const found = new Set();
  const root = document.body;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest('script, style, code, kbd, noscript, #not-started, .row-text, [lang]:not(html)')) found.add(walker.currentNode.data.trim());
  }
  for (const part of root.querySelectorAll('[aria-label], [title], [placeholder], [label]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'label']) {
      const text = part.getAttribute(name)?.trim();
      if (text) found.add(text);
    }
  }
  return [...found].filter((text) => /\p{L}/u.test(text));
};

const said = { en: new Set(), ko: new Set() };

/** The elements of the page, with what they say of themselves. */
const elements = () => document.documentElement.outerHTML;

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 320, height: 800 };

for (const [language, locale] of [['English', 'en-US'], ['Korean', 'ko-KR']]) {
  test(`axe finds nothing in any view and theme, and nothing is too wide, small or moving (${language})`, { timeout: 600_000 }, async (t) => {
    const page = await open(t, 'hosted', { locale, viewport: WIDE });
    const wrong = [];
    const spent = { axe: 0, all: performance.now() };
    let views = 0;
    const axe = async (options) => {
      const start = performance.now();
      const found = await faults(page, options);
      spent.axe += performance.now() - start;
      return found;
    };
    await walkAll(page, data, async (view) => {
      const note = (look, found) => wrong.push(...found.map((fault) => `${view}, ${look}: ${fault}`));
      views += 1;
      note('light', await axe());
      for (const text of await page.evaluate(texts)) said[locale.slice(0, 2)].add(text);
      const before = await page.evaluate(elements);
      for (const [look, media] of [['dark', { colorScheme: 'dark' }], ['forced colours', { forcedColors: 'active' }]]) {
        await page.emulateMedia(media);
        // The same elements in other colours: only rules that look at colours can answer otherwise.
        note(look, await axe({ colours: (await page.evaluate(elements)) === before }));
      }
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
      for (const [look, size] of [['320 pixels', NARROW], ['1440 pixels', WIDE]]) {
        await page.setViewportSize(size);
        // Charts follow the width a frame later.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        note(look, [await page.evaluate(tooWide), await page.evaluate(tooSmall), await page.evaluate(moving)].flat());
      }
    });
    t.diagnostic(`${views} views in ${((performance.now() - spent.all) / 1_000).toFixed(0)} s, of which axe ${(spent.axe / 1_000).toFixed(0)} s`);
    assert.deepEqual(wrong, []);
  });
}

test('a wide screen, the single file, more contrast: nothing is too wide in any view', { timeout: 300_000 }, async (t) => {
  const page = await open(t, 'file', { contrast: 'more', colorScheme: 'dark', viewport: { width: 2560, height: 1300 } });
  const wrong = [];
  await walkAll(page, data, async (view) => {
    wrong.push(...(await page.evaluate(tooWide)).map((fault) => `${view}: ${fault}`));
    const chart = await page.evaluate(() => Math.max(0, ...[...document.querySelectorAll('.chart')].map((part) => part.clientWidth)));
    if (chart > 1600) wrong.push(`${view}: a chart of ${chart} pixels`);
  });
  assert.deepEqual(wrong, []);
});

/** What is the same in both languages: names, terms of the field, and what files say. */
const SAME = [
  /^(?:mailflow|English|한국어|Exchange Online|Exchange Server|Postfix|Exim|Sendmail|OpenSMTPD|Google Workspace|Email Log Search)$/,
  /^mailflow \d+\.\d+\.\d+\+[0-9a-f]+$/,
  // Protocols, versions, ciphers, encodings, policies, units.
  /^(?:TLS 1\.\d|SSL|TLS|SMTP|ESMTPS?A?|LMTP|UTF-8|UTF-16LE|UTC|MTA-STS|DANE \(TLSA\)|MTA-STS, .*|TLS_[A-Z0-9_]+|[A-Z0-9-]+-(?:SHA\d*|GCM).*|TLS \d\.\d [A-Z0-9_-]+)$/,
  /^≈?[\d,.]+ ?(?:B|kB|MB|s|%)?$/,
  /^TLS 1\.\d: [\d,.]+%?(?:, TLS 1\.\d: [\d,.]+)*$/,
  /^(?:SMTP AUTH|Message-ID)$/,
  // Formats go by one name in every language, as their readers tell it.
  /^(?:SMTP TLS report|Mail \(Received headers\)|Extended report)$/,
  // Names of exports, of columns in them, and types of connectors, as Microsoft writes them.
  /^(?:ConnectorReport|SmtpCSReport|Get-MessageTrace|OnPremises|Partner|NoConnector|True|False)$/,
  // What the data says.
  /\.(?:example|test|csv|jpg|eml|json|com)\b|^[a-z0-9-]+\.$|^(?:Contoso|Fabrikam|Branch office|Smarthost|Partner of many)|^[0-9a-f:.]+$|^[a-z-]+$|<.*>|carrier-pigeon|moon-phase|Delivered|^Order \d/,
  // Columns of a file that is asked about, and of whose export.
  /^(?:Zeit|direction|connector|tls version|message id|Inbound|TLS1_2|2026-.*Z)$/,
  /^\d{4}-(?:W?\d\d)(?:-\d\d)?(?: \(UTC\))?$/,
];

test('both languages are complete: what reads the same in both is a name, a term, or data', () => {
  assert.ok(said.en.size > 500 && said.ko.size > 500, 'the views have been gone through');
  const same = [...said.en].filter((text) => said.ko.has(text) && !SAME.some((known) => known.test(text)));
  assert.deepEqual(same, []);
});

test('numbers are written as the browser writes them in that language', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    const page = await open(t, 'hosted', { locale });
    await page.getByRole('button', { name: /sample data|샘플 데이터/ }).first().click();
    await page.locator('html[data-import="done"]').waitFor({ state: 'attached' });
    const numbers = (await page.locator('main').innerText()).match(/(?<![\d.])\d{1,3}(?:[,. ]\d{3})+\b(?![\d.%])/g);
    assert.ok(numbers.length > 3);
    for (const number of numbers) {
      const plain = Number(number.replace(/\D/g, ''));
      assert.equal(number, new Intl.NumberFormat(locale).format(plain));
    }
  }
});

test('what stands on the bar is on the page at 320 pixels, in either language', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    const page = await open(t, 'hosted', { locale, viewport: { width: 320, height: 800 } });
    const bar = page.getByRole('banner');
    for (const part of [bar.getByRole('combobox', { name: /^(Language|언어)$/ }), bar.getByRole('button', { name: /^(Keyboard shortcuts|바로 가기 키)$/ })]) {
      const { x, width } = await part.boundingBox();
      assert.ok(x >= 0 && x + width <= 320, `${locale}: ${x} and ${width}`);
    }
  }
});
