/**
 * Properties are tried with the same cases in every run, so that what fails on one machine fails on all. `PROPERTY_SEED=N` tries others;
 * `npm run fuzz` tries new ones for as long as it is let.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20231) });

/** How often a property is tried that is slow to try: so often in every run, N times with `PROPERTY_RUNS=N`. */
export function tries(everyRun: number): number {
  return Number(process.env['PROPERTY_RUNS'] ?? everyRun);
}
