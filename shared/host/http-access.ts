import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Whether a token is valid; `used-twice`: it is a ticket that was used before. */
export type Entry = 'entered' | 'refused' | 'used-twice';

/**
 * Access to the browser host: the printed token, or a ticket, is exchanged for a cookie and a key.
 *
 * The cookie alone is not enough: browsers send it to every port of 127.0.0.1, so that another user's server there would only have to be visited
 * once to have it. The key is kept by the page, in storage that no other port can read, and sent with every request for data.
 */
export interface HttpAccess {
  /** The token of the printed address. Stays good for as long as the process runs. */
  readonly token: string;
  /** A token that is good once, for the browser that is started. */
  createTicket(): string;
  /** A ticket used twice was seen by somebody else, who may have been first: all cookies and keys become invalid. */
  enter(token: string): Entry;
  /** The `Set-Cookie` value of an accepted browser. */
  readonly setCookie: string;
  /** What its page sends along. */
  readonly key: string;
  /** Whether a `Cookie` header holds our cookie. */
  hasCookie(header: string | undefined): boolean;
  /** Whether an `Authorization` header holds our key. */
  hasKey(header: string | undefined): boolean;
}

/** 256 bits, unguessable and short enough to paste. */
function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * `port` goes into the cookie's name, since cookies do not keep ports apart and two of us may run side by side. It is asked for late:
 * the system chooses it.
 */
export function createHttpAccess(port: () => number): HttpAccess {
  const token = randomToken();
  let session = { cookie: randomToken(), key: randomToken() };
  const fresh = new Set<string>();
  const used = new Set<string>();
  const cookieName = (): string => `trailglass-${String(port())}`;

  return {
    token,
    createTicket() {
      const ticket = randomToken();
      fresh.add(ticket);
      return ticket;
    },
    enter(offered) {
      if (isSameSecret(offered, token)) return 'entered';
      const ticket = [...fresh, ...used].find((each) => isSameSecret(offered, each));
      if (ticket === undefined) return 'refused';
      if (fresh.delete(ticket)) {
        used.add(ticket);
        return 'entered';
      }
      // Only once: it must not end a session that was started with the printed address.
      used.delete(ticket);
      session = { cookie: randomToken(), key: randomToken() };
      return 'used-twice';
    },
    get setCookie() {
      return `${cookieName()}=${session.cookie}; HttpOnly; SameSite=Strict; Path=/`;
    },
    get key() {
      return session.key;
    },
    hasCookie(header) {
      const prefix = `${cookieName()}=`;
      return (header ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .some((pair) => pair.startsWith(prefix) && isSameSecret(pair.slice(prefix.length), session.cookie));
    },
    hasKey: (header) => isSameSecret(header ?? '', `Bearer ${session.key}`),
  };
}

/** Compares without telling by its time how much was right. Hashing first makes the lengths equal. */
function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
