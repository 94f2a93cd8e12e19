/**
 * One principal as one text, and back: `alice (IAM user, 111122223333)`, `Root (root of 111122223333)`, `s3.amazonaws.com (AWS service)`.
 *
 * A name alone is not one: an IAM user may be called `s3.amazonaws.com` or `Root`, and each account may have an `alice`. What stands in the
 * last parentheses is made here and holds no others, so no name, whatever is in it, can pass for another kind or account.
 */

export interface Principal {
  /** Never empty. */
  readonly name: string;
  /** `Root`, `IAM user`, `role session` …; `type X` of a type that is not known. Never empty. */
  readonly kind: string;
  /** Of a user of an identity provider, that provider. Empty where there is none, or none is stated. */
  readonly account: string;
}

const rootOf = 'root of ';
const unstatedAccount = 'an unstated account';

/** The text that stands for this principal and no other: {@link parsePrincipal} reads it back. */
export function principalText({ name, kind, account }: Principal): string {
  if (kind === 'Root') return `${name} (${rootOf}${account === '' ? unstatedAccount : plain(account)})`;
  return `${name} (${isInWords(kind) ? kind : plain(kind)}${account === '' ? '' : `, ${plain(account)}`})`;
}

/** Null where the text does not end as those of {@link principalText} do: it is a name alone. */
export function parsePrincipal(text: string): Principal | null {
  const [, name, what] = /^(.+) \(([^()]+)\)$/su.exec(text) ?? [];
  if (name === undefined || what === undefined) return null;
  if (what.startsWith(rootOf)) {
    const account = what.slice(rootOf.length);
    return { name, kind: 'Root', account: account === unstatedAccount ? '' : unescaped(account) };
  }
  const [kind = '', account = ''] = what.split(', ');
  return { name, kind: unescaped(kind), account: unescaped(account) };
}

/** The name in a principal's text; of a name alone, that. */
export function nameOfPrincipal(text: string): string {
  return parsePrincipal(text)?.name ?? text;
}

/**
 * Tests whether a text is that of the principal a query asks for. A whole text is compared as it is written, since names of role sessions
 * that differ in case are two; a name alone is compared in any case.
 */
export function principalTest(wanted: string): (text: string) => boolean {
  if (parsePrincipal(wanted) !== null) return (text) => text === wanted;
  const lower = wanted.toLowerCase();
  return (text) => nameOfPrincipal(text).toLowerCase() === lower;
}

/** Kinds in words, such as `IAM user`; all others are types as a record writes them. */
const isInWords = (kind: string): boolean => /^[A-Za-z]+(?: [A-Za-z]+)+$/.test(kind) && !kind.startsWith(rootOf);

/** An account or type without what stands around it in the text. Nearly all are as they were, also ARNs and base64 of providers. */
function plain(text: string): string {
  return text.replace(/[^\w.:/+=@-]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A code above 10FFFF stands for no character: it is left as it is written. */
function unescaped(text: string): string {
  return text.replace(/\\u\{([0-9a-f]+)\}/g, (escape, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? escape : String.fromCodePoint(point);
  });
}
