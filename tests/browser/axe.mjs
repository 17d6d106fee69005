// axe on the page as it is. It is put there once a document and asked directly: its wrapper for Playwright puts it there
// anew, and opens a page of its own, for each question.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 up to AA, and what axe calls best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: all whose answer another theme can change, where the elements are the same. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds: a line for each rule that is broken. With `colours`, of colours only. */
export async function faults(page, { colours = false } = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(
    async (runOnly) => {
      const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' ')}`);
    },
    colours ? { type: 'rule', values: OF_COLOURS } : { type: 'tag', values: TAGS },
  );
}
