// Measures one run of one candidate on the files of one case, and checks its answer.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '../tools/serve.mjs';
import { BROWSERS } from './browsers.mjs';
import { machineSeconds, processorSeconds, watchTabs } from './proc.mjs';

const TRACES = ['trace', 'utf16', 'gzip', 'many'];
const LOGS = ['postfix', 'receive'];
const PROGRAM = 'target/release/mailflow';
const TIMEOUT = 600_000;

/** Which kinds each candidate reads, and where it is. */
export const CANDIDATES = {
  mailflow: { kinds: [...TRACES, ...LOGS], page: 'index.html', name: 'mailflow' },
  papa: { kinds: TRACES, page: 'peers/papa.html', name: 'Papa Parse' },
  duckdb: { kinds: TRACES, page: 'peers/duckdb.html', name: 'DuckDB-Wasm' },
  'js-lines': { kinds: LOGS, page: 'peers/js-lines.html', name: 'JavaScript by hand' },
  'mailflow-firefox': { kinds: [...TRACES, ...LOGS], page: 'index.html', name: 'mailflow in Firefox', browser: 'firefox' },
  'papa-firefox': { kinds: TRACES, page: 'peers/papa.html', name: 'Papa Parse in Firefox', browser: 'firefox' },
  program: { kinds: [...TRACES, ...LOGS], command: [PROGRAM, 'tally', '--json'], name: 'mailflow, the program' },
  polars: { kinds: ['trace', 'many'], command: ['python3', 'bench/with_polars.py'], name: 'polars, native' },
};

/** Runs in the page before its own scripts. */
function watch() {
  const bench = { longTasks: [] };
  window.bench = bench;
  addEventListener('change', () => { bench.start ??= performance.now(); }, { capture: true });
  new PerformanceObserver((list) => bench.longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  /** Resolves with the time of the first mark of this name. */
  bench.marked = (name) =>
    new Promise((resolve) => {
      new PerformanceObserver((list) => {
        const mark = list.getEntriesByName(name)[0];
        if (mark) resolve(mark.startTime);
      }).observe({ type: 'mark', buffered: true });
    });
}

/** Of the page's own JSON or the program's: what `expected` says of it. */
function figures({ files, cells }) {
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  const counted = {};
  for (const { direction, tls, messages } of cells) {
    counted[`${direction} ${tls}`] = (counted[`${direction} ${tls}`] ?? 0) + messages;
  }
  return { rows: sum('rows'), messages: sum('messages'), counted };
}

/** Says what is wrong with an answer, if something is. */
function fault(answer, expected) {
  if (answer.error) return answer.error;
  const wrong = Object.keys(answer).filter((part) => !isDeepStrictEqual(answer[part], expected[part]));
  return wrong.length > 0 ? `wrong: ${wrong.join(', ')}` : undefined;
}

/** How much of the machine others used while `seconds` of it were ours. */
function load(before, seconds) {
  const after = machineSeconds();
  return Math.max(0, (after.busy - before.busy - seconds) / Math.max(0.01, after.all - before.all));
}

/** A page in a browser and a profile that are new. */
async function inBrowser(candidate, files, expected, dist) {
  const { page: address, browser: kind = 'chromium' } = CANDIDATES[candidate];
  const ours = address === 'index.html';
  const server = await serve({ root: ours ? dist : 'bench' });
  const page = await BROWSERS[kind]();
  try {
    page.crashed.catch(() => {});
    await page.before(watch);
    await page.goto(`http://127.0.0.1:${server.address().port}/${address}`);
    const ready = await page.evaluate(async (ours) => {
      if (!ours) return window.bench.marked('peer:ready');
      await window.mailflow.sealed;
      return performance.now();
    }, ours);
    const last = ours ? 'mailflow:import-done' : 'peer:finished';
    // What starting leaves to do is done by then.
    await pause(500);

    const growth = watchTabs();
    const machine = machineSeconds();
    const processor = processorSeconds();
    await page.choose(files);
    const finished = page.evaluate(async (last) => {
      const end = await window.bench.marked(last);
      return { start: window.bench.start, end };
    }, last);
    const late = pause(TIMEOUT, undefined, { ref: false }).then(() => { throw new Error(`not finished after ${TIMEOUT / 1000} s`); });
    const { start, end } = await Promise.race([finished, page.crashed, late]);
    const used = processorSeconds() - processor;
    const run = {
      seconds: (end - start) / 1000,
      processor: used,
      growth: growth(),
      others: load(machine, used),
      ready: ready / 1000,
      // Firefox does not tell of them.
      longestTask: kind === 'firefox' ? undefined : await page.evaluate(
        ({ start, end }) => Math.max(0, ...window.bench.longTasks
          .filter((task) => task.startTime < end && task.startTime + task.duration > start)
          .map(({ duration }) => duration)),
        { start, end },
      ),
    };
    const answer = ours ? figures(JSON.parse(await page.saved('Download figures (JSON)'))) : await page.evaluate(() => window.answer);
    return { ...run, fault: fault(answer, expected) };
  } finally {
    await page.close();
    server.close();
    server.closeAllConnections();
  }
}

/** A program, timed by the shell. */
function natively(candidate, files, expected) {
  const folder = mkdtempSync(join(tmpdir(), 'mailflow-bench-'));
  try {
    const machine = machineSeconds();
    const script = 'out=$1; shift; TIMEFORMAT="%R %U %S"; time "$@" >"$out"';
    const answer = join(folder, 'answer.json');
    const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', answer, ...CANDIDATES[candidate].command, ...files], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    const said = stderr.trim().split('\n');
    const [seconds, user, system] = said.pop().split(' ').map(Number);
    if (status !== 0) throw new Error(said.pop() ?? `ended with ${status}`);
    const json = JSON.parse(readFileSync(answer, 'utf8'));
    return {
      seconds,
      processor: user + system,
      others: load(machine, user + system),
      fault: fault(candidate === 'program' ? figures(json) : json, expected),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One run; what goes wrong in it is its `fault`. */
export async function measure(candidate, { files, expected }, dist = 'dist') {
  try {
    return CANDIDATES[candidate].page
      ? await inBrowser(candidate, files, expected, dist)
      : natively(candidate, files, expected);
  } catch (error) {
    return { fault: String(error?.message ?? error).trim() };
  }
}
