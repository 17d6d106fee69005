// The pictures of README and guide, made of the page with the fictitious
// sample: in both languages, light and dark, at a fixed clock. One
// that looks as before is left as it is.
// Usage: node tools/pictures.mjs [NAME...]     all, or those of these views; `make pictures` builds first
//
// Only pictures that a page of the guide shows are kept.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addresses, drop, launch, started, whenDone } from '../tests/browser/support.mjs';

const FOLDER = 'docs/pictures';
/** The sample ends on the day before. */
const NOW = new Date('2026-11-21T09:00:00Z');
/** What all pictures together may weigh, in bytes. */
const MOST = 3_000_000;

const scratch = mkdtempSync(join(tmpdir(), 'mailflow-pictures-'));

/** A file of made-up rows, for what the sample does not show. */
function made(path, text) {
  mkdirSync(join(scratch, path, '..'), { recursive: true });
  writeFileSync(join(scratch, path), text);
  return join(scratch, path);
}

const mail = (domain, counts) => {
  let serial = 0;
  const row = (tls) => `2026-11-19T12:00:00Z,Outbound,,NoConnector,${tls},u@${domain},r@adatum.example,<${(serial += 1)}@${domain}>\n`;
  const rows = Object.entries(counts).flatMap(([tls, count]) => Array.from({ length: count }, () => row(tls)));
  return `date,direction,connector,connector type,tls version,sender address,recipient address,message id\n${rows.join('')}`;
};

const button = (page, en, ko) => page.getByRole('button', { name: new RegExp(`^(?:${en}|${ko})$`) }).first();
const region = (page, en, ko) => page.getByRole('region', { name: new RegExp(`^(?:${en}|${ko})$`) }).first();

/** So much of the page's top is shown where nothing else is said. */
const top = (height) => async (page) => page.screenshot({ clip: { x: 0, y: 0, width: 1280, height }, animations: 'disabled' });
const part = (find) => async (page) => find(page).screenshot({ animations: 'disabled' });
const dialog = part((page) => page.locator('dialog[open]'));

/** Each view: its address, what is done there, and what is shown of it. */
const VIEWS = {
  dashboard: { take: top(860) },
  flyout: {
    act: (page) => button(page, 'View details', '세부 정보 보기').click(),
    take: dialog,
  },
  'connector-chart': { at: '#/connector-report?v=1&days=30', take: top(900) },
  'connector-table': { at: '#/connector-report?v=1&view=table', take: top(900) },
  trend: { at: '#/connector-report?v=1&days=90&by=trend', take: top(900) },
  'smtp-auth': { at: '#/smtp-auth-clients-report?v=1&days=30&by=tls&view=table', take: top(900) },
  sender: {
    at: '#/smtp-auth-clients-report?v=1&days=90&view=table&sort=tls-1.0',
    act: (page) => page.getByRole('table').getByRole('button', { name: /scanner@/ }).first().click(),
    take: dialog,
  },
  unusual: {
    at: '#/smtp-auth-clients-report?v=1&days=30',
    act: async (page) => {
      await region(page, 'Unusual activity', '비정상적인 활동').getByRole('listitem').first().waitFor();
    },
    take: part((page) => region(page, 'Unusual activity', '비정상적인 활동')),
  },
  readiness: { at: '#/readiness?v=1&days=30', take: top(900) },
  files: {
    act: async (page) => {
      await region(page, 'Files', '파일').getByRole('button', { expanded: false }).first().click();
    },
    take: part((page) => region(page, 'Files', '파일')),
  },
  'map-columns': {
    sample: false,
    files: () => [
      made(
        'export.csv',
        'Zeitpunkt;Richtung;TLS;Sender;Recipient\n' +
          '2026-11-19 10:00:00;rein;TLS1.2;a@fabrikam.example;b@contoso.example\n' +
          '2026-11-19 11:00:00;raus;sicher;b@contoso.example;a@fabrikam.example\n' +
          '2026-11-19 12:00:00;raus;TLS1.3;b@contoso.example;c@fabrikam.example\n',
      ),
    ],
    act: async (page) => {
      await page.locator('dialog[open] select#time').selectOption('Zeitpunkt');
      await page.evaluate(() => document.activeElement.blur());
    },
    take: dialog,
  },
  filter: {
    at: '#/connector-report?v=1&days=30&filter=all(sender-domain~ends~.example,any(tls~is~1.0,tls~is~none))',
    act: (page) => button(page, 'Change filter', '필터 변경').click(),
    take: dialog,
  },
  organizations: {
    sample: false,
    files: () => [
      made('all/Contoso/week.csv', mail('contoso.example', { 'TLS1.3': 61, 'TLS1.2': 140, 'No TLS': 4 })),
      made('all/Fabrikam/week.csv', mail('fabrikam.example', { 'TLS1.2': 88, 'TLS1.0': 17 })),
      made('all/Northwind/week.csv', mail('northwind.example', { 'TLS1.3': 112, 'TLS1.2': 9 })),
    ].map((path) => join(path, '..', '..')).slice(0, 1),
    act: async (page) => {
      await button(page, 'Organizations…', '조직…').click();
      await page.locator('dialog[open] select').first().selectOption({ index: 2 });
      await page.locator('dialog[open]').getByRole('button', { name: /^(?:Apply|적용)$/ }).click();
      await whenDone(page, 2);
      await page.getByRole('table').first().waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
    take: top(620),
  },
};

/** Every Markdown file of README and guide. */
const pages = ['README.md', ...readdirSync('docs', { recursive: true }).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
const shown = new Set(pages.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/pictures\/([\w-]+\.webp)/g)].map(([, name]) => name)));

/** The browser makes a WebP of what it has drawn: a third of the PNG, and letters stay sharp. */
async function packed(page, png) {
  const base64 = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', 0.88).split(',')[1];
  }, `data:image/png;base64,${png.toString('base64')}`);
  return Buffer.from(base64, 'base64');
}

const address = (bytes) => `data:image/webp;base64,${bytes.toString('base64')}`;

/** Whether two pictures look the same: browsers draw the edge of a letter now so, now so. */
const alike = (page, ...pictures) =>
  page.evaluate(async (sources) => {
    const pixels = async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    };
    const [one, other] = await Promise.all(sources.map(pixels));
    if (one.width !== other.width || one.height !== other.height) return false;
    let different = 0;
    for (let at = 0; at < one.data.length; at += 1) different += Math.abs(one.data[at] - other.data[at]) > 16 ? 1 : 0;
    return different < 60;
  }, pictures.map(address));

const wanted = process.argv.slice(2);
for (const name of wanted) if (!VIEWS[name]) throw new Error(`${name} is no view; there are ${Object.keys(VIEWS).join(', ')}`);

mkdirSync(FOLDER, { recursive: true });
const site = await addresses();
const browser = await launch();
const known = new Set();
try {
  const packer = await browser.newPage();
  for (const [name, view] of Object.entries(VIEWS)) {
    for (const language of ['en', 'ko']) {
      for (const colorScheme of ['light', 'dark']) {
        const file = `${name}-${language}-${colorScheme}.webp`;
        known.add(file);
        if (!shown.has(file) || (wanted.length > 0 && !wanted.includes(name))) continue;
        const context = await browser.newContext({
          colorScheme,
          locale: language === 'en' ? 'en-US' : 'ko-KR',
          timezoneId: 'UTC',
          reducedMotion: 'reduce',
          viewport: { width: 1280, height: 900 },
        });
        const page = await context.newPage();
        await page.clock.setFixedTime(NOW);
        await page.goto(`${site.hosted}${view.sample === false ? '' : '?sample'}${view.at ?? ''}`);
        await started(page);
        if (view.files) await drop(page, view.files());
        await whenDone(page);
        await view.act?.(page);
        await page.waitForLoadState('networkidle');
        const picture = await packed(packer, await view.take(page));
        const path = join(FOLDER, file);
        // One that looks as before is left as it is, so that only changes are seen as such.
        const same = existsSync(path) && (await alike(packer, picture, readFileSync(path)));
        if (!same) writeFileSync(path, picture);
        console.log(file, same ? 'as before' : picture.length);
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  site.server.close();
  site.server.closeAllConnections();
  rmSync(scratch, { recursive: true });
}

const missing = [...shown].filter((file) => !known.has(file));
if (missing.length > 0) throw new Error(`The guide shows what is no view here: ${missing.join(', ')}`);
let bytes = 0;
for (const file of readdirSync(FOLDER)) {
  if (!shown.has(file)) rmSync(join(FOLDER, file));
  else bytes += statSync(join(FOLDER, file)).size;
}
console.log(`${shown.size} pictures, ${bytes} bytes`);
if (bytes > MOST) throw new Error(`The pictures weigh ${bytes} bytes; at most ${MOST} are kept`);
