// Takes mailflow out of the browsers that keep it: put this in the place of service-worker.js on the host, and leave it there for as long as
// people may come back. A tab that is open goes on; the next time the page is opened it comes from the network, and so from then on.
addEventListener('install', () => skipWaiting());
// The page asks whether it is kept.
addEventListener('message', ({ ports: [port] }) => port?.postMessage({ version: '', whole: false, taken: true }));
addEventListener('activate', (event) => {
  const leave = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(`mailflow ${registration.scope} `));
    await Promise.all(names.map((name) => caches.delete(name)));
    await registration.unregister();
  };
  event.waitUntil(leave());
});
