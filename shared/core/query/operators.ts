/** The operators between terms and every way to write them. */

export type LogicalOperator = 'and' | 'or' | 'not';

const written = new Map<string, LogicalOperator>([
  ['and', 'and'],
  ['&&', 'and'],
  ['or', 'or'],
  ['||', 'or'],
  ['not', 'not'],
]);

/** The operator this text is where it stands alone and without quotes, in any case; null where it is none. */
export function logicalOperator(text: string): LogicalOperator | null {
  return text.length > 3 ? null : (written.get(text.toLowerCase()) ?? null);
}

/** Whether it is an operator written as an ordinary word: `not`, `Or`. In capitals it is meant as one, and `&&` is no word. */
export function isOrdinaryWord(text: string): boolean {
  return text !== text.toUpperCase();
}
