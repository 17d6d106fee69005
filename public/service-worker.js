// Keeps the hosted page in this browser, so that it opens without the network: all files of one build, or none. A new build is another
// script with a cache of its own. The older build is handed out until a person asks for the new one, whichever script runs by then
// (browsers put a new one in place as soon as all tabs are closed), so page and worker are always of one build.
// The page's policy does not bind a service worker. This one asks its own host for the files below, and nobody for anything else.
(() => {
  'use strict';

  // Written by tools/finish.mjs: the files with their hashes, and the addresses of another origin that the page was built to ask.
  const { version, files, open } = BUILD;

  const { scope } = registration;
  const parts = new Map(Object.entries(files).map(([path, integrity]) => [new URL(path, scope).href, integrity]));
  // The caches of an origin are shared by all pages on it, so another copy may have some too. The last word is how many files make it whole.
  const own = `mailflow ${scope} `;
  const name = `${own}${version} ${parts.size}`;
  // What other builds may be made of.
  const hashed = /^[^/]+-[0-9a-f]{16}\.\w+$/;

  // In the order in which they were made.
  const caught = async () => (await caches.keys()).filter((other) => other.startsWith(own));

  // Opening one that is gone would make it again.
  const isWhole = async (other) =>
    (await caches.has(other)) && (await (await caches.open(other)).keys()).length === Number(other.split(' ').pop());

  // The build that is handed out, if there is a whole one.
  const current = async () => {
    for (const other of await caught()) if (await isWhole(other)) return other;
    return undefined;
  };

  let isAsked = false;
  // Builds between the one that is handed out and this one were never asked for.
  const tidy = async () => {
    const build = isAsked ? name : await current();
    const others = (await caught()).filter((other) => other !== name && other !== build);
    await Promise.all(others.map((other) => caches.delete(other)));
  };

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

  const tell = async (what) => {
    for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(what);
  };

  const answer = async (event, url) => {
    try {
      const build = await current();
      // The browser may have thrown it away. Then the host gives the page, of whichever build.
      if (!build && event.request.mode === 'navigate') event.waitUntil(fill().then(() => tell('kept')));
      const kept = build && (await caches.match(url, { cacheName: build, ignoreVary: true }));
      if (kept) return kept;
    } catch {
      // Storage that fails is as good as none.
    }
    return fetch(event.request);
  };

  // A person asks for this build.
  const take = async () => {
    isAsked = true;
    await skipWaiting();
    await tidy();
    await tell('replaced');
  };

  addEventListener('install', (event) => event.waitUntil(fill()));

  addEventListener('activate', (event) => event.waitUntil(tidy()));

  addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    const path = url.origin + url.pathname;
    if (url.origin !== location.origin) {
      if (!open.includes(path)) event.respondWith(Response.error());
      return;
    }
    const part = path === `${scope}index.html` ? scope : path;
    // All else, such as an endpoint, is between page and network.
    const isPart = parts.has(part) || (part.startsWith(scope) && hashed.test(part.slice(scope.length)));
    if (event.request.method === 'GET' && isPart) event.respondWith(answer(event, part));
  });

  addEventListener('message', (event) => {
    const [port] = event.ports;
    const say = (what) => port?.postMessage(what);
    const state = async () => {
      const build = await current();
      say({ version, whole: build !== undefined, taken: build === name });
    };
    if (event.data === 'take') event.waitUntil(take().then(say));
    if (event.data === 'state') event.waitUntil(state());
  });
})();
