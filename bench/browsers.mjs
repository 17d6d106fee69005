// The two browsers, as the benchmark drives them: each in a profile of its own.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import { launch } from '../tests/browser/support.mjs';

/** The Firefox named by FIREFOX, or the first that is found; nothing where there is none. */
export function firefoxPath() {
  if (process.env.FIREFOX) return process.env.FIREFOX;
  const paths = process.env.PATH.split(delimiter).flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)));
  return paths.find(existsSync);
}

/** Chromium with a page, driven over its own protocol. */
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

/** Firefox with a page, driven over WebDriver BiDi. */
async function firefox() {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    protocolTimeout: 900_000,
    extraPrefsFirefox: {
      'intl.accept_languages': 'en-US',
      'browser.download.folderList': 2,
      'browser.download.dir': folder,
      'browser.download.useDownloadDir': true,
      'browser.helperApps.neverAsk.saveToDisk': 'application/json',
    },
  });
  const page = await browser.newPage();
  return {
    version: (await browser.version()).replace('firefox/', ''),
    crashed: new Promise((_, fail) => page.on('error', () => fail(new Error('the tab crashed')))),
    before: (script) => page.evaluateOnNewDocument(script),
    goto: (url) => page.goto(url),
    evaluate: (script, argument) => page.evaluate(script, argument),
    choose: async (files) => (await page.$('input[type=file]')).uploadFile(...files),
    async saved(button) {
      await page.locator(`::-p-aria([name="${button}"][role="button"])`).click();
      for (let tries = 0; tries < 600; tries += 1) {
        // While it is written, Firefox has a second file beside it.
        const names = readdirSync(folder);
        if (names.length === 1 && !names[0].endsWith('.part')) {
          const text = readFileSync(join(folder, names[0]), 'utf8');
          if (text.length > 0) return text;
        }
        await pause(50);
      }
      throw new Error('nothing was saved');
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What starts each. */
export const BROWSERS = { chromium, firefox };
