/** Principals in little room: the name, and beside it what sets it apart. */
import { shortKind } from '#core/identity';
import { nameOfPrincipal, parsePrincipal } from '#core/principal';

export interface ShownPrincipal {
  readonly name: string;
  /** The kind in short, and the account where it is needed. Empty where there is nobody. */
  readonly note: string;
}

/**
 * How the principals of one list are shown, by their texts. The account is left out where nobody else in the list has the same name and
 * kind, as nearly everywhere; of root it is always shown.
 */
export function showPrincipals(texts: readonly string[]): ReadonlyMap<string, ShownPrincipal> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(withoutAccount(text), (counts.get(withoutAccount(text)) ?? 0) + 1);
  return new Map(
    texts.map((text) => {
      const { kind, account } = parsePrincipal(text) ?? { kind: '', account: '' };
      const isShared = (counts.get(withoutAccount(text)) ?? 0) > 1;
      return [text, { name: nameOfPrincipal(text), note: noteOf(kind, account, isShared) }];
    }),
  );
}

function withoutAccount(text: string): string {
  const { name, kind } = parsePrincipal(text) ?? { name: text, kind: '' };
  return JSON.stringify([name, kind]);
}

function noteOf(kind: string, account: string, isShared: boolean): string {
  return account !== '' && (isShared || kind === 'Root') ? `${shortKind(kind)} ${account}` : shortKind(kind);
}
