/**
 * Properties are tried with the same cases in every run, so that what fails on one machine fails on all. `PROPERTY_SEED=N` tries others;
 * `npm run fuzz` tries new ones for as long as it is let.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20231) });

const times = Number(process.env['PROPERTY_TIMES'] ?? 1);

/** How often a property is tried that is slow to try: as often as this every day, N times as often with `PROPERTY_TIMES=N`. */
export function tries(everyDay: number): number {
  return everyDay * times;
}
