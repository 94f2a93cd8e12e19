/** What describes the next entry of a tar: a long name, or a list of attributes. */
import { mayHoldEvents, type Unread } from './stretch';
import type { Stray } from './tar-blocks';
import { paxRecords, textAt } from './tar-header';

/** Whether an entry holds names or attributes of the next entry, or of all entries. */
export function isExtra(type: string): type is 'L' | 'K' | 'x' | 'g' | 'X' {
  return type === 'L' || type === 'K' || type === 'x' || type === 'g' || type === 'X';
}

export interface Attributes {
  readonly path?: string;
  readonly size?: string;
  readonly 'GNU.sparse.name'?: string;
  readonly isSparse: boolean;
}

export const noAttributes: Attributes = { isSparse: false };
const namedAttributes = ['path', 'size', 'GNU.sparse.name'] as const;

/** Reads a list of names or attributes, and finds what in it may be events. Other bytes are added to `left`. */
export function readExtra(
  type: string,
  { offset, bytes }: Stray,
  left: Unread,
): { readonly attributes: Attributes; readonly strays: readonly Stray[] } {
  const strays: Stray[] = [];
  const look = (from: number, to: number): boolean => {
    const part = bytes.subarray(from, to);
    if (!mayHoldEvents(part)) return false;
    strays.push({ offset: offset + from, bytes: part });
    return true;
  };
  if (type === 'L' || type === 'K') {
    const end = bytes.indexOf(0);
    const isRead = look(0, bytes.length);
    if (!isRead && end >= 0) left.addUnlessZero({ offset: offset + end, bytes: bytes.subarray(end) });
    return { attributes: noAttributes, strays };
  }
  const found: Partial<Record<(typeof namedAttributes)[number], string>> = {};
  let isSparse = false;
  let end = 0;
  for (const { key, from, to, next } of paxRecords(bytes)) {
    look(from, to);
    for (const name of namedAttributes) if (key === name) found[name] = textAt(bytes, from, to - from);
    isSparse ||= key.startsWith('GNU.sparse.');
    end = next;
  }
  if (!look(end, bytes.length)) left.addUnlessZero({ offset: offset + end, bytes: bytes.subarray(end) });
  return { attributes: { ...found, isSparse }, strays };
}
