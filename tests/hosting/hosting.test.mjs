// The settings of docs/hosting, each with the server that it is for: what the server says of every file, and the page in a browser.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { dist, open, started, until, whenDone, withBrowser } from '../browser/support.mjs';

withBrowser();

/** The page with its compressed files. */
const packed = mkdtempSync(join(tmpdir(), 'mailflow-packed-'));
before(() => {
  cpSync(dist, packed, { recursive: true });
  execFileSync('node', [resolve('tools/compress.mjs'), packed]);
});
after(() => rmSync(packed, { recursive: true }));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

const settings = (name) => readFileSync(`docs/hosting/${name}.conf`, 'utf8');
/** Puts what is of this machine in the place of what the settings have as an example, which must be there. */
const changed = (text, changes) =>
  changes.reduce((all, [from, to]) => {
    assert.ok(all.includes(from), from);
    return all.replaceAll(from, to);
  }, text);

const modules = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
const servers = {
  nginx: {
    command: (conf) => ['nginx', '-c', conf, '-e', 'stderr', '-g', 'daemon off;'],
    conf: (folder, port) => `
${existsSync(modules) ? `load_module ${modules};` : ''}
pid ${folder}/pid;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  default_type application/octet-stream;
${changed(settings('nginx'), [['127.0.0.1:8080', `127.0.0.1:${port}`], ['/srv/www', `${folder}/www`]])}
}`,
  },
  apache: {
    command: (conf) => ['apache2', '-f', conf, '-D', 'FOREGROUND'],
    conf: (folder, port) => `
ServerRoot /usr/lib/apache2
ServerName localhost
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
Listen 127.0.0.1:${port}
${['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'rewrite'].map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join('\n')}
${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
TypesConfig /dev/null
DocumentRoot ${folder}/www
${changed(settings('apache'), [['/srv/www', `${folder}/www`]])}`,
  },
};

/** A running server of the built page, in a sub-path. */
async function running(t, name) {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-hosting-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'www'));
  const root = join(folder, 'www/mailflow');
  cpSync(packed, root, { recursive: true });
  chmodSync(root, 0o755);
  const port = await freePort();
  const conf = join(folder, 'server.conf');
  writeFileSync(conf, servers[name].conf(folder, port));
  const [command, ...args] = servers[name].command(conf);
  const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  const ended = once(server, 'exit');
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  t.after(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${port}/mailflow/`;
  for (let tries = 0; ; tries += 1) {
    const answered = await fetch(url).then(() => true, () => false);
    if (answered) break;
    assert.ok(tries < 200 && server.exitCode === null, `${name} does not answer`);
    await pause(50);
  }
  return { url, root, stop };
}

/** What a server answers, as it comes. */
const ask = (url, headers = {}) =>
  new Promise((done, failed) => {
    get(url, { headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on('error', failed);
  });

const types = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

for (const name of Object.keys(servers)) {
  test(`${name} says of every file what the page needs`, { timeout: 60_000 }, async (t) => {
    const { url } = await running(t, name);
    for (const file of ['', ...readdirSync(dist)]) {
      const content = readFileSync(join(dist, file || 'index.html'));
      const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
      for (const encoding of [undefined, 'gzip', 'gzip, deflate, br, zstd']) {
        const asked = `${file} ${encoding}`;
        const { status, headers, body } = await ask(url + file, encoding ? { 'Accept-Encoding': encoding } : {});
        assert.equal(status, 200, asked);
        assert.equal(headers['content-type'].toLowerCase(), types[(file || '.html').split('.').pop()], asked);
        const expected = encoding && (encoding === 'gzip' ? 'gzip' : 'br');
        assert.equal(headers['content-encoding'], expected, asked);
        assert.ok((expected ? unpack[expected](body) : body).equals(content), asked);
        assert.match(headers.vary, /accept-encoding/i, asked);
        const forEver = /-[0-9a-f]{16}\./.test(file);
        assert.equal(headers['cache-control'], forEver ? 'public, max-age=31536000, immutable' : 'no-cache', asked);
        assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, asked);
        assert.equal(headers['content-security-policy'].includes("default-src 'none'"), file === 'service-worker.js', asked);
        assert.equal(headers['x-content-type-options'], 'nosniff', asked);
        assert.equal(headers['referrer-policy'], 'no-referrer', asked);
        const known = headers.etag ? { 'If-None-Match': headers.etag } : { 'If-Modified-Since': headers['last-modified'] };
        const again = await ask(url + file, { ...(encoding && { 'Accept-Encoding': encoding }), ...known });
        assert.equal(again.status, 304, `${asked} again`);
      }
    }
    assert.equal((await ask(`${url}no-such-file`)).status, 404);
  });

  test(`the page on ${name} counts, is kept, and is let go of`, { timeout: 120_000 }, async (t) => {
    const { url, root, stop } = await running(t, name);
    const page = await open(t, 'hosted', { url, allow: [/Failed to load resource|net::ERR|Failed to fetch/] });
    const count = async () => {
      await page.getByRole('button', { name: 'Try with sample data' }).click();
      await whenDone(page);
    };
    await count();
    await page.getByRole('contentinfo').getByText('Works without the network').waitFor();
    // The script that takes the page out of browsers does so.
    for (const ending of ['', '.br', '.gz']) rmSync(join(root, `service-worker.js${ending}`), { force: true });
    copyFileSync('docs/hosting/service-worker-off.js', join(root, 'service-worker.js'));
    await page.reload();
    await until(page, async () => (await caches.keys()).length === 0);
    // And the next one comes back.
    rmSync(join(root, 'service-worker.js'));
    copyFileSync(join(dist, 'service-worker.js'), join(root, 'service-worker.js'));
    await page.reload();
    await page.getByRole('contentinfo').getByText('Works without the network').waitFor();
    await stop();
    await page.reload();
    await started(page);
    await count();
  });
}
