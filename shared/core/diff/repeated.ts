/** Changes of the request that the response only repeats: shown, but not counted again. */
import type { DiffCell, DiffRow, DiffSection } from '#contract/diff';

const request = 'requestParameters';
const response = 'responseElements';

/** A shorter text may stand in two places by chance, `true` or `v2`; an ARN, an ID or a name does not. */
const leastLength = 8;

/**
 * The sections, with the response's changes marked that go from and to the same values as a change of the request: under a path that ends like
 * the request's, or under any (`secretId` comes back as `arn`) where the values are texts that do not repeat by chance.
 */
export function withRepeated(sections: readonly DiffSection[]): readonly DiffSection[] {
  const asked = sections.find(({ field }) => field === request)?.rows ?? [];
  const changed = asked.filter(isChangedValue);
  const known = new Set(changed.map((row) => keyOf(row, row.path.slice(request.length))));
  if (known.size === 0) return sections;
  const texts = new Set(changed.filter(isDistinct).map((row) => keyOf(row, '')));
  const isRepeated = (row: DiffRow): boolean =>
    endsOf(row.path).some((end) => known.has(keyOf(row, end))) || (isDistinct(row) && texts.has(keyOf(row, '')));
  return sections.map((section) => {
    if (section.field !== response) return section;
    const rows = section.rows.map((row) =>
      isChangedValue(row) && isRepeated(row) ? { ...row, isRepeated: true } : row,
    );
    return { ...section, rows: withContainers(rows) };
  });
}

function isChangedValue({ kind, members }: DiffRow): boolean {
  return kind !== 'equal' && members === 0;
}

function isDistinct({ left, right }: DiffRow): boolean {
  return [left, right].every((cell) => cell === null || (cell.type === 'string' && cell.text.length >= leastLength));
}

function keyOf({ kind, left, right }: DiffRow, path: string): string {
  const side = (cell: DiffCell | null): unknown => (cell === null ? null : [cell.type, cell.text]);
  return JSON.stringify([path, kind, side(left), side(right)]);
}

/** `.a.b`, `.b` of `responseElements.a.b`. */
function endsOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\./g), ({ index }) => path.slice(index));
}

/** A container in which nothing else differs is repeated as a whole. One pass from the end, so that a row's members are seen before it. */
function withContainers(rows: readonly DiffRow[]): readonly DiffRow[] {
  const inside: { changed: number; repeated: number }[] = [];
  return rows
    .toReversed()
    .map((row) => {
      const held = inside[row.depth + 1] ?? { changed: 0, repeated: 0 };
      inside.length = Math.min(inside.length, row.depth + 1);
      const own = row.members > 0 ? held : { changed: Number(row.kind !== 'equal'), repeated: Number(row.isRepeated) };
      const around = inside[row.depth] ?? { changed: 0, repeated: 0 };
      inside[row.depth] = { changed: around.changed + own.changed, repeated: around.repeated + own.repeated };
      const isWhole = row.members > 0 && row.kind !== 'equal' && held.changed > 0 && held.changed === held.repeated;
      return isWhole ? { ...row, isRepeated: true } : row;
    })
    .toReversed();
}
