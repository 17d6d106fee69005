// The page starts, in both forms, and says so where it cannot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, forms, inBothForms, open, withBrowser } from './support.mjs';

withBrowser();

inBothForms('the page opens without a word in the console', async (t, form) => {
  const page = await open(t, form);
  await page.getByRole('main').or(page.getByRole('heading', { level: 1 })).first().waitFor();
  assert.equal(await page.locator('#not-started').count(), 0);
  assert.equal(await page.evaluate(() => window.mailflow.form), form);
});

inBothForms('a worker starts and speaks first', async (t, form) => {
  const page = await open(t, form);
  const first = await page.evaluate(async () => {
    const worker = await window.mailflow.startWorker();
    const message = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(Object.prototype.toString.call(data));
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.terminate();
    return message;
  });
  assert.equal(first, '[object Uint8Array]');
});

inBothForms('a worker that cannot start fails with an error event', async (t, form) => {
  const page = await open(t, form, {
    allow: [/LinkError/],
    // An empty module lacks everything that the glue expects of it.
    prepare: (empty) =>
      empty.addInitScript(() => {
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
          const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
          return post.call(this, message instanceof WebAssembly.Module ? module : message, ...rest);
        };
      }),
  });
  const message = await page.evaluate(async () => {
    const worker = await window.mailflow.startWorker();
    return new Promise((resolve) => {
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(event.message);
      };
    });
  });
  assert.match(message, /Error/);
});

for (const form of forms) {
  test(`without WebAssembly the page says what it needs (${form})`, async (t) => {
    const page = await open(t, form, {
      allow: [/WebAssembly/],
      prepare: (empty) => empty.addInitScript(() => delete window.WebAssembly),
      starts: false,
    });
    await page.getByRole('alert').getByText('could not start').waitFor();
  });

  test(`without scripts the page says what it needs (${form})`, async (t) => {
    const page = await open(t, form, { javaScriptEnabled: false, starts: false });
    await page.locator('noscript p').first().waitFor();
  });
}

test('a part that is missing on the host is named', async (t) => {
  const page = await open(t, 'hosted', {
    allow: [/404/],
    prepare: (empty) => empty.route('**/page-*.wasm', (route) => route.fulfill({ status: 404 })),
    starts: false,
  });
  await page.getByRole('alert').getByText(/page-.*\.wasm: 404/).waitFor();
});
