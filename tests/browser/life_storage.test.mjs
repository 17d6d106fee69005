// A browser that keeps nothing, or has no room: what is not kept is said in words, and nothing else stops. And two tabs of one page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anotherBuild, host, kept, unreachable, versionOf } from './offline_host.mjs';
import { auth, flow, line, lines, writer } from './made.mjs';
import { address, choose, open, started, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('life-storage');
const flows = write('flow.csv', flow + lines(7, '2026-11-20T12:00:00Z', 'Outbound', 'Gate', 'Partner', 'TLS1_2', ''));
const signIns = write('auth.csv', auth + line('2026-11-20T09:00:00Z', 's@a.example', '192.0.2.7', 'TLS1_0', 'Basic'));

const button = (page, name) => page.getByRole('button', { name, exact: true });
const remembers = (page) => page.getByRole('checkbox', { name: 'Remember on this device' });

/** The page counts, changes its view and makes a file. */
async function works(page, imports = 1) {
  await choose(page, flows);
  await whenDone(page, imports);
  await page.getByText('Outbound: 7').waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Connector report' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Connector report' }).waitFor();
  await page.goBack();
  const downloading = page.waitForEvent('download');
  await button(page, 'Download figures (JSON)').click();
  await downloading;
}

const refused = {
  'indexedDB.open throws': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The user denied permission to access the database.', 'SecurityError');
    };
  },
  'indexedDB.open fails, as in some private windows': () => {
    const real = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function () {
      const request = real.call(this, `other ${Math.random()}`, 1);
      request.addEventListener('upgradeneeded', () => request.transaction.abort());
      return request;
    };
  },
  'there is no indexedDB': () => Object.defineProperty(window, 'indexedDB', { get: () => null }),
  'localStorage is denied': () =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    }),
  'localStorage takes nothing': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  },
  'no storage at all': () => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    }
  },
};

for (const [what, refuse] of Object.entries(refused)) {
  test(`${what}: it is said that nothing is remembered, and the page works`, async (t) => {
    const page = await open(t, 'hosted', { prepare: (page) => page.addInitScript(refuse) });
    await works(page);
    await remembers(page).click();
    await page.getByText(/This browser keeps nothing for this page/).first().waitFor();
    await works(page, 2);
    // What was never kept can be forgotten, too.
    await button(page, 'Start over').click();
    await works(page, 3);
  });
}

test('navigator.storage is missing, as on plain http: it is remembered all the same', async (t) => {
  const page = await open(t, 'hosted', { prepare: (page) => page.addInitScript(() => delete Navigator.prototype.storage) });
  await works(page);
  await remembers(page).check();
  await page.getByText(/^Remembered: /).waitFor();
});

test('the room gets short after something was remembered: that stays, and it is said', async (t) => {
  const page = await open(t, 'hosted');
  await works(page);
  await remembers(page).check();
  await page.getByText(/^Remembered: /).waitFor();
  // Chromium looks only now and then how much room there is.
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  });
  await choose(page, signIns);
  await whenDone(page, 2);
  await page.getByText(/This browser has no room for the analysis/).first().waitFor();
  await page.reload();
  await whenDone(page);
  await page.getByText('Outbound: 7').waitFor();
});

test('the store of the service worker is full: the page says that it needs the network, and works', async (t) => {
  const site = await host(t);
  const page = await open(t, 'hosted', {
    url: site.url,
    allow: unreachable,
    prepare: async (page) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 1000 });
    },
  });
  await page.getByRole('contentinfo').getByText('Needs the network to open').waitFor();
  await works(page);
});

test('what another tab forgets while it is written is forgotten', async (t) => {
  const page = await open(t, 'hosted');
  await works(page);
  await page.evaluate(() => {
    const real = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args) {
      // As the other tab does first of all.
      localStorage.removeItem('mailflow.analysis');
      return real.apply(this, args);
    };
  });
  await remembers(page).check();
  await page.getByRole('checkbox', { name: 'Remember on this device', checked: false }).waitFor();
  const left = () =>
    page.evaluate(
      () =>
        new Promise((done, failed) => {
          const request = indexedDB.open('mailflow');
          request.onerror = failed;
          request.onsuccess = () => {
            const count = request.result.transaction('analyses').objectStore('analyses').count();
            count.onsuccess = () => {
              request.result.close();
              done(count.result);
            };
          };
        }),
    );
  while ((await left()) > 0) await page.evaluate(() => new Promise(requestAnimationFrame));
});

test('two tabs remember: what is kept is one analysis whole, and forgotten in one it is gone from both', async (t) => {
  const one = await open(t, 'hosted');
  const two = await one.context().newPage();
  await two.goto(address('hosted'));
  await started(two);
  await Promise.all([choose(one, flows), choose(two, signIns)]);
  await Promise.all([whenDone(one), whenDone(two)]);
  for (let times = 0; times < 3; times += 1) {
    await Promise.all([remembers(one).check(), remembers(two).check()]);
    await Promise.all([one, two].map((page) => page.getByText(/^Remembered: /).waitFor()));
    const third = await one.context().newPage();
    await third.goto(address('hosted'));
    await whenDone(third);
    // The last one to write, and not a row of the other.
    const names = await third.getByRole('region', { name: 'Account of every file' }).getByRole('rowheader').allInnerTexts();
    assert.equal(names.length, 1, `${names}`);
    assert.match(names[0], /(flow|auth)\.csv/);
    await third.close();
    await button(one, 'Forget').first().click();
    await one.getByText(/^Forgotten: /).first().waitFor();
    // The other tab learns of it when it would keep something, and keeps nothing.
    await two.reload();
    await started(two);
    assert.equal(await two.getByText(/remembered on this device/).count(), 0);
    await choose(two, signIns);
    await whenDone(two);
  }
});

test('one tab updates the page: what both have read and remembered stays', { timeout: 120_000 }, async (t) => {
  const site = await host(t);
  const one = await open(t, 'hosted', { url: site.url, allow: unreachable });
  await kept(one);
  await works(one);
  await remembers(one).check();
  await one.getByText(/^Remembered: /).waitFor();
  const two = await one.context().newPage();
  await two.goto(site.url);
  await whenDone(two);
  const next = anotherBuild(t);
  site.deploy(next);
  await two.reload();
  await whenDone(two);
  await two.getByRole('main').getByText(`A new version of mailflow is ready: ${versionOf(next)}.`).waitFor();
  const reloaded = two.waitForEvent('load');
  await two.getByRole('main').getByRole('button', { name: 'Update' }).click();
  await reloaded;
  await whenDone(two);
  await two.getByText('Outbound: 7').waitFor();
  // The older one goes on, and what it remembers the newer one can read.
  await one.getByRole('main').getByText('mailflow was updated in another tab.').waitFor();
  await choose(one, signIns);
  await whenDone(one, 2);
  await one.getByText(/^Remembered: /).waitFor();
  await two.close();
  const three = await one.context().newPage();
  await three.goto(site.url);
  await whenDone(three);
  await three.getByRole('row', { name: /flow\.csv/ }).first().waitFor();
});
