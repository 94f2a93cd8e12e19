/**
 * The app's own files, which lie in its archive. This file alone uses Electron's `node:fs`, which reads archives. In all others of the main process
 * the build puts `original-fs` in its place (`vite.config.ts`): to `node:fs` a file of the evidence named `x.asar` would be a broken archive.
 *
 * `process.noAsar`, by which the engine's threads read such files, is not for this process: Electron itself reads the preload from the archive here.
 */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';

export const isInstalled = (path: string): boolean => existsSync(path);

export const readInstalled = (path: string): Promise<Uint8Array> => readFile(path);

export const listInstalled = (folder: string) => readdir(folder, { withFileTypes: true });
