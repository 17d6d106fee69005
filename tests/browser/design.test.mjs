// The rules of docs/design.md that a machine can check: style sheets say tokens and nothing else, colours that meet
// stand far enough apart, and TLS versions are told apart by everyone who sees.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, difference, lab, over, parse, seen, visions } from './colour.mjs';

const tokensFile = readFileSync('style/tokens.css', 'utf8');
const without = (css) => css.replace(/\/\*.*?\*\//gs, '');
const sheets = readdirSync('style')
  // Paper is measured in points, and margin boxes of @page take no custom properties.
  .filter((name) => name !== 'tokens.css' && name !== 'print.css')
  .map((name) => [name, without(readFileSync(`style/${name}`, 'utf8'))]);

/** Declarations of a sheet: the property and the value. */
const declarations = (css) => [...css.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+);/g)].map(([, property, value]) => [property, value.replace(/\s+/g, ' ').trim()]);

/** The tokens that a block sets: the name and the value. */
const set = (block) => Object.fromEntries([...block.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));

const [usual, more] = [/^:root \{(.*?)^\}/ms, /prefers-contrast: more\) \{(.*?)^\}/ms].map((block) => set(block.exec(without(tokensFile))[1]));
const themes = Object.fromEntries(
  [['light', 0, {}], ['dark', 1, {}], ['light, more contrast', 0, more], ['dark, more contrast', 1, more]].map(([name, side, changed]) => {
    const value = (token) => ({ ...usual, ...changed })[token];
    const colour = (token) => parse(/^light-dark\((.*), (.*)\)$/.exec(value(token))?.[side + 1] ?? value(token));
    return [name, colour];
  }),
);
const isColour = (value) => /^(?:#|light-dark\()/.test(value);
const colours = Object.keys(usual).filter((name) => isColour(usual[name]));

/**
 * Where a value may stand for itself: it is no colour and no step of a gap, but a part of a drawing's geometry.
 * Property, value, and why.
 */
const EXCEPTIONS = [
  // Dashes and widths of lines are in units of the drawing (chart.css).
  [/^stroke-(?:width|dasharray)$/, /.*/],
  // The part of a picture that a pattern of the page leaves free.
  [/^(?:fill|stroke|background|border|border-bottom|border-color|color)$/, /^(?:0|none|inherit|transparent|currentColor|1px solid transparent|3px solid transparent|url\(#.*\))$/],
  // The person's own colours, by their names (forced.css).
  [/^(?:fill|stroke|color|background|border(?:-color)?|outline(?:-color)?)$/, /^(?:\d+px solid )?(?:CanvasText|Canvas|GrayText|Highlight|ButtonFace|ButtonText)$/],
  [/^border-radius$/, /^0$/],
];
const excepted = (property, value) => EXCEPTIONS.some(([of, is]) => of.test(property) && is.test(value));

/** What a value of a property may be made of, besides tokens. */
const RULES = [
  [/^(?:color|background(?:-color)?|fill|stroke|accent-color|(?:border|outline)(?:-[a-z]+)*-color)$/, /^var\(--[a-z0-9-]+\)$/],
  [/^(?:border|outline)(?:-(?:top|right|bottom|left|inline|block)(?:-start|-end)?)?$/, /^(?:0|none|[123]px (?:solid|dashed) var\(--[a-z0-9-]+\))$/],
  [/^font-size$/, /^var\(--text-[a-z0-9]+\)$/],
  [/^font$/, /^(?:inherit|var\(--text-[a-z0-9]+\) \/ [\d.]+ var\(--[a-z]+\))$/],
  [/^font-family$/, /^var\(--(?:font|mono)\)$/],
  [/^(?:padding|margin|scroll-(?:margin|padding))(?:-[a-z]+)*$|^(?:row-|column-)?gap$/, /^(?:(?:0|auto|var\(--(?:space-\d+|edge)\)|calc\((?:-1|2) \* var\(--space-\d+\)\)|calc\(var\(--edge\) - var\(--space-\d+\)\))(?: |$))+$/],
  [/^border-radius$/, /^(?:(?:0|var\(--radius-[a-z]+\))(?: |$))+$/],
  [/^box-shadow$/, /^(?:none|var\(--shadow-[a-z]+\)|inset 3px 0 var\(--brand\))$/],
  [/^(?:animation|transition)$/, /^[a-z-]+ var\(--motion\)$/],
];

test('style sheets say tokens: no raw colour, size of type, gap, radius, shadow or motion', () => {
  const wrong = sheets.flatMap(([name, css]) =>
    declarations(css)
      .filter(([property, value]) => RULES.some(([of, is]) => of.test(property) && !is.test(value)) && !excepted(property, value))
      .map(([property, value]) => `${name}: ${property}: ${value}`),
  );
  assert.deepEqual(wrong, []);
  // Nothing that the table of rules does not know hides a colour.
  const hidden = sheets.flatMap(([name, css]) => [...css.matchAll(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|lab|lch|oklch|color|color-mix|light-dark)\(/gi)].map(([found]) => `${name}: ${found}`));
  assert.deepEqual(hidden, []);
});

test('every token is used, and every token that is used is one', () => {
  const all = without(tokensFile) + sheets.map(([, css]) => css).join('\n');
  const used = new Set([...all.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name));
  const own = new Set([...all.matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name));
  assert.deepEqual([...used].filter((name) => !own.has(name)), []);
  assert.deepEqual(Object.keys(usual).filter((name) => !used.has(name)), []);
  assert.deepEqual(Object.keys(more).filter((name) => !(name in usual)), []);
});

const TEXT = 4.5;
const GRAPHICS = 3;
const surfaces = ['--surface', '--surface-raised', '--page'];
const series = colours.filter((name) => name.startsWith('--series-'));
const versions = ['--tls-none', '--tls-1-0', '--tls-1-1', '--tls-1-2', '--tls-1-3', '--tls-other'];

/**
 * Colours that meet: those in front, those behind, and the least contrast of any of the one with any of the other
 * (WCAG 2.2: 1.4.3 for text, 1.4.11 for what is operated and for drawings).
 */
const PAIRS = [
  [['--text', '--text-weak', '--brand', '--brand-hover'], [...surfaces, '--surface-hover'], TEXT],
  [['--text', '--text-weak'], ['--note', '--warning', '--problem'], TEXT],
  // An error in words; a title of an insight.
  [['--problem-edge', '--warning-edge'], surfaces, TEXT],
  [['--on-brand'], ['--brand', '--brand-hover'], TEXT],
  [['--on-bar'], ['--bar', '--bar-hover'], TEXT],
  [['--on-fictitious'], ['--fictitious'], TEXT],
  [['--border-strong'], [...surfaces, '--surface-hover'], GRAPHICS],
  [['--bar-edge'], ['--bar'], GRAPHICS],
  [['--focus'], [...surfaces, '--surface-hover', '--note', '--warning', '--problem'], GRAPHICS],
  [['--focus-on-bar'], ['--bar'], GRAPHICS],
  [['--note-edge'], ['--note', ...surfaces], GRAPHICS],
  [['--warning-edge'], ['--warning', ...surfaces], GRAPHICS],
  [['--problem-edge'], ['--problem', ...surfaces], GRAPHICS],
  [[...versions, ...series], ['--surface', '--surface-raised'], GRAPHICS],
  // What is not recorded is an absence: its stripes are seen, not the ground of them.
  [['--pattern-grey'], ['--surface'], GRAPHICS],
];

/** Colours that need not stand apart from anything, and why. */
const ALONE = {
  '--border': 'parts what belongs together anyway',
  '--tls-not-recorded': 'the ground of stripes of --pattern-grey',
  '--pattern-ink': 'lies over a colour that has its own contrast, and says nothing that the legend does not',
  '--scrim': 'lies over what may not be used while a dialog is open',
  '--veil': 'lies over all of the page; what is said on it is --brand, whose ground this nearly is',
};

test('colours that meet stand far enough apart, light and dark and with more contrast', (t) => {
  for (const [theme, colour] of Object.entries(themes)) {
    const found = PAIRS.flatMap(([front, behind, least]) =>
      front.flatMap((one) => behind.map((other) => ({ pair: `${one} on ${other}`, least, is: contrast(colour(one), colour(other)) }))),
    );
    assert.deepEqual(found.filter(({ is, least }) => is < least).map(({ pair, least, is }) => `${theme}: ${pair} is ${is.toFixed(2)}, not ${least}`), []);
    t.diagnostic(`${theme}: ${found.length} pairs, the least of text ${Math.min(...found.filter(({ least }) => least === TEXT).map(({ is }) => is)).toFixed(2)}`);
  }
});

test('each colour has a pair, or a reason to have none', () => {
  const paired = new Set(PAIRS.flatMap(([front, behind]) => [...front, ...behind]));
  assert.deepEqual(colours.filter((name) => !paired.has(name) && !(name in ALONE)), []);
  assert.deepEqual(Object.keys(ALONE).filter((name) => paired.has(name) || !colours.includes(name)), []);
});

test('with more contrast, text has 7:1', () => {
  for (const theme of ['light, more contrast', 'dark, more contrast']) {
    for (const text of ['--text', '--text-weak', '--brand']) {
      for (const ground of surfaces) assert.ok(contrast(themes[theme](text), themes[theme](ground)) >= 7, `${theme}: ${text} on ${ground}`);
    }
  }
});

/**
 * The least CIEDE2000 of any two TLS states: 2.3 is just seen side by side, and slices of a pie are small and apart, so
 * five times that at least must be left for whoever lacks a kind of cone.
 */
const APART = 10;

test('TLS states are told apart with every kind of colour vision', (t) => {
  const states = [...versions, '--tls-not-recorded'];
  for (const [theme, colour] of Object.entries(themes)) {
    let least = [Infinity];
    for (const vision of Object.keys(visions)) {
      const as = states.map((name) => seen(colour(name), vision));
      for (const [at, one] of as.entries()) {
        for (const [other, two] of as.entries()) {
          if (other > at && difference(one, two) < least[0]) least = [difference(one, two), `${vision}: ${states[at]} and ${states[other]}`];
        }
      }
    }
    t.diagnostic(`${theme}: least ${least[0].toFixed(1)}, ${least[1]}`);
    assert.ok(least[0] >= APART, `${theme}: ${least[0].toFixed(1)}, ${least[1]}`);
  }
});

test('a pattern is seen on its colour', () => {
  for (const [theme, colour] of Object.entries(themes)) {
    for (const name of ['--tls-none', '--tls-1-0', '--tls-1-1', '--tls-other']) {
      const inked = over(colour('--pattern-ink'), colour(name));
      assert.ok(contrast(inked, colour(name)) >= 1.5, `${theme}: ${name} ${contrast(inked, colour(name)).toFixed(2)}`);
    }
  }
});

test('the formulas are those of the books', () => {
  const [black, white, red] = ['#000', '#fff', '#ff0000'].map(parse);
  assert.equal(contrast(black, white), 21);
  assert.ok(Math.abs(contrast(red, white) - 3.998) < 0.001);
  assert.ok(Math.abs(difference(black, white) - 100) < 0.01);
  for (const [found, known] of lab(red).map((part, at) => [part, [53.24, 80.09, 67.2][at]])) assert.ok(Math.abs(found - known) < 0.05);
  // Grey is grey to everyone.
  for (const vision of Object.keys(visions)) assert.ok(difference(parse('#808080'), seen(parse('#808080'), vision)) < 0.5, vision);
  // Red and green of one lightness fall together where the red or the green cones are missing.
  const [leaf, brick] = ['#6d8a3a', '#b8713a'].map(parse);
  assert.ok(difference(seen(leaf, 'deutan'), seen(brick, 'deutan')) < difference(leaf, brick) / 2);
});

/**
 * What the page may ask of a browser: Chrome and Edge 123, Firefox 121, Safari 17.5 (docs/design.md). Each is younger
 * than that, or only in some of them.
 */
const TOO_NEW = {
  css: [/@scope\b/, /@starting-style/, /\banchor-name\b|position-anchor/, /field-sizing/, /interpolate-size|calc-size\(/, /text-box/, /@function\b/, /\bif\(/, /:open\b/, /animation-timeline/, /text-wrap:\s*pretty/, /contrast-color\(/, /@container[^{]*style\(/, /reading-flow/, /corner-shape/, /::details-content/, /@property\b/, /popover/],
  js: [/Promise\.try/, /RegExp\.escape/, /Iterator\.(?:from|concat)/, /\.toSorted\(|Uint8Array\.fromBase64/, /Math\.sumPrecise/, /showOpenFilePicker|showSaveFilePicker/, /scheduler\./, /startViewTransition/, /closedby|commandfor/],
};

test('sheets and scripts ask for nothing that is younger than the oldest browsers', () => {
  const css = [...sheets, ['tokens.css', without(tokensFile)], ['start.css', readFileSync('public/start.css', 'utf8')]];
  const js = [['boot.js', readFileSync('public/boot.js', 'utf8')]];
  const found = [[css, TOO_NEW.css], [js, TOO_NEW.js]].flatMap(([files, patterns]) =>
    files.flatMap(([name, text]) => patterns.filter((pattern) => pattern.test(text)).map((pattern) => `${name}: ${pattern}`)),
  );
  assert.deepEqual(found, []);
});
