// Puts what is handed out of a version into release/: the hosted form as a zip, the single file, the program, notes, and checksums.
// Usage: node tools/release.mjs [DIRECTORY, in place of release]   (make release builds first)
// Two runs on the same sources and machine give the same bytes: nothing in it tells when or by whom it was made.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';
import { notices as licences } from './licences.mjs';

// The zip format has local times.
process.env.TZ = 'UTC';

const [target = 'release'] = process.argv.slice(2);
const out = `${target}.new`;
const command = (name, ...args) => execFileSync(name, args, { encoding: 'utf8' }).trim();

const [, version] = /^version = "(.+)"$/m.exec(readFileSync('Cargo.toml', 'utf8'));
const [, triple] = /^host: (.+)$/m.exec(command('rustc', '-vV'));
const parts = JSON.parse(/id="parts">(.*?)<\/script>/s.exec(readFileSync('dist/index.html', 'utf8'))[1]);
if (!parts.version.startsWith(`${version}+`)) throw new Error(`dist holds ${parts.version}, not ${version}: run make page`);
const program = 'target/release/mailflow';
const says = command(program, '--version');
if (says !== `mailflow ${version}`) throw new Error(`${program} says that it is "${says}", not ${version}: run make program`);

/** The notes of a version: its section of the changelog, or what is not released yet. */
function notes() {
  const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);
  const named = (name) => sections.find((section) => new RegExp(`^\\[?${name.replaceAll('.', '\\.')}\\b`).test(section));
  const own = named(version);
  if (!own) console.log(`CHANGELOG.md has no section "## ${version}": the notes are those of "Unreleased"`);
  const section = own ?? named('Unreleased');
  if (!section) throw new Error(`CHANGELOG.md has neither "## ${version}" nor "## Unreleased"`);
  return `# mailflow ${version}${own ? '' : ' (unreleased)'}\n\n${section.split('\n').slice(1).join('\n').trim()}\n`;
}

/** When the sources were last changed, as far as git knows; the zip format begins in 1980. */
function changedAt() {
  const given = process.env.SOURCE_DATE_EPOCH;
  return new Date(Number(given ?? command('git', 'log', '-1', '--format=%ct')) * 1000);
}

/** All files below a folder, as paths within it. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative('.', name))
    .sort();

/** A zip of files, each named as it lies in it. */
function zip(files) {
  // Seconds are even in a zip.
  const mtime = changedAt();
  const entry = (path) => [readFileSync(path), { mtime, os: 3, attrs: (0o100644 << 16) >>> 0, level: 9 }];
  return zipSync(Object.fromEntries(files.map(([name, path]) => [name, entry(path)])));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
const folder = `mailflow-${version}`;
const page = filesIn('dist').filter((name) => name !== 'mailflow.html');
const hosting = filesIn('docs/hosting');
const files = [
  ...page.map((name) => [`${folder}/page/${name}`, join('dist', name)]),
  [`${folder}/hosting.md`, 'docs/hosting.md'],
  [`${folder}/endpoint.schema.json`, 'docs/endpoint.schema.json'],
  ...hosting.map((name) => [`${folder}/hosting/${name}`, join('docs/hosting', name)]),
  [`${folder}/hosting/compress.mjs`, 'tools/compress.mjs'],
  ...['LICENSE-APACHE', 'LICENSE-MIT'].map((name) => [`${folder}/${name}`, name]),
];
writeFileSync(join(out, `mailflow-${version}-page.zip`), zip(files));
copyFileSync('dist/mailflow.html', join(out, 'mailflow.html'));
const named = join(out, `mailflow-${version}-${triple}`);
copyFileSync(program, named);
chmodSync(named, 0o755);
writeFileSync(`${named}-licences.txt`, licences('program'));
writeFileSync(join(out, 'NOTES.md'), notes());
const sums = readdirSync(out)
  .sort()
  .map((name) => `${createHash('sha256').update(readFileSync(join(out, name))).digest('hex')}  ${name}\n`);
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
rmSync(target, { recursive: true, force: true });
renameSync(out, target);
console.log(`${target}/ is mailflow ${parts.version}:\n${sums.join('').trimEnd()}`);
