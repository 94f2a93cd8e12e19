/** The system's own list of recent documents: in the dock of macOS and the jump list of Windows. Linux has none that Electron writes to. */
import { join } from 'node:path';
import type { App } from 'electron';
import type { Evidence } from '#host/evidence';
import type { StoredArchive } from '#host/settings-store';

/** The systems show about as many; an archive may be of thousands of files. */
const most = 10;

export interface SystemRecentParts {
  readonly app: Pick<App, 'addRecentDocument' | 'clearRecentDocuments' | 'getPath'>;
  readonly platform: NodeJS.Platform;
  readonly evidence: Evidence;
}

/**
 * Makes the system's list the same as the app's, whose newest archive comes first: what is forgotten here is forgotten there. Nothing is done
 * where the system keeps its list within opened evidence.
 */
export function showRecent(archives: readonly StoredArchive[], { app, platform, evidence }: SystemRecentParts): void {
  if (platform !== 'darwin' && platform !== 'win32') return;
  if (evidence.holds(join(app.getPath('appData'), 'recent'))) return;
  app.clearRecentDocuments();
  const paths = [...new Set(archives.flatMap(({ sources }) => sources.map(({ path }) => path)))];
  // The last one added is the first of the list.
  for (const path of paths.slice(0, most).reverse()) app.addRecentDocument(path);
}
