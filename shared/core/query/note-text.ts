/** The text of a {@link QueryNote}. */
import type { QueryNote } from '#contract/query';
import { formatCount } from '../figures';

/** Words that are listed; the rest are counted. */
export const mostWords = 12;

/** The text of a note before its words. */
export function noteLead({ kind, words }: QueryNote): string {
  const isOne = words.length === 1;
  switch (kind) {
    case 'read-as-query':
      return 'Read as';
    case 'read-as-operator':
      return isOne ? 'Read as an operator:' : 'Read as operators:';
    case 'read-as-word':
      return isOne ? 'Read as the word' : 'Read as the words';
    case 'read-as-value':
      return isOne ? 'Read as part of the value:' : 'Read as parts of values:';
    case 'read-as-test':
      return isOne ? 'Read as a test of the field:' : 'Read as tests of fields:';
    case 'read-whole':
      return 'Read word by word:';
    case 'several-principals':
      return 'One name, several principals:';
  }
}

/** A note in plain text, its words between backticks. */
export function noteText(note: QueryNote): string {
  const { words, advice } = note;
  const listed = words.slice(0, mostWords).map((word) => `\`${word}\``);
  const more = words.length - listed.length;
  const all = listed.join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
  return `${noteLead(note)} ${all}. ${advice}`;
}
