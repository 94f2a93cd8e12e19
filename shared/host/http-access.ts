import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who may come in: whoever has the printed token, or the cookie it was exchanged for. */
export interface HttpAccess {
  /** The token of the printed address. Stays good for as long as the process runs. */
  readonly token: string;
  /** A token that is good once: for the address handed to the browser's command line, which other users of the machine can see. */
  createTicket(): string;
  /** Whether this is the token, or a ticket not used yet. */
  accepts(token: string): boolean;
  /** The `Set-Cookie` value of an accepted browser. */
  readonly setCookie: string;
  /** Whether a `Cookie` header holds our cookie. */
  hasCookie(header: string | undefined): boolean;
}

/** 256 bits, unguessable and short enough to paste. */
function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * `port` goes into the cookie's name, since cookies do not keep ports apart and two of us may run side by side. It is asked for late:
 * the system chooses it.
 */
export function createHttpAccess(port: () => number, chosenToken?: string): HttpAccess {
  const token = chosenToken ?? randomToken();
  const secret = randomToken();
  const tickets = new Set<string>();
  const cookieName = (): string => `trailglass-${String(port())}`;

  return {
    token,
    createTicket() {
      const ticket = randomToken();
      tickets.add(ticket);
      return ticket;
    },
    accepts(candidate) {
      if (isSameSecret(candidate, token)) return true;
      for (const ticket of tickets) {
        if (isSameSecret(candidate, ticket)) return tickets.delete(ticket);
      }
      return false;
    },
    get setCookie() {
      return `${cookieName()}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    hasCookie(header) {
      const prefix = `${cookieName()}=`;
      return (header ?? '')
        .split(';')
        .map((pair) => pair.trim())
        .some((pair) => pair.startsWith(prefix) && isSameSecret(pair.slice(prefix.length), secret));
    },
  };
}

/** Compares without telling by its time how much was right. Hashing first makes the lengths equal. */
function isSameSecret(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
