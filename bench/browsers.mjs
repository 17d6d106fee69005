// The two browsers, as the benchmark drives them: each in a profile of its own.
import { readFileSync } from 'node:fs';
import { launchFirefox, saved } from '../tests/browser/firefox.mjs';
import { launch } from '../tests/browser/support.mjs';

/** Chromium with a page. */
async function chromium() {
  const browser = await launch();
  const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC' });
  return {
    version: browser.version(),
    crashed: new Promise((_, fail) => page.on('crash', () => fail(new Error('the tab crashed')))),
    before: (script) => page.addInitScript(script),
    goto: (url) => page.goto(url),
    evaluate: (script, argument) => page.evaluate(script, argument),
    choose: (files) => page.locator('input[type=file]').first().setInputFiles(files),
    async saved(button) {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      return readFileSync(await (await downloading).path(), 'utf8');
    },
    close: () => browser.close(),
  };
}

/** Firefox with a page. */
async function firefox() {
  const { browser, downloads, close } = await launchFirefox();
  const page = await browser.newPage();
  return {
    version: (await browser.version()).replace('firefox/', ''),
    crashed: new Promise((_, fail) => page.on('error', () => fail(new Error('the tab crashed')))),
    before: (script) => page.evaluateOnNewDocument(script),
    goto: (url) => page.goto(url),
    evaluate: (script, argument) => page.evaluate(script, argument),
    choose: async (files) => (await page.$('input[type=file]')).uploadFile(...files),
    saved: (button) => saved(page, downloads, button),
    close,
  };
}

/** What starts each. */
export const BROWSERS = { chromium, firefox };
