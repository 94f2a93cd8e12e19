/**
 * One principal as one text, and back: `alice (IAM user, 111122223333)`, `Root (root of 111122223333)`, `s3.amazonaws.com (AWS service)`.
 *
 * A name alone is not unique: an IAM user may be called `s3.amazonaws.com` or `Root`, and each account may have an `alice`. The last
 * parentheses are written here and contain no others, so no name can pass for another kind or account.
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

/** The unique text of this principal: {@link parsePrincipal} reads it back. */
export function principalText({ name, kind, account }: Principal): string {
  if (kind === 'Root') return `${name} (${rootOf}${account === '' ? unstatedAccount : plain(account)})`;
  return `${name} (${isInWords(kind) ? kind : plain(kind)}${account === '' ? '' : `, ${plain(account)}`})`;
}

/** Null where the text does not end like those of {@link principalText}: it is only a name. */
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

/** The name in a principal's text; a name alone is returned as it is. */
export function nameOfPrincipal(text: string): string {
  return parsePrincipal(text)?.name ?? text;
}

/**
 * A test for the principal that a query asks for. A whole text is compared with case, since names of role sessions that differ in case are
 * two principals; a name alone is compared without case.
 */
export function principalTest(wanted: string): (text: string) => boolean {
  if (parsePrincipal(wanted) !== null) return (text) => text === wanted;
  const lower = wanted.toLowerCase();
  return (text) => nameOfPrincipal(text).toLowerCase() === lower;
}

/** Kinds in words, such as `IAM user`; all others are types as a record writes them. */
const isInWords = (kind: string): boolean => /^[A-Za-z]+(?: [A-Za-z]+)+$/.test(kind) && !kind.startsWith(rootOf);

/** An account or type with the characters escaped that delimit it. Nearly all need no escape, not even ARNs and base64 of providers. */
function plain(text: string): string {
  return text.replace(/[^\w.:/+=@-]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A code above 10FFFF is not a character, and stays as it is. */
function unescaped(text: string): string {
  return text.replace(/\\u\{([0-9a-f]+)\}/g, (escape, code: string) => {
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? escape : String.fromCodePoint(point);
  });
}
