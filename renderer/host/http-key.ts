/**
 * The page's half of its session: a key that is sent with every request for data, as the cookie is. A cookie is sent to every port of 127.0.0.1;
 * this is kept where no other port can read it.
 */

const name = 'trailglass-key';

/** Where the page is, and what lasts as long as its tab: a part of `window`. */
interface Tab {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'state' | 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** Takes the key out of the address the tab came in by, or the one it had before a reload. Null in a tab that was let in by nobody. */
export function takeKey({ location, history, sessionStorage }: Tab): string | null {
  const fresh = /^#key=([\w-]+)$/.exec(location.hash)?.[1];
  if (fresh === undefined) return sessionStorage.getItem(name);
  sessionStorage.setItem(name, fresh);
  // Neither in the address bar nor in the history.
  history.replaceState(history.state, '', location.pathname + location.search);
  return fresh;
}

/** The headers that carry the key. */
export function keyHeaders(key: string | null): Readonly<Record<string, string>> {
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

/** Goes where the host says how to come in. */
export function leave(location: Pick<Location, 'replace'>): void {
  location.replace('/?token=');
}
