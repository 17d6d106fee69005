// A static file server for trying and testing the page.
// Usage: node tools/serve.mjs [DIRECTORY] [PORT]
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The file that a request path names, or nothing where it is outside of `root`. */
async function fileFor(root, prefix, url) {
  const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  if (!path.startsWith(prefix) || path.includes('\0')) return undefined;
  let file = resolve(join(root, path.slice(prefix.length)));
  if (file !== root && !file.startsWith(root + sep)) return undefined;
  if ((await stat(file)).isDirectory()) file = join(file, 'index.html');
  return { file, size: (await stat(file)).size };
}

/** Serves `root` under `prefix` on 127.0.0.1; resolves with the server once it listens. */
export async function serve({ root, prefix = '/', port = 0 }) {
  root = resolve(root);
  const server = createServer(async (request, response) => {
    const found = await fileFor(root, prefix, request.url).catch(() => undefined);
    if (!found || !['GET', 'HEAD'].includes(request.method)) {
      response.writeHead(found ? 405 : 404, { 'Content-Type': 'text/plain' }).end(found ? 'Not allowed' : 'Not found');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(found.file)] ?? 'application/octet-stream',
      'Content-Length': found.size,
      // Hashed names never change their content.
      'Cache-Control': /-[0-9a-f]{16}\./.test(found.file) ? 'max-age=31536000, immutable' : 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(found.file).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  return server;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [root = 'dist', first = '8080'] = process.argv.slice(2);
  for (let port = Number(first); ; port += 1) {
    try {
      await serve({ root, port });
      console.log(`mailflow is on http://127.0.0.1:${port}/ (Ctrl+C ends it)`);
      break;
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
}
