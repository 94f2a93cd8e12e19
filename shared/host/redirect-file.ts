import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from './evidence';
import { makeOwnFolder } from './own-folders';

/** A page that leads to an address, for this user alone. */
export interface RedirectFile {
  readonly path: string;
  remove(): void;
}

/**
 * Writes the page into the first folder that is writable and not evidence; null where there is none.
 *
 * The browser is started with the file's name: an address on its command line could be read, and used first, by every user of the computer.
 */
export function makeRedirectFile(folders: readonly string[], url: string, evidence: Evidence): RedirectFile | null {
  for (const within of folders) {
    if (evidence.holds(join(within, 'x'))) continue;
    try {
      const folder = makeOwnFolder(within);
      const path = join(folder, 'open-trailglass.html');
      writeFileSync(path, page(url), { mode: 0o600, flag: 'wx' });
      return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
    } catch {
      // The next folder, or the printed address.
    }
  }
  return null;
}

/** @param url has no character that means something in HTML */
function page(url: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${url}"><title>Trailglass</title></head>
<body><a href="${url}">Open Trailglass</a></body></html>
`;
}
