// What the tests of use without the network share: builds of the page, and a host that can be cut off.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '../../tools/serve.mjs';
import { dist } from './support.mjs';

/** A sub-path, because that is where many static hosts put a page. */
export const prefix = '/a/page/';

/** What the browser itself says of what it cannot reach. */
export const unreachable = [/Failed to load resource|net::ERR|Failed to fetch/];

/** The version that a build says it is. */
export const versionOf = (folder) => JSON.parse(/id="parts">(.*?)<\/script>/s.exec(readFileSync(join(folder, 'index.html'), 'utf8'))[1]).version;

/** Another build of the page: of version 9.9.9, with a mark in what page and worker both run. */
export function anotherBuild(t, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-build-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['dist-staging', 'public', 'index.html', 'Cargo.toml']) cpSync(name, join(folder, name), { recursive: true });
  appendFileSync(join(folder, 'dist-staging/page.js'), '\nself.ofAnotherBuild = true;\n');
  const cargo = join(folder, 'Cargo.toml');
  writeFileSync(cargo, readFileSync(cargo, 'utf8').replace(/^version = ".*"/m, 'version = "9.9.9"'));
  execFileSync('node', [resolve('tools/finish.mjs'), 'dist'], { cwd: folder, env: { ...process.env, ...env } });
  return join(folder, 'dist');
}

/**
 * A host of a build in a sub-path. `deploy` puts another build in its place, `cut` and `mend` are what happens to the network, `asked` are
 * the paths that were asked for; `answer`, if it is set, may answer a request before the files do, and says whether it did.
 */
export async function host(t, build = dist) {
  const root = mkdtempSync(join(tmpdir(), 'mailflow-host-'));
  const self = { asked: [], answer: undefined, root };
  self.deploy = (folder) => {
    rmSync(root, { recursive: true });
    mkdirSync(root);
    cpSync(folder, root, { recursive: true });
  };
  const start = async (port) => {
    const server = await serve({ root, prefix, port });
    const [files] = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      self.asked.push(request.url);
      if (!self.answer?.(request, response)) files(request, response);
    });
    return server;
  };
  self.cut = () => {
    self.server?.close();
    self.server?.closeAllConnections();
    self.server = undefined;
  };
  self.mend = async () => {
    self.server = await start(self.port);
  };
  self.deploy(build);
  self.server = await start(0);
  self.port = self.server.address().port;
  self.origin = `http://127.0.0.1:${self.port}`;
  self.url = self.origin + prefix;
  t.after(() => {
    self.cut();
    rmSync(root, { recursive: true });
  });
  return self;
}

/** Waits until the page says that it needs no network. */
export const kept = (page) => page.getByRole('contentinfo').getByText('Works without the network').waitFor();

/** The version that the page says it is. */
export async function shownVersion(page) {
  const [, version] = /^mailflow (\S+)/.exec(await page.getByRole('contentinfo').innerText());
  assert.ok(version);
  return version;
}
