// The notices of what others wrote and is in the page or in the program: their licences ask that these go with it.
// Usage: node tools/licences.mjs page|program [FILE]   (without a file it is printed)
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** The crates are those of the project, wherever a build of it stands. */
const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** The kind of machine that this is. */
const host = () => /^host: (.+)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8' }))[1];

/** What cargo is to know of each. */
const OPTIONS = {
  page: () => ['--no-default-features', '--features', 'page', '--filter-platform', 'wasm32-unknown-unknown'],
  program: () => ['--filter-platform', host()],
};

/** Licences that we take where a crate may be had under one of several, in this order. */
const PREFERRED = ['MIT', 'Apache-2.0', 'Zlib', 'ISC', 'BSD-3-Clause', 'BSL-1.0', 'Unicode-3.0'];

/** The crates that are linked into one of them: no build scripts, no macros, no tests. */
function linked(what) {
  const text = execFileSync('cargo', ['metadata', '--format-version', '1', '--locked', ...OPTIONS[what]()], { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
  const { packages, resolve } = JSON.parse(text);
  const known = new Map(packages.map((own) => [own.id, own]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const isMacro = (own) => own.targets.some(({ kind }) => kind.includes('proc-macro'));
  const found = new Set();
  const visit = (id) => {
    if (found.has(id) || isMacro(known.get(id))) return;
    found.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  visit(resolve.root);
  found.delete(resolve.root);
  return [...found].map((id) => known.get(id)).sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1));
}

/** The licences under which a crate is taken: of each choice the first that is preferred. */
export function taken(expression) {
  // `/` is how choices were written before SPDX expressions.
  const parts = expression.replaceAll('/', ' OR ').split(/\s+AND\s+/);
  return parts.map((part) => {
    const choices = part.replace(/[()]/g, '').split(/\s+OR\s+/).map((choice) => choice.trim());
    const best = PREFERRED.find((name) => choices.includes(name));
    if (!best) throw new Error(`no licence of "${expression}" is among those that are taken: ${PREFERRED.join(', ')}`);
    return best;
  });
}

/** What tells the text of one licence from that of another. */
const SIGNS = {
  MIT: /Permission is hereby granted, free of charge/,
  'Apache-2.0': /Apache License\s+Version 2\.0/,
  Zlib: /provided 'as-is'/,
  ISC: /Permission to use, copy, modify, and(?:\/or)? distribute/,
  'BSD-3-Clause': /Redistribution and use in source and binary forms/,
  'BSL-1.0': /Boost Software License/,
  'Unicode-3.0': /UNICODE LICENSE V3/,
};

/** The texts of a crate that say so, by licence; and what must be handed on beside them. */
function textsOf(own) {
  const folder = dirname(own.manifest_path);
  const names = readdirSync(folder).filter((name) => /^(?:licen[sc]e|copying|copyright|notice|unlicense)/i.test(name));
  const extra = own.license_file ? [own.license_file] : [];
  const files = [...new Set([...names, ...extra])].sort().map((name) => join(folder, name));
  const texts = files.filter((path) => existsSync(path) && !path.endsWith('.rs')).flatMap((path) => {
    try {
      return [{ path, text: readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim() }];
    } catch {
      // A folder of licences: they are named in the files beside it.
      return [];
    }
  });
  const wanted = taken(own.license ?? '');
  const found = wanted.map((name) => [name, texts.find(({ text }) => SIGNS[name].test(text))?.text]);
  const notices = texts.filter(({ path }) => /\/notice[^/]*$/i.test(path)).map(({ text }) => text);
  return { found, notices };
}

const isCopyright = (line) => /^\s*(?:copyright\b|\(c\)|©|portions copyright)/i.test(line);

/** A text in two: the lines that say whose it is, and what is alike in all. */
function parted(text) {
  const lines = text.split('\n');
  // Only what stands before the terms: Apache's have lines that begin so, too.
  const end = lines.findIndex((line) => Object.values(SIGNS).some((sign) => sign.test(line)));
  const head = lines.slice(0, end < 0 ? 12 : end + 1);
  const whose = head.filter(isCopyright).map((line) => line.trim());
  const terms = [...head.filter((line) => !isCopyright(line)), ...lines.slice(head.length)].join('\n').trim();
  return { whose, terms };
}

/** The words alone: texts differ in their line ends and titles. */
const alike = (licence, text) =>
  licence + text.replace(/^.*(?:MIT|ISC|zlib|Zlib|Boost)? ?Licen[sc]e.*$/gim, '').toLowerCase().replace(/[^a-z]+/g, '');

/** All of it as text. */
export function notices(what) {
  const groups = new Map();
  const more = [];
  for (const own of linked(what)) {
    const { found, notices: said } = textsOf(own);
    const name = `${own.name} ${own.version}`;
    for (const notice of said) more.push(`${name}\n\n${notice}`);
    for (const [licence, text] of found) {
      const { whose, terms } = text ? parted(text) : { whose: own.authors.map((author) => `Copyright (c) ${author}`), terms: '' };
      // Terms that a crate names and does not bring are those of the others.
      const key = licence === 'MIT' || licence === 'Apache-2.0' || !terms ? licence : alike(licence, terms);
      const group = groups.get(key) ?? { licence, terms: '', crates: [] };
      // One copy of the terms is enough: of MIT the plainest, of Apache the whole.
      const better = licence === 'MIT' ? terms.length < group.terms.length : terms.length > group.terms.length;
      if (terms && (better || !group.terms)) group.terms = terms;
      group.crates.push([name, own.repository ?? '', ...whose.map((line) => `    ${line}`)].filter(Boolean).join('\n  '));
      groups.set(key, group);
    }
  }
  const missing = [...groups.values()].find(({ terms }) => !terms);
  if (missing) throw new Error(`nobody brings the terms of ${missing.licence}, under which is: ${missing.crates.join(', ')}`);
  const rule = `\n\n${'-'.repeat(79)}\n\n`;
  const sections = [...groups.values()].map(({ licence, terms, crates }) => `Under ${licence}:\n\n${crates.join('\n')}\n\n${terms}`);
  const title = what === 'page' ? 'The page of mailflow' : 'The program mailflow';
  const head = `${title} is made with the work of others. Here are their notices, which their licences ask to hand on.
mailflow itself is under MIT OR Apache-2.0.

The standard library of Rust is in it, too: MIT OR Apache-2.0, Copyright (c) The Rust Project Contributors,
https://www.rust-lang.org/policies/licenses`;
  return `${[head, ...sections, ...more].join(rule)}\n`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [what, file] = argv.slice(2);
  if (!OPTIONS[what]) throw new Error('Usage: node tools/licences.mjs page|program [FILE]');
  if (file) writeFileSync(file, notices(what));
  else process.stdout.write(notices(what));
}
