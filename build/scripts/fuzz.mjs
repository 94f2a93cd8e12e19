/** Damages archives at random and reads them, for the given time. */
import { parseArgs } from 'node:util';
import { ensure } from './ensure.mjs';
import { PlainError, runMain, runNode, say } from './project.mjs';

const usage = `Usage: npm run fuzz -- --minutes N [--seed S], or --seed S

  --minutes N  damage and read archives for so long; those that are read wrongly are listed at the end
  --seed S     the first of them (default: by the clock); without --minutes only this one, to see it again`;

/**
 * @param {string} name
 * @param {string} text
 */
function positive(name, text) {
  const value = Number(text);
  if (value > 0) return value;
  throw new PlainError(`${name} takes a number above 0.\n\n${usage}`);
}

await runMain(async () => {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help || (values.minutes === undefined && values.seed === undefined)) {
    say(usage);
    return values.help ? 0 : 2;
  }
  const minutes = values.minutes === undefined ? 0 : positive('--minutes', values.minutes);
  const seed = values.seed === undefined ? Math.floor(Date.now() / 1000) : Math.floor(positive('--seed', values.seed));
  await ensure({ installOnly: true });
  return runNode(
    'node_modules/vitest/vitest.mjs',
    ['run', '--project', 'integration', 'tests/integration/fuzz.test.ts', '-t', 'damaged archive'],
    {
      env: { ...process.env, TRAILGLASS_FUZZ_MINUTES: String(minutes), TRAILGLASS_FUZZ_SEED: String(seed) },
    },
  );
});
