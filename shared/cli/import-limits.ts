/** `--limits NAME=N,…` */
import { defaultLimits, greatestLimits, type ImportLimits } from '#contract/types';
import { UsageError } from './command-line';
import { printable } from './printable';

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['K', 2 ** 10],
  ['M', 2 ** 20],
  ['G', 2 ** 30],
]);

/** The default limits with those of the texts put in, each text `NAME=N,NAME=N`. A mistake is a {@link UsageError} that names it. */
export function readLimits(texts: readonly string[]): ImportLimits {
  const limits = { ...defaultLimits };
  for (const part of texts.flatMap((text) => text.split(','))) {
    const [, name = '', digits = '', unit = ''] = /^\s*(\w+)=(\d+)([KMG]?)\s*$/.exec(part) ?? [];
    const value = Number(digits) * (units.get(unit) ?? NaN);
    if (!isLimit(name)) {
      const names = Object.keys(defaultLimits).join(', ');
      throw new UsageError(`--limits takes NAME=N, not ${printable(JSON.stringify(part))}; the names are ${names}`);
    }
    const most = greatestLimits[name];
    if (!(value >= 1 && value <= most)) throw new UsageError(`--limits: ${name} is a whole number from 1 to ${most}`);
    limits[name] = value;
  }
  return limits;
}

function isLimit(name: string): name is keyof ImportLimits {
  return Object.hasOwn(defaultLimits, name);
}

/** The limits' names, defaults and meanings, for the help. */
export const limitsHelp = `  ratio        unpacked bytes per packed byte of a file that unpacks to more than 256 MB (${defaultLimits.ratio})
  memberBytes  unpacked bytes of one file (${inUnits(defaultLimits.memberBytes)})
  entries      files in one archive (${defaultLimits.entries})
  nesting      archives in archives (${defaultLimits.nesting})
  heldBytes    bytes of a zip within another archive (${inUnits(defaultLimits.heldBytes)})
  recordBytes  bytes of one record (${inUnits(defaultLimits.recordBytes)})
  folderDepth  folders in folders (${defaultLimits.folderDepth})
`;

function inUnits(bytes: number): string {
  return bytes % 2 ** 30 === 0 ? `${bytes / 2 ** 30}G` : `${bytes / 2 ** 20}M`;
}
