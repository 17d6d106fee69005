// Pictures of the page, to be looked at: light and dark, wide and narrow,
// English and Korean.
// Usage: node tools/screenshot.mjs FOLDER [--form hosted|file] [--files PATH,PATH...] [--sample] [--click NAME]...
//        node tools/screenshot.mjs FOLDER --views [--only PATTERN] [--as LOOK,LOOK...]
//   --views   every view and state of tests/browser/views.mjs, with data that fills them (--only: those whose name fits)
//   --as      light, dark, forced (colours, dark), more (contrast), ko, 320 to 2560 (wide), joined by "+": dark+ko+390
//   --sheet   with style/*.css as it is now, not as it was built
//   --files   drops these files first      --sample  reads the fictitious sample first
//   --click   then presses the button or link of that name (it may be given more than once,
//             and be a regular expression that fits both languages: "Browse|찾아보기")
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addresses, drop, launch, started, whenDone } from '../tests/browser/support.mjs';
import { walkAll, writeData } from '../tests/browser/views.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    form: { type: 'string', default: 'hosted' },
    files: { type: 'string' },
    sample: { type: 'boolean', default: false },
    click: { type: 'string', multiple: true, default: [] },
    views: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    as: { type: 'string', default: 'light+1440,dark+390+ko' },
    sheet: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (!folder) throw new Error('Where to? node tools/screenshot.mjs FOLDER');
mkdirSync(folder, { recursive: true });

const site = await addresses();
const browser = await launch();

/** Every view in each of the looks. */
async function everyView() {
  const data = writeData();
  for (const look of values.as.split(',')) {
    const parts = look.split('+');
    const has = (part) => parts.includes(part);
    const page = await browser.newPage({
      colorScheme: has('dark') || has('forced') ? 'dark' : 'light',
      forcedColors: has('forced') ? 'active' : 'none',
      contrast: has('more') ? 'more' : 'no-preference',
      locale: has('ko') ? 'ko-KR' : 'en-US',
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      viewport: { width: Number(parts.find((part) => /^\d+$/.test(part)) ?? 1440), height: 900 },
    });
    page.on('pageerror', (error) => console.log(String(error)));
    if (values.sheet) await page.route('**/style-*.css', (route) => route.fulfill({ contentType: 'text/css', body: sheet() }));
    await page.goto(site[values.form]);
    await started(page);
    await walkAll(page, data, async (name) => {
      if (!new RegExp(values.only).test(name)) return;
      const fullPage = (await page.locator('dialog[open]').count()) === 0;
      await page.screenshot({ path: join(folder, `${name.replaceAll(/[ ,]+/g, '-')}.${look}.png`), fullPage, animations: 'disabled' });
    });
    await page.close();
  }
  data.remove();
}

/** The style sheet as index.html names its parts. */
const sheet = () =>
  [...readFileSync('index.html', 'utf8').matchAll(/<link data-trunk rel="css" href="([^"]+)"/g)]
    .map(([, path]) => readFileSync(path, 'utf8'))
    .join('\n');

try {
  if (values.views) await everyView();
  for (const colorScheme of values.views ? [] : ['light', 'dark']) {
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
