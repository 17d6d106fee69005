// The hosted page is kept in the browser: it works when its host is gone, changes only when a person asks for that, and then as a whole.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { figures, send } from './endpoint_host.mjs';
import { control, launchFirefox, saved } from './firefox.mjs';
import { anotherBuild, host, kept, prefix, shownVersion, unreachable, versionOf } from './offline_host.mjs';
import { dist, launchOptions, open, started, until, whenDone, withBrowser } from './support.mjs';

withBrowser();

/** What is kept of the page: `index.html` goes by the address of the page. */
const parts = () => ['', ...readdirSync(dist).filter((name) => !['index.html', 'mailflow.html', 'service-worker.js'].includes(name))];

const allow = unreachable;
const sample = (page) => page.getByRole('button', { name: 'Try with sample data' }).click();
const pressUpdate = (page) => page.getByRole('main').getByRole('button', { name: 'Update' }).click();
const news = (page, version) => page.getByRole('main').getByText(`A new version of mailflow is ready: ${version}.`).waitFor();
const reload = async (page) => {
  await page.reload();
  await started(page);
};

/** Whether page and worker both are of the other build, or neither is. */
async function ofAnotherBuild(page) {
  const starting = page.waitForEvent('worker');
  await page.evaluate(() => window.mailflow.startWorker().then((worker) => (window.another = worker)));
  const read = () => self.ofAnotherBuild === true;
  const [inPage, inWorker] = [await page.evaluate(read), await (await starting).evaluate(read)];
  assert.equal(inPage, inWorker);
  return inPage;
}

/** A server of another origin that writes down what reaches it. */
async function elsewhere(t) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { seen, origin: `http://127.0.0.1:${server.address().port}` };
}

test('with its host gone, the page opens and counts the same', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  await sample(page);
  await whenDone(page);
  const before = await figures(page);
  site.cut();
  await reload(page);
  await kept(page);
  await sample(page);
  await whenDone(page);
  assert.deepEqual(await figures(page), before);
  // By any of its addresses, in another tab too.
  for (const address of ['index.html', '?source=/nothing.json', '#/readiness', 'index.html?a=b#/connector-report']) {
    const other = await page.context().newPage();
    await other.goto(site.url + address);
    await started(other);
    await other.close();
  }
  const notices = await page.context().newPage();
  await notices.goto(`${site.url}licences.txt`);
  await notices.getByText('made with the work of others').waitFor();
  await notices.close();
});

test('what is kept is all that the page is made of, and nothing else', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  const paths = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.map((all) => all.map(({ url }) => new URL(url).pathname));
  });
  assert.equal(paths.length, 1);
  assert.deepEqual(paths[0].sort(), parts().map((name) => prefix + name).sort());
});

test('a new version waits until a person asks for it', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  const other = anotherBuild(t);
  const [old, next] = [dist, other].map(versionOf);
  assert.notEqual(old, next);
  site.deploy(other);
  await reload(page);
  await news(page, next);
  for (let tries = 0; tries < 2; tries += 1) {
    assert.equal(await shownVersion(page), old);
    assert.equal(await ofAnotherBuild(page), false);
    await reload(page);
    await news(page, next);
  }
  // Dismissed, it is still to be had.
  await page.getByRole('main').getByRole('button', { name: 'Dismiss' }).click();
  const reloaded = page.waitForEvent('load');
  await page.getByRole('contentinfo').getByRole('button', { name: 'Update' }).click();
  await reloaded;
  await started(page);
  await kept(page);
  assert.equal(await shownVersion(page), next);
  assert.equal(await ofAnotherBuild(page), true);
  site.cut();
  await reload(page);
  assert.equal(await shownVersion(page), next);
  await sample(page);
  await whenDone(page);
  assert.equal(await page.evaluate(() => caches.keys().then((names) => names.length)), 1);
});

test('closing all tabs is no asking for a new version', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  const [next, last] = [anotherBuild(t), anotherBuild(t, { MAILFLOW_ENDPOINT: 'https://mail.example.org/api/mail.json' })];
  for (const build of [next, last]) {
    site.deploy(build);
    await reload(page);
    await news(page, versionOf(build));
    await page.goto('about:blank');
    // With no tab left, the browser puts its script in place.
    await page.goto(site.url);
    await started(page);
    await news(page, versionOf(build));
    assert.equal(await shownVersion(page), versionOf(dist));
    assert.equal(await ofAnotherBuild(page), false);
    await until(page, async () => {
      const { waiting, active } = await navigator.serviceWorker.getRegistration();
      return !waiting && active.state === 'activated';
    });
  }
  site.cut();
  await reload(page);
  assert.equal(await shownVersion(page), versionOf(dist));
  const two = await page.context().newPage();
  await two.goto(site.url);
  await started(two);
  const reloaded = page.waitForEvent('load');
  await pressUpdate(page);
  await reloaded;
  await started(page);
  await kept(page);
  assert.equal(await shownVersion(page), versionOf(last));
  assert.equal(await page.evaluate(() => caches.keys().then((names) => names.length)), 1);
  await two.getByRole('main').getByText('mailflow was updated in another tab.').waitFor();
});

test('the other tabs are told of an update, and keep what they have read', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const one = await open(t, 'hosted', { url: site.url, allow });
  await kept(one);
  await reload(one);
  const two = await one.context().newPage();
  await two.goto(site.url);
  await started(two);
  await sample(two);
  await whenDone(two);
  const before = await figures(two);
  const next = anotherBuild(t);
  site.deploy(next);
  await reload(one);
  await news(one, versionOf(next));
  await news(two, versionOf(next));
  // What it costs is said where there is something to lose.
  await two.getByText('its files have to be dropped again').waitFor();
  assert.equal(await one.getByText('its files have to be dropped again').count(), 0);
  await pressUpdate(one);
  await two.getByRole('main').getByText('mailflow was updated in another tab.').waitFor();
  assert.deepEqual(await figures(two), before);
  assert.equal(await ofAnotherBuild(two), false);
  await two.getByRole('main').getByRole('button', { name: 'Reload page' }).click();
  await two.getByText(`mailflow ${versionOf(next)}`).waitFor();
  assert.equal(await ofAnotherBuild(two), true);
});

test('a new version that comes only in part leaves the old one as it is', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  const next = anotherBuild(t);
  site.deploy(next);
  const broke = new Promise((done) => {
    site.answer = (request) => {
      if (!request.url.endsWith('.wasm')) return false;
      // The host dies in the middle of it.
      request.socket.destroy();
      done();
      return true;
    };
  });
  await reload(page);
  await broke;
  await until(page, async () => {
    const { installing, waiting } = await navigator.serviceWorker.getRegistration();
    return !installing && !waiting;
  });
  await kept(page);
  assert.equal(await shownVersion(page), versionOf(dist));
  site.cut();
  await reload(page);
  assert.equal(await ofAnotherBuild(page), false);
  // With the network back, it comes as a whole.
  site.answer = undefined;
  await site.mend();
  await reload(page);
  await news(page, versionOf(next));
});

test('files that are of another build than the script are not kept', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  writeFileSync(join(site.root, 'index.html'), readFileSync(join(site.root, 'index.html'), 'utf8').replace('</html>', '</html>\n'));
  const page = await open(t, 'hosted', { url: site.url, allow });
  await page.getByRole('contentinfo').getByText('Needs the network to open').waitFor();
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  // It works all the same.
  await sample(page);
  await whenDone(page);
});

test('what is kept may get lost: then the network gives the page, and it is kept again', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  await reload(page);
  for (const lose of [
    () => caches.keys().then((names) => caches.delete(names[0])),
    // Only a part of it.
    async () => {
      const cache = await caches.open((await caches.keys())[0]);
      const part = (await cache.keys()).find(({ url }) => url.endsWith('.wasm'));
      await cache.delete(part);
    },
  ]) {
    await page.evaluate(lose);
    site.asked.length = 0;
    await reload(page);
    assert.ok(site.asked.includes(prefix), 'the host was asked');
    await until(page, async (count) => {
      const [name] = await caches.keys();
      return name && (await (await caches.open(name)).keys()).length === count;
    }, parts().length);
    site.cut();
    await reload(page);
    await site.mend();
  }
});

test('a page that is kept but damaged is given up for that of its host', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow: [...allow, /^page error/] });
  await kept(page);
  await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    const part = (await cache.keys()).find(({ url }) => url.endsWith('.wasm'));
    await cache.put(part, new Response('no program', { headers: { 'Content-Type': 'application/wasm' } }));
  });
  await page.reload({ waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
});

test('a page that does not start leaves the way to the next version open', { timeout: 120_000 }, async (t) => {
  const broken = anotherBuild(t);
  const glue = readdirSync(broken).find((name) => name.startsWith('glue-'));
  const site = await host(t, broken);
  // The build is broken, not what became of it on its way.
  const text = `${readFileSync(join(site.root, glue), 'utf8')}\nwasm_bindgen = () => Promise.reject(new Error('broken'));`;
  const hash = createHash('sha256').update(text).digest('base64');
  const worker = readFileSync(join(site.root, 'service-worker.js'), 'utf8');
  writeFileSync(join(site.root, 'service-worker.js'), worker.replace(new RegExp(`("./${glue}":")sha256-[^"]+`), `$1sha256-${hash}`));
  writeFileSync(join(site.root, glue), text);
  const page = await open(t, 'hosted', { url: site.url, allow: [...allow, /broken/], starts: false });
  await page.getByText('Error: broken').waitFor();
  // As if it had been kept when it still started.
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('./service-worker.js');
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await page.getByText('Error: broken').waitFor();
  site.deploy(dist);
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
});

test('a host can take the page out of browsers again', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  copyFileSync('docs/hosting/service-worker-off.js', join(site.root, 'service-worker.js'));
  await reload(page);
  await until(page, async () => (await caches.keys()).length === 0);
  // The tab that was open still works.
  await sample(page);
  await whenDone(page);
  for (let tries = 0; tries < 2; tries += 1) {
    site.asked.length = 0;
    await reload(page);
    assert.ok(site.asked.includes(prefix));
    await page.getByRole('contentinfo').getByText('Needs the network to open').waitFor();
  }
  // And may keep it again.
  site.deploy(dist);
  await reload(page);
  await kept(page);
});

test('the service worker refuses other origins, to the page and to its workers', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const other = await elsewhere(t);
  // A document below the page that has no policy: what is refused there, the service worker refuses.
  writeFileSync(join(site.root, 'blank.html'), '<!doctype html><title>blank</title>');
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  const ask = async (name) => {
    await page.goto(`${site.url}blank.html`);
    const own = await page.evaluate(() => fetch('./index.html').then(({ ok }) => ok));
    assert.ok(own);
    await page.evaluate(async (url) => {
      const request = (target) => `fetch(${JSON.stringify(target)}, { mode: 'no-cors' }).then(() => 'sent', () => 'refused')`;
      const worker = new Worker(URL.createObjectURL(new Blob([`${request(`${url}/worker`)}.then(postMessage)`])));
      const said = new Promise((done) => (worker.onmessage = ({ data }) => done(data)));
      const image = new Promise((done) => Object.assign(new Image(), { onload: done, onerror: done, src: `${url}/image` }));
      await Promise.all([said, image, fetch(`${url}/page`, { method: 'POST', body: 'data', mode: 'no-cors' }).catch(() => {})]);
    }, `${other.origin}/${name}`);
  };
  await ask('kept');
  assert.deepEqual(other.seen, []);
  // Without it, all of that gets through.
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).unregister());
  await ask('free');
  assert.deepEqual(other.seen.sort(), ['/free/image', '/free/page', '/free/worker']);
});

test('only the endpoint that the page was built with passes the service worker', { timeout: 120_000 }, async (t) => {
  const other = await elsewhere(t);
  const endpoint = `${other.origin}/api/mail.json`;
  const site = await host(t, anotherBuild(t, { MAILFLOW_ENDPOINT: endpoint }));
  writeFileSync(join(site.root, 'blank.html'), '<!doctype html><title>blank</title>');
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  await page.goto(`${site.url}blank.html`);
  for (const path of ['/api/mail.json?page=2', '/api/mail.json/report-requests', '/api/mail.json/more', '/api', '/other']) {
    await page.evaluate((url) => fetch(url).catch(() => {}), other.origin + path);
  }
  assert.deepEqual(other.seen, ['/api/mail.json?page=2', '/api/mail.json/report-requests']);
});

test('an endpoint is between page and network: it streams, and 304 stays 304', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const asked = [];
  site.answer = (request, response) => {
    if (!request.url.startsWith('/api/')) return false;
    asked.push(request);
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304, { ETag: '"1"' }).end();
    else send(response, readFileSync('docs/endpoint.example.json'), { ETag: '"1"' });
    return true;
  };
  const page = await open(t, 'hosted', { url: `${site.url}?source=/api/mail.json`, allow });
  await whenDone(page);
  await kept(page);
  await reload(page);
  await whenDone(page);
  assert.ok(await page.evaluate(() => navigator.serviceWorker.controller !== null));
  const before = asked.length;
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('Nothing new').first().waitFor();
  assert.equal(asked.length, before + 1);
  assert.equal(asked.at(-1).headers['if-none-match'], '"1"');
  // Nothing of it is kept.
  const urls = await page.evaluate(async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  assert.deepEqual(urls.filter((url) => url.includes('/api/')), []);
});

test('the sealed page can start no other service worker', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  writeFileSync(join(site.root, 'other.js'), '');
  const page = await open(t, 'hosted', { url: site.url, allow: [/Content Security Policy|violates/] });
  await kept(page);
  const refused = await page.evaluate(() => navigator.serviceWorker.register('./other.js').then(() => false, () => true));
  assert.ok(refused);
});

test('two copies on one host do not touch what the other keeps', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, allow });
  await kept(page);
  cpSync(dist, join(site.root, 'copy'), { recursive: true });
  const copy = await page.context().newPage();
  await copy.goto(`${site.url}copy/`);
  await started(copy);
  await kept(copy);
  await reload(copy);
  site.cut();
  for (const tab of [page, copy]) {
    await reload(tab);
    await sample(tab);
    await whenDone(tab);
  }
});

test('the single file says that it opens from disk, and keeps nothing', { timeout: 120_000 }, async (t) => {
  const page = await open(t, 'file');
  await page.getByRole('contentinfo').getByText('Opens from disk, without the network').waitFor();
});

test('where the browser has no service worker, the page says what is true', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', {
    url: site.url,
    // As on plain http of another machine.
    prepare: (page) => page.addInitScript(() => delete Navigator.prototype.serviceWorker),
  });
  await page.getByRole('contentinfo').getByText('Needs the network to open').waitFor();
  assert.equal(await page.getByText('The page itself is kept in this browser').count(), 0);
  await sample(page);
  await whenDone(page);
});

test('it is said in Korean', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', { url: site.url, locale: 'ko-KR' });
  await page.getByRole('contentinfo').getByText('네트워크 없이 사용 가능').waitFor();
});

test('Chromium can install the page', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const profile = mkdtempSync(join(tmpdir(), 'mailflow-profile-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  t.after(async () => {
    await context.close();
    rmSync(profile, { recursive: true });
  });
  const page = await context.newPage();
  await page.goto(site.url);
  await started(page);
  await kept(page);
  const session = await context.newCDPSession(page);
  const { url, errors, data } = await session.send('Page.getAppManifest');
  assert.equal(url, `${site.url}manifest.webmanifest`);
  assert.deepEqual(errors, []);
  assert.deepEqual((await session.send('Page.getInstallabilityErrors')).installabilityErrors, []);
  for (const { src, sizes } of JSON.parse(data).icons) {
    const size = await page.evaluate(async (url) => {
      const image = Object.assign(new Image(), { src: url });
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') assert.equal(size, sizes);
  }
});

test('files that the system opens with the installed page are read', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const text = readFileSync('docs/endpoint.example.json', 'utf8');
  const page = await open(t, 'hosted', {
    url: site.url,
    // The system's part of the Launch Handler API.
    prepare: (page) => page.addInitScript(() => {
      Object.defineProperty(window, 'launchQueue', { value: { setConsumer: (consumer) => (window.consumer = consumer) } });
    }),
  });
  await page.evaluate((text) => {
    const file = new File([text], 'opened.json');
    window.consumer({ files: [{ getFile: async () => file }] });
  }, text);
  await whenDone(page);
  await page.getByText('opened.json').first().waitFor();
});

test('Firefox: with its host gone, the page opens and counts the same', { timeout: 180_000 }, async (t) => {
  const site = await host(t);
  const firefox = await launchFirefox();
  t.after(() => firefox.close());
  const page = await firefox.browser.newPage();
  const button = (name) => page.waitForSelector(control('button', name));
  const count = async () => {
    await page.evaluate(() => window.mailflow.sealed);
    await page.waitForFunction(() => document.querySelector('footer')?.textContent.includes('Works without the network'));
    await (await button('Try with sample data')).click();
    await page.waitForSelector('html[data-import="done"]');
    return JSON.parse(await saved(page, firefox.downloads, 'Download figures (JSON)'));
  };
  await page.goto(site.url);
  const before = await count();
  site.cut();
  await page.reload();
  assert.deepEqual(await count(), before);
  // And a new version is told of.
  const next = anotherBuild(t);
  site.deploy(next);
  await site.mend();
  await page.reload();
  await page.waitForFunction((version) => document.querySelector('main')?.textContent.includes(`is ready: ${version}.`), {}, versionOf(next));
  await (await button('Update')).click();
  await page.waitForFunction((version) => document.querySelector('footer')?.textContent.includes(`mailflow ${version}`), {}, versionOf(next));
});
