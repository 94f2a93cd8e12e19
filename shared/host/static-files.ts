import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A built file and how it is announced. */
export interface StaticFile {
  readonly path: string;
  readonly contentType: string;
}

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.woff2', 'font/woff2'],
]);

/**
 * Every file below a folder, by the URL path it is served at; `/` is `index.html`.
 *
 * A request is looked up in this map and nowhere else. No path is ever made from a request, so there is nothing to traverse.
 * Files of a kind the window does not use are left out. `list` gives what is in a folder.
 */
export async function listStaticFiles(folder: string, list = onDisk): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  await collect(folder, '', { files, list });
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

const onDisk = (folder: string) => readdir(folder, { withFileTypes: true });

interface Collection {
  readonly files: Map<string, StaticFile>;
  readonly list: typeof onDisk;
}

async function collect(folder: string, urlPath: string, collection: Collection): Promise<void> {
  const { files, list } = collection;
  for (const entry of await list(folder)) {
    const path = join(folder, entry.name);
    const url = `${urlPath}/${entry.name}`;
    if (entry.isDirectory()) await collect(path, url, collection);
    else {
      const contentType = contentTypes.get(extname(entry.name));
      if (contentType !== undefined) files.set(url, { path, contentType });
    }
  }
}
