// The page's side of public/service-worker.js: whether the page is kept for use without the network, and whether a new version waits.
// In the hosted form only, before boot.js.
const offline = (() => {
  'use strict';

  // Missing where the page is not of a secure context (plain http of another host), and where a person forbids it.
  const workers = navigator.serviceWorker;
  let registration;
  let isReplaced = false;
  let now = [workers ? 'unknown' : 'none', ''];
  let hear = () => {};

  const say = (...state) => {
    now = state;
    hear(...now);
  };

  const asked = (worker) =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      worker.postMessage('state', [port2]);
    });

  const look = async () => {
    const { installing, waiting, active } = registration;
    if (isReplaced) return say('replaced', '');
    if (waiting && active) return say('waiting', (await asked(waiting)).version);
    if (!active) return say(installing ? 'preparing' : 'none', '');
    const { whole, version } = await asked(active);
    say(whole ? 'ready' : 'none', version);
  };

  const follow = (worker) => worker?.addEventListener('statechange', look);

  const keep = async () => {
    // The browser looks for a new version whenever the page is opened, past its own cache.
    registration = await workers.register('./service-worker.js', { updateViaCache: 'none' });
    registration.addEventListener('updatefound', () => {
      follow(registration.installing);
      look();
    });
    workers.addEventListener('controllerchange', () => {
      isReplaced = true;
      look();
    });
    follow(registration.installing);
    follow(registration.waiting);
    follow(registration.active);
    await look();
  };

  return {
    /** Keeps the page, where the browser does that. The policy must still allow it. */
    keep() {
      if (workers) keep().catch(() => say('none', ''));
    },
    /** Tells the state, now and whenever it changes: unknown, none, preparing, ready, waiting or replaced; and of which version. */
    watch(listener) {
      hear = listener;
      hear(...now);
    },
    /** Puts the version that waits in the place of this one, and opens it. */
    update() {
      const waiting = registration?.waiting;
      if (!waiting) return location.reload();
      waiting.addEventListener('statechange', () => waiting.state === 'activated' && location.reload());
      waiting.postMessage('activate');
    },
    /** Hands over what the system's "Open with" opens in the installed page. */
    launched(listener) {
      window.launchQueue?.setConsumer(async ({ files }) => listener(await Promise.all(files.map((file) => file.getFile()))));
    },
    /** For a page that could not start: what is kept may be damaged, so it is given up where the host has the page. */
    async rescue() {
      const found = await workers?.getRegistration();
      const [{ type }] = performance.getEntriesByType('navigation');
      if (!found || !workers.controller || type === 'reload') return;
      const { ok } = await fetch('./service-worker.js', { cache: 'no-store' });
      if (!ok) return;
      const names = (await caches.keys()).filter((name) => name.startsWith(`mailflow ${found.scope} `));
      await Promise.all(names.map((name) => caches.delete(name)));
      location.reload();
    },
  };
})();
