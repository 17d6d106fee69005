// Keeps the hosted page in this browser, so that it opens without the network: all files of one build, or none. A new build is another
// script, waits beside the old one, and takes its place when a person asks for that, so page and worker are always of one build.
// The page's policy does not bind a service worker. This one asks its own host for the files below, and nobody for anything else.
(() => {
  'use strict';

  // Written by tools/finish.mjs: the files with their hashes, and the addresses of another origin that the page was built to ask.
  const { version, files, open } = BUILD;

  const { scope } = registration;
  const parts = new Map(Object.entries(files).map(([path, integrity]) => [new URL(path, scope).href, integrity]));
  // The caches of an origin are shared by all pages on it, so another copy may have some too.
  const own = `mailflow ${scope} `;
  const name = own + version;

  const isWhole = async () => (await caches.has(name)) && (await (await caches.open(name)).keys()).length === parts.size;

  const fill = async () => {
    try {
      const cache = await caches.open(name);
      await Promise.all(
        [...parts].map(async ([url, integrity]) => {
          // Where the host has another build by now, the hash does not fit, and nothing is kept.
          const answer = await fetch(url, { cache: 'no-cache', integrity, redirect: 'error' });
          if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
          await cache.put(url, answer);
        }),
      );
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
  };

  const answer = async (event, url) => {
    try {
      // The browser may have thrown it away. Then the host gives the page, of whichever build.
      if (event.request.mode === 'navigate' && !(await isWhole())) {
        event.waitUntil(fill());
        return await fetch(event.request);
      }
      const kept = await caches.match(url, { cacheName: name, ignoreVary: true });
      if (kept) return kept;
    } catch {
      // Storage that fails is as good as none.
    }
    return fetch(event.request);
  };

  addEventListener('install', (event) => event.waitUntil(fill()));

  addEventListener('activate', (event) => {
    const forget = async () => {
      const others = (await caches.keys()).filter((other) => other.startsWith(own) && other !== name);
      await Promise.all(others.map((other) => caches.delete(other)));
    };
    event.waitUntil(forget());
  });

  addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    const path = url.origin + url.pathname;
    if (url.origin !== location.origin) {
      if (!open.includes(path)) event.respondWith(Response.error());
      return;
    }
    const part = path === `${scope}index.html` ? scope : path;
    // All else, such as an endpoint, is between page and network.
    if (event.request.method === 'GET' && parts.has(part)) event.respondWith(answer(event, part));
  });

  addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.data === 'activate') event.waitUntil(skipWaiting());
    if (event.data === 'state') event.waitUntil(isWhole().then((whole) => port?.postMessage({ version, whole })));
  });
})();
