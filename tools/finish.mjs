// Turns what Trunk built (dist-staging) into the two forms of the page:
//   dist/index.html     for any static host, with hashed files beside it, and a service worker that keeps them
//   dist/mailflow.html  one file that opens from disk
// Usage: [MAILFLOW_ENDPOINT=https://host/path] node tools/finish.mjs [DIRECTORY, in place of dist]
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { notices } from './licences.mjs';

const staged = (name) => readFileSync(`dist-staging/${name}`);
const source = readFileSync('index.html', 'utf8');

/** The one address of another origin that the hosted page may ask for data, as its policy knows it; or nothing. */
function allowedEndpoint(text) {
  if (!text) return '';
  const fault = (why) => new Error(`MAILFLOW_ENDPOINT=${text}: ${why}`);
  if (!URL.canParse(text)) throw fault('this is no address; it must be like https://mail.example.org/api/mail.json');
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) throw fault('it must begin with https://');
  if (url.username || url.password) throw fault('it may have no name and no password');
  if (url.search || url.hash) throw fault('it may have nothing behind the path; ?source= may');
  if (url.pathname.endsWith('/')) throw fault('it must name the data, not a folder: a policy would allow all that is in it');
  return url.origin + url.pathname;
}

const endpoint = allowedEndpoint(process.env.MAILFLOW_ENDPOINT);
/** As sources of a policy, where `;` and `,` part other things. */
const asked = endpoint.replace(/[;,]/g, encodeURIComponent);
const connect = ["'self'", ...(endpoint ? [asked, `${asked}/report-requests`] : [])].join(' ');

const hash = (content) => createHash('sha256').update(content).digest();
const cspHash = (text) => `'sha256-${hash(text).toString('base64')}'`;

const wasm = staged('page_bg.wasm');
/** A file of ours, without the lines that only say why: they are for readers of the sources. */
const ours = (name) => readFileSync(`public/${name}`, 'utf8').replace(/^ *(?:\/\/.*|\/\*\*.*\*\/)\n/gm, '');
// wasm-bindgen's own script, which page and worker both run, and ours.
const scripts = { glue: staged('page.js').toString(), boot: ours('boot.js') };
const offline = { client: ours('offline.js'), worker: ours('service-worker.js') };
// One sheet, in the order in which index.html names them.
const style = [...source.matchAll(/<link data-trunk rel="css" href="[^"]*?([^"/]+)"/g)]
  .map(([, name]) => staged(name))
  .join('\n');
const icon = `data:image/svg+xml;base64,${readFileSync('public/icon.svg').toString('base64')}`;
/** The pictures stand in the manifest itself: as files, the page's policy would have to let every picture of its host in. */
const pictureTypes = { png: 'image/png', svg: 'image/svg+xml' };
const manifest = JSON.parse(ours('manifest.webmanifest'), (key, value) =>
  key === 'src' ? `data:${pictureTypes[value.split('.').pop()]};base64,${readFileSync(`public/${value}`).toString('base64')}` : value,
);

/** What others wrote goes with their notices, in each form. */
const licences = notices('page');

const [, release] = /^version = "(.+)"$/m.exec(readFileSync('Cargo.toml', 'utf8'));
// Of all that goes into it, so that no two builds are kept under one name.
const texts = [source, readFileSync(new URL(import.meta.url), 'utf8'), endpoint, style, licences, JSON.stringify([offline, manifest]), ...Object.values(scripts)];
const build = hash(Buffer.concat([wasm, ...texts.map((text) => Buffer.from(text))]));
const version = `${release}+${build.toString('hex').slice(0, 8)}`;

// Nothing is allowed but what is named here. blob: workers inherit the policy
// of the page that makes them. `style-src` needs no 'unsafe-inline': what the
// page sets by script goes through the CSSOM, which no policy covers.
const policy = (changed) =>
  Object.entries({
    'default-src': "'none'",
    'script-src': "'wasm-unsafe-eval'",
    'worker-src': 'blob:',
    'img-src': 'data:',
    'base-uri': "'none'",
    'form-action': "'none'",
    ...changed,
  })
    .map((directive) => directive.join(' '))
    .join('; ');

// index.html without what is meant for Trunk and for its readers.
const template = source
  .replace(/<!-- (?!(?:policy|icon|app|style|preload|script) -->).*? -->/gs, '')
  .replace(/<link data-trunk .*?>/gs, '')
  .replace(/\n\s*\n/g, '\n');

/** The document of one form: its notes replaced, in one pass, since what is inserted may not change any more. */
const document = (insert) => template.replace(/<!-- (\w+) -->\n/g, (_, note) => (insert[note] ? `${insert[note]}\n` : ''));

const common = (csp) => ({
  policy: `<meta http-equiv="Content-Security-Policy" content="${csp}">`,
  icon: `<link rel="icon" href="${icon}">`,
});

/** What public/boot.js reads. Data, so that no policy concerns it. */
const partsElement = (value) => `<script type="application/json" id="parts">${JSON.stringify(value)}</script>`;

// The same script, style and notices stand inline in one form, so neither may end its element early.
const own = (text) => /<\/script|<!--/i.test(text);
if ([...Object.values(scripts), licences].some(own) || /<\/style/i.test(style)) throw new Error('script, style or notices would end their own element');

const [target = 'dist'] = process.argv.slice(2);
const out = `${target}.new`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const write = (name, content) => {
  const [, stem, extension] = /^(.*)\.(.*)$/.exec(name);
  const hashed = `${stem}-${hash(content).toString('hex').slice(0, 16)}.${extension}`;
  writeFileSync(`${out}/${hashed}`, content);
  return `./${hashed}`;
};

/** What the page is made of, for the service worker: each file with its hash. */
const kept = {};
const integrity = (content) => `sha256-${hash(content).toString('base64')}`;
const keep = (name, content) => {
  const url = write(name, content);
  kept[url] = integrity(content);
  return url;
};

const urls = { wasm: keep('page.wasm', wasm), glue: keep('glue.js', scripts.glue) };
const index = document({
  // The page registers its service worker and names its manifest before it is sealed.
  ...common(
    policy({
      'script-src': "'self' 'wasm-unsafe-eval'",
      'worker-src': "'self' blob:",
      'manifest-src': "'self'",
      'connect-src': connect,
      'style-src': "'self'",
    }),
  ),
  app: '<link rel="manifest" href="./manifest.webmanifest">',
  style: `<link rel="stylesheet" href="${keep('style.css', style)}">`,
  preload: `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="${urls.wasm}">`,
  script: `${partsElement({ form: 'hosted', version, ...(endpoint && { endpoint }), sealed: policy(), ...urls })}
<script src="${urls.glue}"></script>
<script src="${keep('boot.js', offline.client + scripts.boot)}"></script>`,
});
// These keep their names: people and browsers know the page and its versions by them.
for (const [name, content] of [['index.html', index], ['manifest.webmanifest', JSON.stringify(manifest)], ['licences.txt', licences]]) {
  writeFileSync(`${out}/${name}`, content);
  kept[name === 'index.html' ? './' : `./${name}`] = integrity(content);
}
const told = { version, files: kept, open: endpoint ? [endpoint, `${endpoint}/report-requests`] : [] };
writeFileSync(`${out}/service-worker.js`, offline.worker.replace('BUILD', () => JSON.stringify(told)));

const inlined = deflateRawSync(wasm, { level: 9 }).toString('base64');
const hashes = Object.values(scripts).map(cspHash).join(' ');
writeFileSync(
  `${out}/mailflow.html`,
  document({
    ...common(policy({ 'script-src': `${hashes} 'wasm-unsafe-eval'`, 'style-src': cspHash(style) })),
    style: `<style>${style}</style>`,
    script: `${partsElement({ form: 'file', version, sealed: policy(), wasm: inlined })}
<script id="glue">${scripts.glue}</script>
<script>${scripts.boot}</script>
<script type="text/plain" id="licences">
${licences}</script>`,
  }),
);

rmSync(target, { recursive: true, force: true });
renameSync(out, target);
console.log(`${target}/index.html and ${target}/mailflow.html are mailflow ${version}`);
