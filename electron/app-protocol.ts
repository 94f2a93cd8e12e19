import { protocol, type Session } from 'electron';
import { securityHeaders } from '#host/content-security-policy';
import type { StaticFile } from '#host/static-files';
import { readInstalled } from './installed-files';

const scheme = 'app';
const host = 'trailglass';

/** The address of the window's page. */
export const appUrl = `${scheme}://${host}/`;

const headers = securityHeaders('none');

/** Whether an address is one of our own. Parsed, since `app://trailglass.example` begins with our address as well. */
export function isAppUrl(address: string): boolean {
  const url = parse(address);
  return (
    url !== null && url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === ''
  );
}

/** Whether an origin, as Electron writes it, is our page's. */
export function isAppOrigin(origin: string): boolean {
  return origin === `${scheme}://${host}`;
}

/** Whether an address is a blob of our page: such an address names the page that made it. */
export function isAppBlob(address: string): boolean {
  return address.startsWith('blob:') && isAppUrl(address.slice('blob:'.length));
}

/** Whether an address has our scheme, whatever follows. */
export function hasAppScheme(address: string): boolean {
  return parse(address)?.protocol === `${scheme}:`;
}

/** Checklist 18: our own scheme instead of `file:`. Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built files from a fixed map, and refuses all other addresses. */
export function serveApp(session: Session, files: ReadonlyMap<string, StaticFile>): void {
  session.protocol.handle(scheme, (request) => answer(request, files));
  for (const other of ['file', 'http', 'https']) {
    session.protocol.handle(other, () => new Response('refused', { status: 403, headers }));
  }
}

async function answer(request: Request, files: ReadonlyMap<string, StaticFile>): Promise<Response> {
  const file = isAppUrl(request.url) && request.method === 'GET' ? files.get(new URL(request.url).pathname) : undefined;
  if (file === undefined) return new Response('not found', { status: 404, headers });
  const body = new Uint8Array(await readInstalled(file.path));
  return new Response(body, { headers: { ...headers, 'Content-Type': file.contentType } });
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
