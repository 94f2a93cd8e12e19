/** Principals in little room: the name, and beside it what sets it apart. */
import { shortKind } from '#core/identity';
import { nameOfPrincipal, parsePrincipal } from '#core/principal';

export interface ShownPrincipal {
  readonly name: string;
  /** The kind in short, and the account where it is needed. Empty where there is nobody. */
  readonly note: string;
  /** Whether the account is in the note, which must then be shown whole. */
  readonly hasAccount: boolean;
}

/**
 * How the principals of one list are shown, by their texts. The account is left out where nobody else in the list has the same name and
 * kind, as nearly everywhere; of root it is always shown. Its last digits are enough where they differ from those of the others.
 */
export function showPrincipals(texts: readonly string[]): ReadonlyMap<string, ShownPrincipal> {
  const named = countBy(texts, withoutAccount);
  const shortened = countBy(texts, withShortAccount);
  return new Map(
    texts.map((text) => {
      const { kind, account } = parsePrincipal(text) ?? { kind: '', account: '' };
      const isShared = (named.get(withoutAccount(text)) ?? 0) > 1;
      const shown = (shortened.get(withShortAccount(text)) ?? 0) > 1 ? account : shortAccount(account);
      const hasAccount = account !== '' && (isShared || kind === 'Root');
      const note = hasAccount ? `${shortKind(kind)} ${shown}` : shortKind(kind);
      return [text, { name: nameOfPrincipal(text), note, hasAccount }];
    }),
  );
}

function countBy(texts: readonly string[], keyOf: (text: string) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(keyOf(text), (counts.get(keyOf(text)) ?? 0) + 1);
  return counts;
}

function withoutAccount(text: string): string {
  const { name, kind } = parsePrincipal(text) ?? { name: text, kind: '' };
  return JSON.stringify([name, kind]);
}

function withShortAccount(text: string): string {
  return withoutAccount(text) + shortAccount(parsePrincipal(text)?.account ?? '');
}

/** `…3333` of 111122223333. The end of an identity provider's name identifies nothing. */
function shortAccount(account: string): string {
  return /^\d{7,}$/.test(account) ? `…${account.slice(-4)}` : account;
}
