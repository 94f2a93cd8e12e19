/** `--limits NAME=N,…` */
import { defaultLimits, limitFacts, limitNames, type ImportLimits, type LimitName } from '#contract/limits';
import { UsageError } from './command-line';

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['K', 2 ** 10],
  ['M', 2 ** 20],
  ['G', 2 ** 30],
]);

/** The default limits, changed by texts of the form `NAME=N,NAME=N`. Throws a {@link UsageError} for a malformed one. */
export function readLimits(texts: readonly string[]): ImportLimits {
  const limits: Record<LimitName, number> = { ...defaultLimits };
  for (const part of texts.flatMap((text) => text.split(','))) {
    const [name = '', ...values] = part.split('=').map((text) => text.trim());
    if (!isLimit(name)) {
      const names = limitNames.join(', ');
      throw new UsageError(`--limits: there is no limit called ${JSON.stringify(name)}; the limits are ${names}`);
    }
    const [, digits = '', unit = ''] = /^(\d+)([KMG]?)$/.exec(values.length === 1 ? (values[0] ?? '') : '') ?? [];
    const value = digits === '' ? NaN : Number(digits) * (units.get(unit) ?? NaN);
    const most = limitFacts[name].atMost;
    if (!(value >= 1 && value <= most)) {
      throw new UsageError(
        `--limits: ${name} takes a whole number from 1 to ${most}, as in ${name}=${inUnits(defaultLimits[name])}`,
      );
    }
    limits[name] = value;
  }
  return limits;
}

function isLimit(name: string): name is LimitName {
  return Object.hasOwn(limitFacts, name);
}

/** Whether `--limits` is given without limits, or as `--limits help`: prints the list of limits. */
export function asksForLimits(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.some((option, at) => {
    if (option === '--limits=help') return true;
    if (option !== '--limits') return false;
    const value = options[at + 1];
    return value === undefined || value === 'help' || value.startsWith('--');
  });
}

/** Every limit with its default, the most it can be, its unit and its meaning. */
export const limitsList = [
  `  ${'NAME'.padEnd(12)} ${'DEFAULT'.padStart(9)}  ${'AT MOST'.padStart(10)}  MEANING`,
  ...limitNames.map((name) => {
    const { byDefault, atMost, unit, meaning } = limitFacts[name];
    const most = Number(atMost) === Number.MAX_SAFE_INTEGER ? 'any' : inUnits(atMost);
    return `  ${name.padEnd(12)} ${inUnits(byDefault).padStart(9)}  ${most.padStart(10)}  ${unit} ${meaning}`;
  }),
  '',
].join('\n');

function inUnits(value: number): string {
  if (value > 0 && value % 2 ** 30 === 0) return `${value / 2 ** 30}G`;
  return value > 0 && value % 2 ** 20 === 0 ? `${value / 2 ** 20}M` : String(value);
}
