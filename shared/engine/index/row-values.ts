/** What a row holds under a path, wherever the index keeps it. */
import type { Block } from './block';
import type { EventIndex } from './event-index';
import { canonicalTimeText } from './row-times';
import { hasText } from './value-kinds';

/** The texts of a block's row under exactly this path, in record order; none where it has no value with text. */
export function valuesOf(index: EventIndex, block: Block, local: number, path: number): string[] {
  const { dictionary } = index;
  const values: string[] = [];
  if (path === index.timePath && block.times.isCanonical(local)) values.push(canonicalTimeText(block.times.at(local)));
  const column = block.columns.find(path);
  if (column >= 0) {
    block.columns.forEachValue(column, local, (value) => {
      if (hasText(dictionary.type(value))) values.push(dictionary.text(value));
    });
  }
  if (index.paths.identifiers.at(path) > 0) {
    for (const identifiers of block.identifiersOf(path)) {
      identifiers.forEachOfRow(local, (value) => values.push(identifiers.text(value)));
    }
  }
  return values;
}
