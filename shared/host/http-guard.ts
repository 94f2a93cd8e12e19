/** The headers that say where a request comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`; browsers send it, other programs may not. */
  readonly fetchSite: string | undefined;
  /** `Sec-Fetch-Mode` and `Sec-Fetch-Dest`: `navigate` and `document` where a tab goes to an address. */
  readonly fetchMode?: string | undefined;
  readonly fetchDest?: string | undefined;
}

/** The `Host` of our own page: `127.0.0.1:PORT`. A browser leaves out port 80. */
export function authorityOf(port: number): string {
  return port === 80 ? '127.0.0.1' : `127.0.0.1:${String(port)}`;
}

/**
 * Whether a request can come from our own page, or from a person who typed our address.
 *
 * - Host must be our address to the letter: a foreign name that was made to point at 127.0.0.1 (DNS rebinding) still
 *   arrives with the foreign name in it.
 * - Origin must be ours, where there is one; what changes something must have one. Any web page can send a form or a plain
 *   `fetch` to a local port (cross-site request forgery), but not with our Origin.
 * - Sec-Fetch-Site must not speak of another site: this refuses links and images as well, which carry no Origin.
 */
export function isRequestAllowed(request: RequestOrigin, port: number): boolean {
  const authority = authorityOf(port);
  if (request.host !== authority) return false;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (request.origin === undefined ? !isRead : request.origin !== `http://${authority}`) return false;
  return request.fetchSite === undefined || request.fetchSite === 'same-origin' || request.fetchSite === 'none';
}

/**
 * Whether a request can be that of a tab which comes in with a token. It may have been sent here by a page of another site: the file that starts
 * the browser is one, and whoever knows a token is let in anyway.
 */
export function isEntryAllowed(request: RequestOrigin, port: number): boolean {
  const isTab = request.fetchMode === 'navigate' && request.fetchDest === 'document';
  return isRequestAllowed(isTab ? { ...request, fetchSite: 'none' } : request, port);
}
