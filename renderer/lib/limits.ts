/** Limits in the unit a person would write: as the dialog shows them and reads them. */
import { limitFacts, type ImportLimits, type LimitName } from '#contract/limits';

/** What one of the dialog's units is worth in the setting. */
const unitSizes = { MiB: 2 ** 20, GiB: 2 ** 30, files: 1, levels: 1, 'to 1': 1 } as const;

function unitSize(name: LimitName): number {
  return unitSizes[limitFacts[name].dialogUnit];
}

/** A setting's figure in its unit, as it is written into the field. */
export function limitText(name: LimitName, limits: ImportLimits): string {
  return String(limits[name] / unitSize(name));
}

/** The most the setting takes, in its unit. */
export function mostOf(name: LimitName): number {
  return Math.floor(limitFacts[name].atMost / unitSize(name));
}

/** The setting of a figure typed into the field; null where it is none, is less than the setting takes, or more. */
export function limitOf(name: LimitName, text: string): number | null {
  const figure = text.trim() === '' ? NaN : Number(text);
  const size = Math.round(figure * unitSize(name));
  return Number.isFinite(figure) && size >= 1 && size <= limitFacts[name].atMost ? size : null;
}
