// The speed benchmark: the page beside what else reads such files in a browser.
// Usage: node bench/run.mjs [--cases trace-100,gzip,…] [--candidates mailflow,papa,…] [--reps 3] [--dist DIR]
//
// What the columns mean is in README.md beside this file.
import { execFileSync } from 'node:child_process';
import { appendFileSync, createReadStream, existsSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { firefoxPath } from '../tests/browser/firefox.mjs';
import { BROWSERS } from './browsers.mjs';
import { caseOf, generate } from './generate.mjs';
import { CANDIDATES, measure } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: 'trace-100,trace-1000,utf16,gzip,many,postfix,receive' },
    candidates: { type: 'string', default: Object.keys(CANDIDATES).join() },
    reps: { type: 'string', default: '3' },
    dist: { type: 'string', default: 'dist' },
  },
});

const cases = options.cases.split(',').map(caseOf);
const repetitions = Number(options.reps);

/** What a command says, or nothing where it fails. */
function says(command, ...args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Whether a candidate can run here; says so where not. */
function isThere(candidate) {
  if (!Object.hasOwn(CANDIDATES, candidate)) throw new Error(`No such candidate: ${candidate}`);
  if (candidate === 'program' && !existsSync(CANDIDATES.program.command[0])) {
    console.log(`(${CANDIDATES.program.command[0]} is left out: it is not built)`);
    return false;
  }
  if (CANDIDATES[candidate].browser === 'firefox' && !firefoxPath()) {
    console.log(`(${CANDIDATES[candidate].name} is left out: no Firefox was found; name one with FIREFOX=path)`);
    return false;
  }
  if (candidate === 'polars' && says('python3', '-c', 'import polars') === undefined) {
    console.log('(polars is left out: python3 has no such module)');
    return false;
  }
  return true;
}

/** DuckDB comes in modules, which a browser cannot find by their names. */
async function bundle() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: ['bench/peers/duckdb.js'],
    outfile: 'bench/node_modules/.bench/duckdb.js',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
}

/** Reads files once, so that the disk is not measured. */
async function warm(files) {
  for (const file of files) {
    for await (const _ of createReadStream(file, { highWaterMark: 1 << 22 }));
  }
}

/** The middle of what was measured, if anything was. */
function median(numbers) {
  const sorted = numbers.filter((number) => number !== undefined).sort((one, other) => one - other);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const digits = (number, count) => (number === undefined ? '' : number.toFixed(count));
const percent = (share) => (share === undefined ? '' : `${(share * 100).toFixed(0)}%`);
const times = (number, base) => (number === undefined || base === undefined ? '' : `${(number / base).toFixed(2)} ×`);

/** The table of a case, in Markdown. */
function table({ name }, { expected }, runs) {
  const of = (candidate, what) => median(runs.filter((run) => run.candidate === candidate).map((run) => run[what]));
  const lines = [
    `## ${name}`,
    '',
    `${(expected.bytes / 1e6).toFixed(0)} MB, ${expected.rows} rows, ${expected.messages} messages; medians of ${repetitions}.`,
    '',
    '| | s | MB/s | CPU s | tab grew by MB | longest task ms | others\' load | answer | s to ours | CPU to ours |',
    '|---|--:|--:|--:|--:|--:|--:|---|--:|--:|',
  ];
  for (const candidate of new Set(runs.map((run) => run.candidate))) {
    const own = runs.filter((run) => run.candidate === candidate);
    const [seconds, processor] = [of(candidate, 'seconds'), of(candidate, 'processor')];
    const faults = own.filter(({ fault }) => fault);
    const answer = faults.length === 0 ? 'right' : `**${faults[0].fault.split('\n')[0].slice(0, 90)}** (${faults.length} of ${own.length})`;
    const cells = [
      CANDIDATES[candidate].name,
      digits(seconds, 2),
      seconds && digits(expected.bytes / 1e6 / seconds, 0),
      digits(processor, 2),
      digits(of(candidate, 'growth'), 0),
      digits(of(candidate, 'longestTask'), 0),
      percent(of(candidate, 'others')),
      answer,
      times(seconds, of('mailflow', 'seconds')),
      times(processor, of('mailflow', 'processor')),
    ];
    lines.push(`| ${cells.map((cell) => cell ?? '').join(' | ')} |`);
  }
  const firefox = (what) => times(of('papa-firefox', what), of('mailflow-firefox', what));
  if (firefox('seconds')) lines.push('', `In Firefox, Papa Parse takes ${firefox('seconds')} the time, ${firefox('processor')} the CPU.`);
  const ready = of('mailflow', 'ready');
  if (ready !== undefined) lines.push('', `mailflow is ready for files after ${digits(ready, 2)} s.`);
  return `${lines.join('\n')}\n`;
}

const candidates = options.candidates.split(',').filter(isThere);
if (candidates.includes('duckdb')) await bundle();

const versions = {};
for (const kind of new Set(candidates.map((candidate) => CANDIDATES[candidate]).filter(({ page }) => page).map(({ browser = 'chromium' }) => browser))) {
  const browser = await BROWSERS[kind]();
  versions[kind] = browser.version;
  await browser.close();
}
const changed = says('git', 'status', '--porcelain', '--untracked-files=no') ? ', with changes' : '';
const where = {
  date: new Date().toISOString(),
  commit: `${says('git', 'rev-parse', '--short', 'HEAD') ?? 'unknown'}${changed}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  ...versions,
};
const browsers = Object.entries(versions).map(([kind, version]) => `${kind[0].toUpperCase()}${kind.slice(1)} ${version}`).join(', ');
console.log(`# Speed of mailflow\n\n${where.date}, commit ${where.commit}, ${where.cpu} (${where.cores} cores), ${browsers}\n`);

mkdirSync('bench/results', { recursive: true });
const results = join('bench/results', `${where.date.slice(0, 10)}.jsonl`);

for (const one of cases) {
  const made = await generate(one.name);
  const taking = candidates.filter((candidate) => CANDIDATES[candidate].kinds.includes(one.kind));
  const runs = [];
  await warm(made.files);
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    // One after the other, so that a slow minute of the machine is everyone's.
    for (const candidate of taking) {
      const run = { case: one.name, candidate, repetition, ...(await measure(candidate, made, options.dist)) };
      runs.push(run);
      appendFileSync(results, `${JSON.stringify({ ...where, ...run })}\n`);
      console.error(`${one.name} ${candidate} ${repetition}: ${run.fault?.split('\n')[0] ?? `${run.seconds.toFixed(2)} s`}`);
    }
  }
  console.log(table(one, made, runs));
}
console.log(`Every run is in ${results}.`);
