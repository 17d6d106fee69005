// Writes the files that are read by the benchmark, and what must be found in them.
// Usage: node bench/generate.mjs [CASE ...] [--folder DIR] [--seed N]
//
// A case is a kind with its size in decimal megabytes (1000 where none is said):
//   trace-100    an Extended report in UTF-8           utf16-100   one in UTF-16LE, so large
//   gzip-100     trace-100, compressed                 many-100    trace-100 in twenty files
//   postfix-100  a Postfix log                         receive-100 an SMTP Receive Protocol Log
//
// The same seed gives the same bytes. Beside the files goes CASE.expected.json:
// it is written from what the generator did, and nothing was parsed for it.
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { postfix } from './kinds/postfix.mjs';
import { receive } from './kinds/receive.mjs';
import { trace } from './kinds/trace.mjs';
import { Counts, Random } from './random.mjs';

/** To be raised when the generators change, so that old files are written again. */
const VERSION = 1;
const SEED = 20261125;
const MEGABYTE = 1_000_000;

/** Each kind: what its rows tell, and in which form they are written. */
const KINDS = {
  trace: { tell: trace, name: (size) => `trace-${size}.csv` },
  utf16: { tell: trace, name: (size) => `trace-utf16-${size}.csv`, encoding: 'utf16le', mark: '\ufeff' },
  gzip: { tell: trace, name: (size) => `trace-${size}.csv.gz`, gzip: true },
  many: { tell: trace, name: (size, part) => `trace-${size}-part-${String(part + 1).padStart(2, '0')}.csv`, parts: 20 },
  postfix: { tell: postfix, name: (size) => `postfix-${size}.log` },
  receive: { tell: receive, name: (size) => `smtp-receive-${size}.log` },
};

/** `trace-100` taken apart. */
export function caseOf(text) {
  const [, kind, size = '1000'] = /^([a-z0-9]+?)(?:-(\d+))?$/.exec(text) ?? [];
  if (!Object.hasOwn(KINDS, kind ?? '')) throw new Error(`No such case: ${text}`);
  return { name: `${kind}-${size}`, kind, size: Number(size) };
}

/** Rows, joined to buffers of whole rows that are about `length` long. */
function* batches(rows, encoding, length) {
  let text = '';
  for (const row of rows) {
    text += row;
    if (text.length < length) continue;
    yield Buffer.from(text, encoding);
    text = '';
  }
  yield Buffer.from(text, encoding);
}

/** A file under way, compressed or not. */
class Output {
  constructor(path, gzip) {
    const file = createWriteStream(path);
    this.closed = finished(file);
    this.stream = gzip ? createGzip() : file;
    if (gzip) this.stream.pipe(file);
  }

  async write(buffer) {
    if (!this.stream.write(buffer)) await once(this.stream, 'drain');
  }

  async end() {
    this.stream.end();
    await this.closed;
  }
}

/**
 * Writes the files of a case into a folder, unless they are there. Resolves with
 * their paths and with what must be found in them.
 */
export async function generate(text, { folder = 'bench/data', seed = SEED } = {}) {
  const { name, kind, size } = caseOf(text);
  const { tell, name: fileName, encoding = 'utf8', mark = '', gzip = false, parts = 1 } = KINDS[kind];
  const files = Array.from({ length: parts }, (_, part) => resolve(folder, fileName(size, part)));
  const note = join(folder, `${name}.expected.json`);
  if (existsSync(note)) {
    const expected = JSON.parse(readFileSync(note, 'utf8'));
    if (expected.version === VERSION && expected.seed === seed && files.every((file) => existsSync(file))) return { files, expected };
  }
  mkdirSync(folder, { recursive: true });
  // It is written last, so a run that was broken off leaves none.
  rmSync(note, { force: true });

  const truth = { rows: 0, messages: 0, counted: new Counts(), groups: new Counts() };
  let bytes = 0;
  const { header, rows } = tell(new Random(seed), () => bytes < size * MEGABYTE, truth);
  const begin = async (file) => {
    const output = new Output(file, gzip);
    await output.write(Buffer.from(mark + header, encoding));
    return output;
  };
  const left = [...files];
  let output = await begin(left.shift());
  for (const batch of batches(rows, encoding, Math.min(65_536, (size * MEGABYTE) / 200))) {
    if (left.length > 0 && bytes >= ((parts - left.length) * size * MEGABYTE) / parts) {
      await output.end();
      output = await begin(left.shift());
    }
    await output.write(batch);
    bytes += batch.length;
  }
  await output.end();

  const sorted = (counts) => Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
  const expected = {
    version: VERSION,
    seed,
    // Of the text, not of what is compressed.
    bytes,
    rows: truth.rows,
    messages: truth.messages,
    counted: sorted(truth.counted),
    groups: sorted(truth.groups),
  };
  writeFileSync(note, `${JSON.stringify(expected, null, 1)}\n`);
  return { files, expected };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: { folder: { type: 'string' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  for (const text of positionals.length > 0 ? positionals : ['trace-100']) {
    const start = performance.now();
    const { expected } = await generate(text, { folder: values.folder, seed: values.seed && Number(values.seed) });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${caseOf(text).name}: ${expected.bytes} bytes, ${expected.rows} rows, ${expected.messages} messages (${seconds} s)`);
  }
}
