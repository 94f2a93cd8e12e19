/** What a record says at its paths, for the rules about whole records. */
import { jsonLeaves, type JsonLeaf } from './json-leaves';

/** What the parts of a record say, by path. Of several values of one path the last counts, as for `JSON.parse`. */
export interface Stated {
  /** A string, also an empty one. */
  readonly text: (path: string) => string | undefined;
  /** A string or number that is not empty. */
  readonly code: (path: string) => string | undefined;
  /** Anything but null that is not empty. */
  readonly word: (path: string) => string | undefined;
  readonly leaves: readonly JsonLeaf[];
}

export function stated(record: string): Stated {
  const leaves = jsonLeaves(record);
  const at = (path: string): JsonLeaf | undefined => leaves.findLast((leaf) => leaf.path === path);
  const word = (path: string): string | undefined =>
    at(path)?.type === 'null' ? undefined : at(path)?.text || undefined;
  return {
    text: (path) => (at(path)?.type === 'string' ? at(path)?.text : undefined),
    code: (path) => (['string', 'number'].includes(at(path)?.type ?? '') ? word(path) : undefined),
    word,
    leaves,
  };
}

/** What is no call: Insights, and aggregated events. */
export function natureOf({ text }: Stated): 'insight' | 'aggregated' | null {
  if (text('eventCategory') === 'Insight' || text('eventType') === 'AwsCloudTrailInsight') return 'insight';
  if (text('eventCategory') === 'Aggregated' || text('eventType') === 'AwsAggregatedEvent') return 'aggregated';
  return null;
}
