// What the tests that use nothing but keys share: the way to an element by Tab, and a watch for a focus that is lost.
import assert from 'node:assert/strict';
import { open } from './support.mjs';

/** How many frames in a row nothing may have the focus: what is built anew takes one or two. */
const FRAMES = 10;

/**
 * Opens the page, and fails the test if the focus was lost at any time: if what had it went away, and nothing took it.
 */
export async function openForKeys(t, form, options = {}) {
  const prepare = async (page) => {
    await page.addInitScript((frames) => {
      window.lost = [];
      let last;
      let since = 0;
      addEventListener('focusin', ({ target }) => (last = target), true);
      const look = () => {
        // Beyond the last element of the page nothing has it either, but what had it is still there.
        const gone = last && (!last.isConnected || last.matches(':disabled') || !last.checkVisibility());
        const nowhere = gone && document.activeElement === document.body;
        since = nowhere ? since + 1 : 0;
        if (since === frames) {
          window.lost.push(last.outerHTML.slice(0, 160));
          last = undefined;
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, FRAMES);
    await options.prepare?.(page);
  };
  return open(t, form, { ...options, prepare });
}

/** Nothing lost the focus until now, and something has it. */
export async function keptFocus(page) {
  // What is lost now is seen after some frames.
  await page.evaluate((frames) => new Promise((done) => {
    let left = frames + 2;
    const next = () => ((left -= 1) < 0 ? done() : requestAnimationFrame(next));
    next();
  }), FRAMES);
  assert.deepEqual(await page.evaluate(() => window.lost), [], 'the focus was lost');
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'nothing has the focus');
}

/** What has the focus, by its name. */
export const focusedName = (page) =>
  page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim());

/** Whether an element has the focus. */
export const hasFocus = (element) => element.evaluate((it) => it === document.activeElement);

/** Waits until an element has the focus. */
export const focusOn = (page, element) => element.and(page.locator('*:focus')).waitFor();

/** Tabs until `wanted` has the focus; each stop on the way is seen whole, or at least in part above what stays in place. */
export async function tabTo(page, wanted, { back = false, most = 200 } = {}) {
  for (let step = 0; step < most; step += 1) {
    if (await hasFocus(wanted).catch(() => false)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const hidden = await page.evaluate(() => {
      const part = document.activeElement;
      if (part === document.body) return '';
      const { x, y, width, height } = part.getBoundingClientRect();
      const outline = getComputedStyle(part).outlineStyle;
      if (outline === 'none') return `no ring: ${part.outerHTML.slice(0, 100)}`;
      // A region taller than the window is seen in part.
      const points = [[x + width / 2, y + Math.min(height / 2, 10)], [x + 3, y + 3], [x + width - 3, y + height - 3], [x + width / 2, y + height / 2]];
      const seen = points.some(([across, down]) => {
        const top = document.elementFromPoint(across, down);
        return top && (part === top || part.contains(top) || top.contains(part));
      });
      return seen ? '' : `hidden: ${part.outerHTML.slice(0, 100)}`;
    });
    assert.equal(hidden, '');
  }
  assert.fail(`Tab does not lead to ${wanted}; the focus is on ${await focusedName(page)}`);
}

/** Goes to an element, and presses a key there. */
export async function press(page, element, key = 'Enter', options) {
  await tabTo(page, element, options);
  await page.keyboard.press(key);
}

/** Goes to a field and types into it, in place of what it has. */
export async function type(page, field, text, options) {
  await tabTo(page, field, options);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type(text);
}

/** Goes to a choice, and to one of its options by arrows. */
export async function pick(page, select, option, options) {
  await tabTo(page, select, options);
  const [from, to] = await select.evaluate(
    (element, name) => [element.selectedIndex, [...element.options].findIndex(({ label }) => label === name)],
    option,
  );
  assert.notEqual(to, -1, `There is no ${option}`);
  for (let step = from; step !== to; step += Math.sign(to - from)) await page.keyboard.press(to > from ? 'ArrowDown' : 'ArrowUp');
  assert.equal(await page.evaluate(() => document.activeElement.selectedOptions?.[0].label), option);
}

/** A button of that name. */
export const button = (scope, name) => scope.getByRole('button', { name, exact: true }).first();

/** The title of a view. */
export const heading = (page, name) => page.getByRole('heading', { level: 1, name });

/** The dialog that is open. */
export const dialog = (page) => page.locator('dialog[open]');

/** Opens with keys, closes with Escape, and the focus is back. */
export async function thereAndBack(page, opener, look = async () => {}) {
  await press(page, opener);
  await dialog(page).waitFor();
  await inDialog(page);
  await look(dialog(page));
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
  assert.ok(await hasFocus(opener), 'the focus comes back');
}

/** The focus is in the dialog. */
export const inDialog = (page) => page.waitForFunction(() => document.querySelector('dialog[open]')?.contains(document.activeElement));

/** Copies a text in a page of its own, as a person does elsewhere. */
export async function copy(page, text) {
  const elsewhere = await page.context().newPage();
  await elsewhere.setContent('<textarea></textarea>');
  await elsewhere.locator('textarea').evaluate((area, text) => {
    area.value = text;
    area.select();
  }, text);
  await elsewhere.keyboard.press('Control+C');
  await elsewhere.close();
  await page.bringToFront();
}
