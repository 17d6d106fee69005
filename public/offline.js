// The page's side of public/service-worker.js: whether the page is kept for use without the network, and whether a new version waits.
// In the hosted form only, before boot.js.
const offline = (() => {
  'use strict';

  /** How long a worker may think about what it keeps, in milliseconds. */
  const PATIENCE = 5_000;

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

  const ask = (worker, what) =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      worker.postMessage(what, [port2]);
    });

  const stateNow = async () => {
    const { installing, waiting, active } = registration;
    if (isReplaced) return ['replaced', ''];
    if (waiting && active) return ['waiting', (await ask(waiting, 'state')).version];
    if (!active) return [installing ? 'preparing' : 'none', ''];
    const { whole, taken, version } = await ask(active, 'state');
    if (!whole) return ['none', ''];
    return [taken ? 'ready' : 'waiting', version];
  };

  let looks = 0;
  const look = async () => {
    looks += 1;
    const own = looks;
    // A worker that is being taken out answers nobody. One that is slow is heard later.
    const silent = setTimeout(() => own === looks && say('none', ''), PATIENCE);
    const state = await stateNow();
    clearTimeout(silent);
    // An answer may come later than that to the next question.
    if (own === looks) say(...state);
  };

  const follow = (worker) => worker?.addEventListener('statechange', look);

  const keep = async () => {
    // The browser looks for a new version whenever the page is opened, past its own cache.
    registration = await workers.register('./service-worker.js', { updateViaCache: 'none' });
    registration.addEventListener('updatefound', () => {
      follow(registration.installing);
      look();
    });
    workers.onmessage = ({ data }) => {
      isReplaced ||= data === 'replaced';
      look();
    };
    follow(registration.installing);
    follow(registration.waiting);
    follow(registration.active);
    await look();
  };

  const inState = (worker, wanted) =>
    new Promise((done) => {
      const step = () => worker.state === wanted && done();
      worker.addEventListener('statechange', step);
      step();
    });

  /** Puts a version in the place of this one as soon as it is whole, and opens it. */
  const take = async (worker) => {
    if (worker.state === 'installing') await inState(worker, 'installed');
    await Promise.all([ask(worker, 'take'), inState(worker, 'activated')]);
    location.reload();
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
      if (isReplaced) location.reload();
      else take(registration.waiting ?? registration.active);
    },
    /** Hands over what the system's "Open with" opens in the installed page. */
    launched(listener) {
      window.launchQueue?.setConsumer(async ({ files }) => listener(await Promise.all(files.map((file) => file.getFile()))));
    },
    /** For a page that could not start: nothing of it can be lost, so a newer version is taken at once, else what is kept given up. */
    async rescue() {
      const found = await workers?.getRegistration();
      if (!found || !workers.controller) return;
      // Fails where the host is not to be reached.
      await found.update();
      const next = found.installing ?? found.waiting;
      if (next) return take(next);
      // Once: what the host has may be no better.
      if (history.state?.rescued) return;
      const names = (await caches.keys()).filter((name) => name.startsWith(`mailflow ${found.scope} `));
      await Promise.all(names.map((name) => caches.delete(name)));
      history.replaceState({ rescued: true }, '');
      location.reload();
    },
  };
})();
