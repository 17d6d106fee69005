// Pictures of the page, to be looked at: light and dark, wide and narrow,
// English and Korean.
// Usage: node tools/screenshot.mjs FOLDER [--form hosted|file] [--files PATH,PATH...] [--sample] [--click NAME]...
//   --files   drops these files first      --sample  reads the fictitious sample first
//   --click   then presses the button or link of that name (it may be given more than once,
//             and be a regular expression that fits both languages: "Browse|찾아보기")
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addresses, drop, launch, started, whenDone } from '../tests/browser/support.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    form: { type: 'string', default: 'hosted' },
    files: { type: 'string' },
    sample: { type: 'boolean', default: false },
    click: { type: 'string', multiple: true, default: [] },
  },
});
const [folder] = positionals;
if (!folder) throw new Error('Where to? node tools/screenshot.mjs FOLDER');
mkdirSync(folder, { recursive: true });

const site = await addresses();
const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 390]) {
      for (const locale of ['en-US', 'ko-KR']) {
        const page = await browser.newPage({ colorScheme, locale, timezoneId: 'UTC', viewport: { width, height: 900 } });
        page.on('console', (message) => console.log(`${message.type()}: ${message.text()}`));
        page.on('pageerror', (error) => console.log(String(error)));
        await page.goto(site[values.form]);
        await started(page);
        if (values.sample) await page.getByRole('button', { name: /sample data|샘플 데이터/i }).first().click();
        if (values.files) await drop(page, values.files.split(','));
        if (values.sample || values.files) await whenDone(page);
        for (const name of values.click) {
          const pattern = { name: new RegExp(name) };
          await page.getByRole('button', pattern).or(page.getByRole('link', pattern)).first().click();
        }
        // A dialog scrolls by itself, so it is taken as the window shows it.
        const fullPage = (await page.locator('dialog[open]').count()) === 0;
        const path = join(folder, `${colorScheme}-${width}-${locale.slice(0, 2)}.png`);
        await page.screenshot({ path, fullPage, animations: 'disabled' });
        console.log(path);
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  site.server.close();
  site.server.closeAllConnections();
}
