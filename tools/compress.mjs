// Puts a .br and a .gz beside every file of a built page that gains by it, for servers that hand out what is compressed already.
// Usage: node tools/compress.mjs [DIRECTORY, in place of dist]
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Of a page, each in its best setting, which both have from the start. */
const ways = { br: brotliCompressSync, gz: (content) => gzipSync(content, { level: 9 }) };

const [folder = 'dist'] = process.argv.slice(2);
for (const name of readdirSync(folder).filter((name) => /\.(?:css|html|js|txt|wasm|webmanifest)$/.test(name))) {
  const content = readFileSync(join(folder, name));
  for (const [ending, compress] of Object.entries(ways)) {
    const smaller = compress(content);
    if (smaller.length < content.length) writeFileSync(join(folder, `${name}.${ending}`), smaller);
  }
}
