// A worker comes to the end of its memory: the page says so in words, lives, and reads what is smaller.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { flow, line, writer } from './made.mjs';
import { dist, drop, open, whenDone, withBrowser } from './support.mjs';

withBrowser();

const write = writer('life-memory');

/** LEB128, as WebAssembly writes its numbers. */
function number(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
    shift += 7;
  }
}
function written(value) {
  const bytes = [];
  do {
    bytes.push((value % 128) | (value > 127 ? 0x80 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
}

/** The page's program, whose memory may grow to so many pages of 64 KiB only. */
function capped(pages) {
  const bytes = readFileSync(join(dist, readdirSync(dist).find((name) => name.endsWith('.wasm'))));
  for (let at = 8; at < bytes.length; ) {
    const [length, start] = number(bytes, at + 1);
    if (bytes[at] === 5) {
      // One memory: its flags, its least size, and now its greatest.
      const [least] = number(bytes, start + 2);
      assert.equal(bytes[start + 1], 0, 'it has no limit of its own');
      const section = Buffer.concat([Buffer.from([1, 1]), written(least), written(pages)]);
      return Buffer.concat([bytes.subarray(0, at + 1), written(section.length), section, bytes.subarray(start + length)]);
    }
    at = start + length;
  }
  throw new Error('a program without memory');
}

/** A page in which no worker has more than 48 MB. */
const small = (t, more) =>
  open(t, 'hosted', {
    // It would ask for the program past the test.
    serviceWorkers: 'block',
    allow: [/Service Worker registration blocked/],
    prepare: async (page) => {
      const body = capped((48 << 20) / 65536);
      await page.route('**/*.wasm', (route) => route.fulfill({ body, contentType: 'application/wasm' }));
    },
    ...more,
  });

/** A table of so many messages. */
const table = (name, count, direction = 'Outbound') =>
  write(name, flow + Array.from({ length: count }, () => line('2026-11-20T12:00:00Z', direction, 'Gate', 'Partner', 'TLS1_2', '')).join(''));

const tooMany = () => table('too-many.csv', 600_000);

test('a file of more messages than memory holds is left out, which is said, and what is smaller is read', { timeout: 120_000 }, async (t) => {
  const page = await small(t);
  const [before, after] = [table('before.csv', 7), table('after.csv', 5)];
  await drop(page, before);
  await whenDone(page);
  await drop(page, tooMany());
  await whenDone(page, 2);
  await page.getByText('The reader ran out of memory while it read too-many.csv.').first().waitFor();
  await page.getByText('Memory was full while this file was read').waitFor();
  await page.getByText('Outbound: 7').waitFor();
  await drop(page, after);
  await whenDone(page, 3);
  await page.getByText('Outbound: 12').waitFor();
  await page.getByRole('button', { name: 'Start over' }).click();
  await drop(page, after);
  await whenDone(page, 4);
  await page.getByText('Outbound: 5').waitFor();
});

test('it is said in Korean', { timeout: 120_000 }, async (t) => {
  const page = await small(t, { locale: 'ko-KR' });
  await drop(page, tooMany());
  await whenDone(page);
  await page.getByText('too-many.csv 파일을 읽는 도중 메모리가 부족해졌습니다.').first().waitFor();
  await page.getByText('이 파일을 읽는 도중 메모리가 가득 차').waitFor();
});
