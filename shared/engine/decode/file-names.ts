/**
 * Files that stand beside logs and are none, by their names: what computers leave in folders, what AWS leaves in buckets, and what people write
 * for other people.
 *
 * A name proves nothing: such a file is read like any other, and is ignored if nothing could be read in it.
 */

const osMetadata: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', 'aws-logs-write-test']);

/** Whether a file's name is one of OS metadata. @param path with `/`, of any length */
export function isOsMetadataName(path: string): boolean {
  const name = nameOf(path);
  return osMetadata.has(name) || name.startsWith('._');
}

const document =
  /^(?:README|LICEN[CS]E|COPYING|NOTICE|CHANGELOG|CONTRIBUTING|AUTHORS)(?:[-_.][\w-]{1,12})?(?:\.(?:md|txt|rst|adoc))?$/i;

/** Whether a file's name is that of a licence or a read-me: a text for people. @param path with `/`, of any length */
export function isDocumentName(path: string): boolean {
  return document.test(nameOf(path));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
