/** Finds entries by a few letters of theirs: ranked, and forgiving of typing errors. */
import MiniSearch from 'minisearch';

export interface Findable {
  readonly label: string;
  /** Further words it is found by. */
  readonly words: string;
  /** How much more it counts than others that fit as well; 1 for most. */
  readonly weight: number;
}

/** Letters that may be wrong, as a share of a word's length. Short words must be right. */
const forgiven = (term: string): number | false => (term.length < 4 ? false : 0.25);

/** Words and the parts of names: `eventName` is found by `name`, `requestParameters.bucketName` by `bucket`. */
function partsOf(text: string): string[] {
  const whole = text.split(/[^\p{L}\p{N}]+/u);
  const parts = whole.flatMap((word) => word.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u));
  return [...new Set([...whole, ...parts])].filter((part) => part !== '');
}

/** The entries' places, best first. All letters of a query are needed: a second word narrows it down. */
export function ranking(entries: readonly Findable[]): (typed: string) => readonly number[] {
  const search = new MiniSearch<{ readonly id: number; readonly label: string; readonly words: string }>({
    fields: ['label', 'words'],
    tokenize: partsOf,
    searchOptions: {
      boost: { label: 3 },
      prefix: true,
      fuzzy: forgiven,
      combineWith: 'AND',
      boostDocument: (id) => entries[id as number]?.weight ?? 1,
      tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== ''),
    },
  });
  search.addAll(entries.map(({ label, words }, id) => ({ id, label, words })));
  return (typed) => search.search(typed).map(({ id }) => id as number);
}
