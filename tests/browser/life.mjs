// What the tests of a page's life share: chance that can be had again, files of every format sound and damaged, and workers that die when told.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** A whole number below `end`. */
  const below = (end) => Math.floor(next() * end);
  const one = (list) => list[below(list.length)];
  return { below, one };
}

const samples = readdirSync('tests/samples')
  .filter((name) => name !== 'README.md')
  .map((name) => ({ name, bytes: readFileSync(join('tests/samples', name)) }));

const WRAPPED = {
  plain: (bytes, name) => [name, bytes],
  gzip: (bytes, name) => [`${name}.gz`, gzipSync(bytes)],
  zip: (bytes, name) => [`${name}.zip`, Buffer.from(zipSync({ [name]: bytes, 'notes.txt': Buffer.from('Dear all,\n') }))],
  utf16: (bytes, name) => {
    const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
    return [name, isWide ? bytes : Buffer.from(`\ufeff${bytes.toString('utf8')}`, 'utf16le')];
  },
};

const DAMAGED = {
  sound: (bytes) => bytes,
  flipped: (bytes, { below }) => {
    const copy = Buffer.from(bytes);
    for (let times = 1 + below(8); times > 0; times -= 1) copy[below(copy.length)] ^= 1 << below(8);
    return copy;
  },
  cut: (bytes, { below }) => bytes.subarray(0, below(bytes.length)),
  spliced: (bytes, { below, one }) => {
    const other = one(samples).bytes;
    return Buffer.concat([bytes.subarray(0, below(bytes.length)), other.subarray(below(other.length))]);
  },
};

/** The `number`th file of a life: its name, which no other has, and its bytes. */
export function made(number, luck) {
  const { name, bytes } = luck.one(samples);
  const [wrap, damage] = [luck.one(Object.keys(WRAPPED)), luck.one(Object.keys(DAMAGED))];
  // Before it is packed, or after.
  const isInner = luck.below(2) === 0;
  const inner = isInner ? DAMAGED[damage](bytes, luck) : bytes;
  const [called, packed] = WRAPPED[wrap](inner, `${number}-${damage}-${wrap}-${name}`);
  return { name: called, bytes: isInner ? packed : DAMAGED[damage](packed, luck) };
}

/**
 * Before the page runs: its workers are in `window.started`, in order. `window.kill(which, way, after)` ends one of them at the message
 * after so many others that go to it ('to') or come from it ('from'), before that is heard. With `window.poison`, so many workers die of
 * the first question after they have read. They die as one whose program trapped.
 */
export const mortal = (page) =>
  page.addInitScript(() => {
    const Real = window.Worker;
    window.started = [];
    let plan;
    const die = (worker) => {
      plan = undefined;
      window.killed = (window.killed ?? 0) + 1;
      worker.terminate();
      worker.dispatchEvent(new ErrorEvent('error', { cancelable: true, message: 'killed by the test' }));
    };
    const isDue = (worker, way) => plan && plan.way === way && window.started.at(plan.which) === worker && (plan.after -= 1) < 0;
    window.Worker = class extends Real {
      constructor(...args) {
        super(...args);
        window.started.push(this);
        this.addEventListener('message', (event) => {
          if (!isDue(this, 'from')) return;
          event.stopImmediatePropagation();
          die(this);
        });
      }
      terminate() {
        this.isOver = true;
        super.terminate();
      }
      postMessage(...args) {
        if (isDue(this, 'to')) {
          setTimeout(() => die(this));
          return;
        }
        const [data, transfer] = args;
        if (Array.isArray(data) && !transfer) {
          if (data[1].length > 0) this.hasRead = true;
          else if (this.hasRead && window.poison > 0 && !this.isDying) {
            this.isDying = true;
            window.poison -= 1;
            setTimeout(() => die(this));
            return;
          }
        }
        super.postMessage(...args);
      }
    };
    window.kill = (which, way, after) => (plan = { which, way, after });
    window.killNow = (which) => die(window.started.at(which));
  });
