// What the tests of the endpoint share: a real host that has both the page and
// the data, and what a person sees and saves of it.
import { readFileSync } from 'node:fs';
import { serve } from '../../tools/serve.mjs';
import { dist, open } from './support.mjs';

export const example = readFileSync('docs/endpoint.example.json', 'utf8');
export const expected = JSON.parse(readFileSync('tests/expected/endpoint.example.json', 'utf8'));

/** What the browser itself says of an answer that is no success, or of none. */
export const failed = [/Failed to load resource|net::ERR|Content Security Policy/];

/** Resolves with a server on 127.0.0.1 that `answer` makes all answers of; it ends with the test. */
export async function listen(t, answer, root = dist) {
  const server = await serve({ root });
  const [files] = server.listeners('request');
  server.removeAllListeners('request');
  const asked = [];
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/api/')) return files(request, response);
    asked.push(request);
    answer(request, response, asked.length);
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, server };
}

/** A host of the page and of the data, which `answer` gives, and the page that reads it. */
export async function hosted(t, answer, { source = '/api/mail.json', fragment = '', allow = failed, ...options } = {}) {
  const host = await listen(t, answer);
  const url = `${host.origin}/?source=${encodeURIComponent(source)}${fragment}`;
  return { ...host, page: await open(t, 'hosted', { url, allow, ...options }) };
}

export const send = (response, body, headers = {}) =>
  response.writeHead(200, { 'Content-Type': 'application/json', ...headers }).end(body);

/** The figures, as a person saves them. */
export async function figures(page) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download figures (JSON)' }).click();
  return JSON.parse(readFileSync(await (await downloading).path(), 'utf8'));
}

/** How many messages the figures have, and of how many accounts. */
export async function counted(page) {
  const { cells } = await figures(page);
  return cells.reduce((sum, { messages }) => sum + messages, 0);
}

/** What the page says until it is dismissed. */
export const notice = (page, words) => page.locator('.notice').getByText(words).waitFor();

export const refresh = (page) => page.getByRole('button', { name: 'Refresh' }).click();

/** So many messages, each like no other. */
export const messages = (count, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    time: `2026-09-03T10:${String(Math.floor((from + index) / 60) % 60).padStart(2, '0')}:${String((from + index) % 60).padStart(2, '0')}Z`,
    id: `<${from + index}@list.example>`,
    direction: 'inbound',
    tls: '1.2',
  }));

/** A document of them. */
export const document = (items, more = {}) => JSON.stringify({ version: 1, messages: items, ...more });

/** The same as lines. */
export const lines = (items, header = {}, end = {}) =>
  [{ version: 1, ...header }, ...items.map((message) => ({ message })), { end: { items: items.length, ...end } }]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
