// Firefox, driven over WebDriver BiDi: playwright drives only a build of its own.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

/** The Firefox named by FIREFOX, or the first that is found; nothing where there is none. */
export function firefoxPath() {
  if (process.env.FIREFOX) return process.env.FIREFOX;
  const paths = process.env.PATH.split(delimiter).flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)));
  return paths.find(existsSync);
}

/** A Firefox with a profile of its own, which saves what is downloaded in `downloads`. */
export async function launchFirefox() {
  const downloads = mkdtempSync(join(tmpdir(), 'mailflow-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    protocolTimeout: 900_000,
    extraPrefsFirefox: {
      'intl.accept_languages': 'en-US',
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
    },
  });
  const close = async () => {
    await browser.close();
    rmSync(downloads, { recursive: true });
  };
  return { browser, downloads, close };
}

/** What stands for a control of that role and name, as a screen reader has them. */
export const control = (role, name) => `::-p-aria([name="${name}"][role="${role}"])`;

/** The text of the file that pressing a button of that name saves. */
export async function saved(page, downloads, button) {
  const before = new Set(readdirSync(downloads));
  await page.locator(control('button', button)).click();
  for (let tries = 0; tries < 1_200; tries += 1) {
    // While it is written, Firefox has a second file beside it.
    const names = readdirSync(downloads).filter((name) => !before.has(name));
    if (names.length === 1 && !names[0].endsWith('.part')) {
      const text = readFileSync(join(downloads, names[0]), 'utf8');
      if (text.length > 0) return text;
    }
    await pause(25);
  }
  assert.fail(`${button} saved nothing`);
}
