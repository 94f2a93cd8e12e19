import { AppError } from '#contract/errors';
import type { SourceRef } from '#contract/sources';
import { keyHeaders } from './http-key';

/**
 * Copies dropped files to the host, one after another, and answers with one source for all of them.
 *
 * Rejects with `not-found` where there is no file, `disconnected` where the host cannot be reached, `not-readable` where a file
 * could not be copied.
 */
export async function uploadFiles(files: readonly File[], key: string | null): Promise<readonly SourceRef[]> {
  const [first, ...others] = files;
  if (first === undefined) throw new AppError('not-found', 'There is no file in what was dropped');
  const size = { files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) };
  const { drop } = (await post('/upload/begin', JSON.stringify(size), 'application/json', key)) as {
    readonly drop: string;
  };
  for (const file of files) {
    const query = new URLSearchParams({ drop, name: file.name });
    await post(`/upload/file?${query.toString()}`, file, 'application/octet-stream', key);
  }
  const name = others.length === 0 ? first.name : '';
  return [(await post('/upload/end', JSON.stringify({ drop, name }), 'application/json', key)) as SourceRef];
}

/** The files in a drop, those in dropped folders too. Takes what it needs from the event's data before it returns. */
export async function filesInDrop(data: DataTransfer): Promise<readonly File[]> {
  const found = [...data.items].map((item) => {
    const entry = item.webkitGetAsEntry();
    // What another page or a program dropped may be a file without an entry.
    return entry === null ? Promise.resolve([item.getAsFile()].filter((file) => file !== null)) : filesBelow(entry);
  });
  return (await Promise.all(found)).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  if (!isFolder(entry)) return [];
  const found: File[] = [];
  const reader = entry.createReader();
  // A reader gives at most a hundred entries a time, and none at the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const inner of batch) found.push(...(await filesBelow(inner)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

async function post(url: string, body: string | File, contentType: string, key: string | null): Promise<unknown> {
  const headers = { ...keyHeaders(key), 'Content-Type': contentType };
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => null);
  if (response === null) {
    throw new AppError('disconnected', 'What was dropped could not be copied', {
      hint: 'Is Trailglass still running where it was started, and is the file still there?',
    });
  }
  if (!response.ok) throw new AppError('not-readable', (await response.text()).trim());
  return response.status === 204 ? null : response.json();
}
