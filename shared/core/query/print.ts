/** The tree back to text, in one canonical spelling. */
import { assertNever } from '#contract/result';
import type { FieldNode, FieldTest, QueryNode } from './ast';
import { logicalOperator, spacedOperator } from './operators';

/** Text that parses to the same tree, apart from its spans, with the same fields known. */
export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return '*';
    case 'and':
      return node.children.map(printClause).join(' ');
    case 'or':
      return (
        printGroup(node.children) ??
        node.children.map((child) => inParentheses(child, child.kind === 'or')).join(' OR ')
      );
    case 'not':
      return `-${printClause(node.child)}`;
    case 'word':
      // A bare word that begins with a colon, or is an operator, would make a test of the words around it.
      return node.quoted || node.text.startsWith(':') || spacedOperator(node.text) !== null
        ? quoteText(node.text)
        : node.text;
    case 'addresses':
      return node.network;
    case 'like':
      return /^\w+$/.test(node.text) && !isKeyword(node.text) ? `~${node.text}` : `~${quoteText(node.text)}`;
    case 'field':
      return printFieldTest(node);
    default:
      return assertNever(node);
  }
}

/** {@link printQuery} for a node next to others: a group gets parentheses. */
export function printClause(node: QueryNode): string {
  return inParentheses(node, node.kind === 'and' || node.kind === 'or');
}

/** A value as it must be written after `field:` to be read unchanged. */
export function quoteValue(value: string): string {
  return isPlainValue(value) ? value : quoteText(value);
}

/** A field name as it has to be written before `:`. */
export function quoteField(name: string): string {
  return /^[\w@][\w@.$/-]{0,200}$/.test(name) && !isKeyword(name) ? name : quoteText(name);
}

/** An allow-list: all text that might have another meaning, or look like other text, goes into quotes. */
function isPlainValue(value: string): boolean {
  return /^[\w@.+$%][\w@.:+=,;$%&-]*$/.test(value) && !isKeyword(value);
}

function isKeyword(text: string): boolean {
  return logicalOperator(text) !== null;
}

/** A text in quotes, as it is searched for. */
export function quoteText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function inParentheses(node: QueryNode, needed: boolean): string {
  const printed = printQuery(node);
  return needed && !isGroup(node) ? `(${printed})` : printed;
}

function isGroup(node: QueryNode): boolean {
  return node.kind === 'or' && printGroup(node.children) !== null;
}

/** `field:(a OR b)` where all children test one field, spelled the same, for a value. */
function printGroup(children: readonly QueryNode[]): string | null {
  const tests = children.filter((child): child is FieldNode => child.kind === 'field' && child.test.kind !== 'compare');
  const field = tests[0]?.field;
  if (field === undefined || tests.length < children.length || tests.some((test) => test.field !== field)) return null;
  const values = tests.map((test) => printTest(test.test));
  // Within a group these would be read as operators; behind `field:` they are not.
  if (values.some((value) => /^[-!]/.test(value) || isKeyword(value))) return null;
  return `${quoteField(field)}:(${values.join(' OR ')})`;
}

function printFieldTest(node: FieldNode): string {
  const colon = node.test.kind === 'compare' ? '' : ':';
  return `${quoteField(node.field)}${colon}${printTest(node.test)}`;
}

/** The test as it stands behind `field:`; a comparison with its operator. */
export function printTest(test: FieldTest): string {
  switch (test.kind) {
    case 'exists':
      return '*';
    case 'equals':
      return test.quoted ? quoteText(test.value) : printBare(test.value);
    case 'wildcard':
      return test.pattern;
    case 'compare':
      return test.operator + (isPlainValue(test.value) ? test.value : quoteText(test.value));
    case 'regex':
      return `/${test.source}/${test.flags}`;
    case 'cidr':
      return test.network;
    default:
      return assertNever(test);
  }
}

/** An unquoted value: a backslash goes before whatever would be a wildcard. */
function printBare(value: string): string {
  return value.replace(/[*?\\]/g, '\\$&');
}
