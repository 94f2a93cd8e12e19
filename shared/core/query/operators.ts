/** The operators between terms, and between a field and its value, and every way to write them. */

export type LogicalOperator = 'and' | 'or' | 'not';

const written = new Map<string, LogicalOperator>([
  ['and', 'and'],
  ['&&', 'and'],
  ['or', 'or'],
  ['||', 'or'],
  ['not', 'not'],
]);

/** The operator that this text is when alone and without quotes, in any case; null where it is none. */
export function logicalOperator(text: string): LogicalOperator | null {
  return text.length > 3 ? null : (written.get(text.toLowerCase()) ?? null);
}

/** Whether it is an operator written as an ordinary word: `not`, `Or`. In capitals it is meant as one, and `&&` is no word. */
export function isOrdinaryWord(text: string): boolean {
  return text !== text.toUpperCase();
}

/** The operators between a field and its value. `differs` needs white space around it: `field != value`. */
export type Operator = 'equals' | 'differs' | '<' | '<=' | '>' | '>=';

/** With white space on both sides, as SQL, Splunk and CloudWatch Logs Insights write them. */
const spaced: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['=', 'equals'],
  ['==', 'equals'],
  ['!=', 'differs'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

/** The operator this text is between a field and a value, white space around it; null where it is none. */
export function spacedOperator(text: string): Operator | null {
  return spaced.get(text) ?? null;
}
