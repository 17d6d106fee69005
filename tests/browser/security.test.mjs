// Tries every way out of the page and of its workers that a browser offers,
// while a server on another port, and a UDP socket, write down all that reaches
// them. The same attempts on a page without a policy must get through: that
// shows that they are real.
//
// What no policy stops, and what the page's privacy text therefore must not
// claim: going somewhere else (a link, `window.open`, `location`), with which a
// person sees the page leave; and looking up a host's name or connecting to it
// ahead of need (`dns-prefetch`, `preconnect`). Chromium knows no policy against
// WebRTC either: the page starts by removing it, which a script that makes
// itself a frame could undo.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { serve } from '../../tools/serve.mjs';
import { address, inBothForms, open, withBrowser } from './support.mjs';

withBrowser();

// Each is run in the browser and gets an address of its own on the listener.
// They throw and reject as they like; only what reaches the listener counts.
const everywhere = {
  fetch: (url) => fetch(url, { method: 'POST', body: 'data', mode: 'no-cors' }),
  fetchKeepalive: (url) => fetch(url, { keepalive: true, mode: 'no-cors' }),
  xmlHttpRequest: (url) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.send('data');
  },
  xmlHttpRequestSync: (url) => {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.send();
  },
  webSocket: (url) => void new WebSocket(url.replace('http', 'ws')),
  eventSource: (url) => void new EventSource(url),
  fontFace: (url) => new FontFace('x', `url(${url})`).load(),
};

const inPage = {
  ...everywhere,
  sendBeacon: (url) => void navigator.sendBeacon(url, 'data'),
  dynamicImport: (url) => import(url),
  image: (url) => void (new Image().src = url),
  imageSet: (url) => void (new Image().srcset = `${url} 2x`),
  video: (url) => document.body.append(Object.assign(document.createElement('video'), { src: url, preload: 'auto' })),
  poster: (url) => document.body.append(Object.assign(document.createElement('video'), { poster: url })),
  audio: (url) => void (new Audio(url).preload = 'auto'),
  script: (url) => document.head.append(Object.assign(document.createElement('script'), { src: url })),
  moduleScript: (url) => document.head.append(Object.assign(document.createElement('script'), { src: url, type: 'module' })),
  stylesheet: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: url })),
  icon: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: url })),
  prefetch: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: url })),
  modulePreload: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: url })),
  preloadScript: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'script', href: url })),
  preloadImage: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: url })),
  preloadFetch: (url) => document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', href: url })),
  styleElement: (url) => document.head.append(Object.assign(document.createElement('style'), { textContent: `@import url(${url});` })),
  styleProperty: (url) => void (document.body.style.backgroundImage = `url(${url})`),
  adoptedSheet: (url) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`html { background-image: url(${url}); }`);
    document.adoptedStyleSheets.push(sheet);
  },
  form: (url) => {
    const frame = Object.assign(document.createElement('iframe'), { name: 'target' });
    const form = Object.assign(document.createElement('form'), { action: url, method: 'post', target: 'target' });
    document.body.append(frame, form);
    form.submit();
  },
  iframe: (url) => document.body.append(Object.assign(document.createElement('iframe'), { src: url })),
  iframeWithin: (url) => document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: `<img src="${url}">` })),
  object: (url) => document.body.append(Object.assign(document.createElement('object'), { data: url })),
  embed: (url) => document.body.append(Object.assign(document.createElement('embed'), { src: url })),
  ping: (url) => {
    const link = Object.assign(document.createElement('a'), { href: '#', ping: url });
    document.body.append(link);
    link.click();
  },
  svgImage: (url) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
    image.setAttribute('href', url);
    svg.append(image);
    document.body.append(svg);
  },
  workerFromBlob: (url) => {
    const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`;
    new Worker(URL.createObjectURL(new Blob([code])));
  },
};

const inWorker = {
  ...everywhere,
  importScripts: (url) => importScripts(url),
  nestedWorker: (url) => {
    const code = `fetch(${JSON.stringify(url)}, { mode: 'no-cors' })`;
    new Worker(URL.createObjectURL(new Blob([code])));
  },
};

/** What a browser says of attempts that it refuses. */
const refusals = [/Content Security Policy/, /Failed to (?:load|fetch)/, /Refused/, /violates/];

/** A server and a UDP socket which write down what reaches them. */
async function listen(t) {
  const seen = new Set();
  const server = createServer((request, response) => {
    seen.add(request.url.slice(1));
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.on('upgrade', (request, socket) => {
    seen.add(request.url.slice(1));
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  const udp = createSocket('udp4', () => seen.add('webRtc'));
  udp.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(udp, 'listening')]);
  t.after(() => {
    server.close();
    server.closeAllConnections();
    udp.close();
  });
  return {
    seen,
    connections: () => connections,
    origin: `http://127.0.0.1:${server.address().port}`,
    stun: `stun:127.0.0.1:${udp.address().port}`,
  };
}

/** Runs the attempts in a page or a worker, whichever can `evaluate`. */
async function tryAll(where, attempts, origin) {
  for (const [name, attempt] of Object.entries(attempts)) {
    await where.evaluate(`(async () => { try { await Promise.race([(${attempt})(${JSON.stringify(`${origin}/${name}`)}), new Promise((done) => setTimeout(done, 1000))]); } catch {} })()`);
  }
}

/** Tries WebRTC; resolves once the browser has asked the STUN server, or could not. */
const tryWebRtc = (page, stun) =>
  page.evaluate(async (urls) => {
    if (!window.RTCPeerConnection) return;
    const connection = new RTCPeerConnection({ iceServers: [{ urls }] });
    connection.createDataChannel('x');
    await connection.setLocalDescription(await connection.createOffer());
  }, stun);

/** Long enough for what is on its way: the attempts of the control arrive well within it. */
const settle = () => new Promise((done) => setTimeout(done, 1500));

inBothForms('nothing gets out of the page', async (t, form) => {
  const listener = await listen(t);
  const page = await open(t, form, { allow: [/Content Security Policy|Failed to load|Failed to fetch|Refused|violates/] });
  await tryAll(page, inPage, listener.origin);
  await tryWebRtc(page, listener.stun);
  await settle();
  assert.deepEqual([...listener.seen], []);
  // No policy governs `preconnect`: it opens a connection, but sends nothing.
  assert.ok(listener.connections() <= 1, `${listener.connections()} connections`);
});

inBothForms('nothing gets out of an import worker', async (t, form) => {
  const listener = await listen(t);
  const page = await open(t, form, { allow: [/Content Security Policy|Failed to load|Failed to fetch|Refused|violates/] });
  const started = page.waitForEvent('worker');
  await page.evaluate(async () => {
    window.worker = await window.mailflow.startWorker();
    await new Promise((ready) => window.worker.addEventListener('message', ready, { once: true }));
  });
  await tryAll(await started, inWorker, listener.origin);
  await settle();
  assert.deepEqual([...listener.seen], []);
  assert.equal(listener.connections(), 0);
});

test('the page gives up its own host once it has started', async (t) => {
  const page = await open(t, 'hosted', { allow: [/Content Security Policy|Failed to load|Failed to fetch|Refused|violates/] });
  const asked = [];
  page.on('response', (response) => asked.push(response.url()));
  const own = new URL(address('hosted')).origin;
  await tryAll(page, inPage, own);
  const started = page.waitForEvent('worker');
  await page.evaluate(() => window.mailflow.startWorker().then((worker) => (window.worker = worker)));
  await tryAll(await started, inWorker, own);
  await settle();
  assert.deepEqual(asked.filter((url) => url.startsWith(own)), []);
});

inBothForms('without the policy every attempt gets through', async (t, form) => {
  const listener = await listen(t);
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-blank-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>blank</title><body>');
  const server = await serve({ root: folder });
  t.after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  const page = await open(t, form, {
    // Anything may go wrong here but what is asserted.
    allow: [/./],
    url: form === 'file' ? pathToFileURL(join(folder, 'index.html')).href : `http://127.0.0.1:${server.address().port}/`,
    starts: false,
  });
  const started = page.waitForEvent('worker');
  await page.evaluate(() => void (window.worker = new Worker(URL.createObjectURL(new Blob([''])))));
  const named = Object.entries(inWorker).map(([name, attempt]) => [`worker.${name}`, attempt]);
  await tryAll(await started, Object.fromEntries(named), listener.origin);
  await tryAll(page, inPage, listener.origin);
  await tryWebRtc(page, listener.stun);
  await settle();
  const expected = [...Object.keys(inPage), ...named.map(([name]) => name), 'webRtc'];
  assert.deepEqual(expected.filter((name) => !listener.seen.has(name)), []);
});
