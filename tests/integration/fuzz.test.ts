import { expect, it } from 'vitest';
import { Random } from '../../build/tools/synthetic/random';
import { fuzzCase, importBytes } from '../fuzz/fuzz-case';
import { containerNames, makeText, oddNames, packed, shapeNames } from '../fuzz/good-archives';
import { watchCases } from '../fuzz/watchdog';

/**
 * Archives damaged by chance: whatever happened to them, nothing crashes or hangs, all that is whole is found, and what is lost is told.
 *
 * `npm run fuzz -- --minutes N --seed S` tries as many more as there is time for; a seed by itself tries that one again.
 */
const minutes = Number(process.env['TRAILGLASS_FUZZ_MINUTES'] ?? 0);
const firstSeed = Number(process.env['TRAILGLASS_FUZZ_SEED'] ?? 1);
const isAlone = minutes === 0 && process.env['TRAILGLASS_FUZZ_SEED'] !== undefined;
const fixedSeeds = 100;
const mostGrowth = 400 * 2 ** 20;

it.each(shapeNames)('finds all events of a sound file: %s', async (shape) => {
  const text = makeText(new Random(1), shape, 40);
  const { ids, hasLoss, misread } = await importBytes(text.bytes);
  expect([...ids].sort()).toEqual(text.records.map(({ id }) => id).sort());
  expect({ hasLoss, misread }).toEqual({ hasLoss: false, misread: [] });
});

it.each([...containerNames.map((name) => [name]), containerNames])(
  'finds all events of a sound file in %s',
  async (...names) => {
    const text = makeText(new Random(2), 'records', 40);
    const { ids, hasLoss } = await importBytes(packed(text.bytes, names, new Random(3)));
    expect({ found: ids.size, hasLoss }).toEqual({ found: text.records.length, hasLoss: false });
  },
);

it.each(oddNames)('loses nothing of what stands where nobody would look, or says so: %s', async (name) => {
  for (const [seed, shape] of shapeNames.entries()) {
    const text = makeText(new Random(seed), shape, 10);
    const { ids, hasLoss, misread } = await importBytes(packed(text.bytes, [name], new Random(seed)));
    const lost = text.records.filter(({ id }) => !ids.has(id)).length;
    expect({ shape, isTold: lost === 0 || hasLoss, misread }).toEqual({ shape, isTold: true, misread: [] });
  }
});

it.each(['zipMisnamed', 'tarMisnamed'])(
  'finds all events of a member whose name is not UTF-8, with nothing to be told: %s',
  async (name) => {
    const text = makeText(new Random(4), 'records', 10);
    const { ids, hasLoss } = await importBytes(packed(text.bytes, [name], new Random(4)));
    expect({ found: ids.size, hasLoss }).toEqual({ found: text.records.length, hasLoss: false });
  },
);

it(
  'loses nothing that is whole of a damaged archive, and tells what else is lost',
  async () => {
    const until = performance.now() + minutes * 60_000;
    const isDone = (tried: number): boolean =>
      minutes > 0 ? performance.now() >= until : tried >= (isAlone ? 1 : fixedSeeds);
    const wrong: string[] = [];
    const watchdog = watchCases(60);
    let atStart = 0;
    let tried = 0;
    for (; !isDone(tried); tried++) {
      const seed = firstSeed + tried;
      watchdog.begins(seed);
      const found = await fuzzCase(seed);
      if (found.length > 0)
        wrong.push([`seed ${String(seed)} (npm run fuzz -- --seed ${String(seed)})`, ...found].join('\n  '));
      if (wrong.length >= 20) break;
      // The first cases fill what stays: compiled code, buffers that are used again.
      if (tried === 30) atStart = process.memoryUsage.rss();
    }
    watchdog.end();
    const growth = atStart === 0 ? 0 : process.memoryUsage.rss() - atStart;
    if (minutes > 0) process.stdout.write(`${String(tried)} archives, seeds from ${String(firstSeed)}\n`);
    expect(wrong.join('\n')).toBe('');
    expect(growth).toBeLessThan(mostGrowth);
  },
  (minutes + 5) * 60_000,
);
