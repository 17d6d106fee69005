// Runs every test there is and ends with "N passed, N failed".
// Usage: node tools/test.mjs [lint]
// A step that is no test suite (formatting, lints, the build) counts only when
// it fails, as one failure.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Tests must not depend on the language or the clock of the machine.
const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
let passed = 0;
let failed = 0;
const broken = [];

/** Runs a command, passing its output on; resolves with whether it succeeded and what it printed. */
function run(command, args, more = {}) {
  console.log(`\n\x1b[1m$ ${command} ${args.join(' ')}\x1b[0m`);
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => {
      console.error(String(error));
      resolve({ ok: false, output });
    });
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Adds the counts of a suite. A suite that failed without a failed test (it did not compile, say) is one failure. */
function count(name, ok, suite) {
  passed += suite.passed;
  failed += suite.failed;
  if (ok) return;
  broken.push(name);
  if (suite.failed === 0) failed += 1;
}

async function step(command, ...args) {
  const { ok } = await run(command, args);
  count([command, ...args].join(' '), ok, { passed: 0, failed: 0 });
  return ok;
}

async function lint() {
  const wasm = ['--target', 'wasm32-unknown-unknown', '--no-default-features', '--features'];
  const strict = ['--', '-D', 'warnings'];
  await step('cargo', 'fmt', '--check');
  await step('cargo', 'clippy', '--all-targets', ...strict);
  await step('cargo', 'clippy', ...wasm, 'page', ...strict);
  // What may be depended on, and under which licences: deny.toml.
  await step('cargo', 'deny', 'check', 'bans', 'licenses', 'sources');
  const rustdoc = { RUSTDOCFLAGS: '-D warnings' };
  for (const args of [['doc', '--no-deps'], ['doc', '--no-deps', '--lib', ...wasm, 'page']]) {
    const { ok } = await run('cargo', args, rustdoc);
    count(['cargo', ...args].join(' '), ok, { passed: 0, failed: 0 });
  }
}

async function cargoTests(...features) {
  const { ok, output } = await run('cargo', ['test', '--no-fail-fast', ...features]);
  const results = [...output.matchAll(/^test result: .* (\d+) passed; (\d+) failed;/gm)];
  const sum = (group) => results.reduce((total, result) => total + Number(result[group]), 0);
  count('cargo test', ok, { passed: sum(1), failed: sum(2) });
}

async function browserTests() {
  const folder = 'tests/browser';
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort();
  const scratch = mkdtempSync(join(tmpdir(), 'mailflow-test-'));
  const counts = join(scratch, 'counts.tap');
  const { ok } = await run('node', [
    '--test',
    '--test-timeout=1800000',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${counts}`,
    ...files.map((name) => join(folder, name)), 'bench/smoke.test.mjs',
  ]);
  const tap = readFileSync(counts, 'utf8');
  rmSync(scratch, { recursive: true });
  const total = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  count('browser tests', ok, { passed: total('pass'), failed: total('fail') + total('cancelled') });
}

async function sparkTests() {
  const { ok, output } = await run('make', ['--no-print-directory', 'spark-test']);
  const total = (name) => Number(new RegExp(`${name}=(\\d+)`).exec(output)?.[1] ?? 0);
  const wrong = total('failures') + total('errors');
  const ran = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0);
  count('spark tests', ok, { passed: ran - wrong, failed: wrong });
}

await lint();
if (process.argv[2] !== 'lint') {
  await cargoTests();
  // The page's own logic needs no browser.
  await cargoTests('--lib', '--no-default-features', '--features', 'page', '--', 'page::', 'text::', 'worker::');
  // Browser tests of an old build would say nothing.
  if (await step('make', 'build')) {
    await browserTests();
    await sparkTests();
  }
}

console.log();
if (broken.length > 0) console.log(`Failed: ${broken.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
