// What the generators share: numbers from a seed, and rows of many stories at once.

/** The same numbers for the same seed, on every machine (mulberry32). */
export class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, but not, 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, but not, `limit`. */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  of(list) {
    return list[this.below(list.length)];
  }

  /** One of a list's first much more often than of its last, as with senders. */
  skewed(list) {
    return list[Math.floor(list.length * this.next() ** 3)];
  }

  /** A key of `{ key: weight }`, whose weights are 1 together. */
  weighted(weights) {
    let left = this.next();
    let key;
    for (key in weights) {
      left -= weights[key];
      if (left < 0) break;
    }
    return key;
  }

  chance(share) {
    return this.next() < share;
  }

  /** Hexadecimal digits, four by four. */
  hex(fours) {
    let digits = '';
    for (let at = 0; at < fours; at += 1) digits += HEX[this.below(65536)];
    return digits;
  }

  guid() {
    return `${this.hex(2)}-${this.hex(1)}-${this.hex(1)}-${this.hex(1)}-${this.hex(3)}`;
  }

  /** A public address. */
  ip() {
    return `${20 + this.below(80)}.${this.below(256)}.${this.below(256)}.${1 + this.below(254)}`;
  }
}

const HEX = Array.from({ length: 65536 }, (_, value) => value.toString(16).padStart(4, '0'));

const WORDS = 'adatum,fabrikam,northwind,tailspin,wingtip,litware,proseware,lucerne,margie,woodgrove'.split(',');
const NAMES = 'alex,blake,chen,dana,eun,frank,hana,ines,jiho,kim,lee,maria,minji,omar,park,seojun,yuki,zoe'.split(',');

/** Fictitious domains and people of the world outside, and people of one's own. */
export function people(random) {
  const domains = Array.from({ length: 400 }, (_, at) => `mx${at}.${random.of(WORDS)}.example`);
  const person = (at, domain) => `${random.of(NAMES)}.${random.of(NAMES)}${at}@${domain}`;
  return {
    outside: Array.from({ length: 20_000 }, (_, at) => person(at, random.of(domains))),
    own: Array.from({ length: 3_000 }, (_, at) => person(at, at % 2 ? 'contoso.example' : 'kr.contoso.example')),
  };
}

/** A sum for each key. */
export class Counts extends Map {
  add(key, count = 1) {
    this.set(key, (this.get(key) ?? 0) + count);
  }
}

/**
 * The rows of many stories, mixed as in a real log: `slots` stories are under
 * way, and each next row is that of a random one. `begin(slot)` starts a story,
 * an iterator of rows. Once there need be no `more`, those under way are told to the end.
 */
export function* interleave(random, slots, begin, more) {
  const open = Array.from({ length: slots }, (_, slot) => ({ slot, story: begin(slot) }));
  while (open.length > 0) {
    const at = random.below(open.length);
    const { value, done } = open[at].story.next();
    if (!done) yield value;
    else if (more()) open[at].story = begin(open[at].slot);
    else open.splice(at, 1);
  }
}
