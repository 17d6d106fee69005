// A small run of the benchmark: its files are as they should be, and everyone
// who needs no package finds in them what was put there.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { generate } from './generate.mjs';
import { CANDIDATES, measure } from './measure.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mailflow-smoke-'));
after(() => rmSync(folder, { recursive: true }));

for (const kind of CANDIDATES.mailflow.kinds) {
  test(`benchmark: ${kind}`, { timeout: 120_000 }, async () => {
    const made = await generate(`${kind}-1`, { folder });
    for (const candidate of ['mailflow', 'js-lines', 'program']) {
      if (!CANDIDATES[candidate].kinds.includes(kind)) continue;
      const run = await measure(candidate, made);
      assert.equal(run.fault, undefined, candidate);
      assert.ok(run.seconds > 0 && run.processor >= 0, candidate);
    }
  });
}

test('benchmark: a wrong answer is seen', { timeout: 120_000 }, async () => {
  const { files, expected } = await generate('postfix-1', { folder });
  const run = await measure('js-lines', { files, expected: { ...expected, rows: expected.rows + 1 } });
  assert.equal(run.fault, 'wrong: rows');
});

test('benchmark: the same seed gives the same bytes', async () => {
  const again = mkdtempSync(join(folder, 'again-'));
  const [one, other] = [await generate('trace-1', { folder }), await generate('trace-1', { folder: again })];
  assert.ok(readFileSync(one.files[0]).equals(readFileSync(other.files[0])));
  assert.deepEqual(one.expected, other.expected);
});
