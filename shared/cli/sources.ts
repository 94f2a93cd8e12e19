import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { EngineSource } from '#contract/api';
import { sourceId } from '#contract/ids';
import { lostBytesText } from '#engine/sources/raw-path';
import { UsageError } from './command-line';

/** Paths of the command line as the engine takes them. The first that does not exist is a {@link UsageError}. */
export async function sourcesOf(paths: readonly string[]): Promise<readonly EngineSource[]> {
  const sources: EngineSource[] = [];
  for (const [index, given] of paths.entries()) {
    const path = resolve(given);
    const kind = await kindOf(path, given);
    sources.push({ sourceId: sourceId(`argument-${index}`), kind, name: basename(path), label: path, path });
  }
  return sources;
}

async function kindOf(path: string, given: string): Promise<EngineSource['kind']> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    const isGone = code === 'ENOENT' || code === 'ENOTDIR';
    const lost = isGone ? lostBytesText(path) : null;
    if (lost !== null) throw new UsageError(`${JSON.stringify(given)} is not found: ${lost}`);
    const reason = isGone ? 'does not exist' : `cannot be opened (${String(code)})`;
    throw new UsageError(`${JSON.stringify(given)} ${reason}`);
  }
}
