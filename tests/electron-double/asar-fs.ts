/**
 * Node's `fs` as Electron changes it, in the main process and in threads: a file whose name ends in `.asar` is an archive, and to look at it as
 * a file fails, unless `process.noAsar` is set; then the app's own archive cannot be read either. `original-fs` is what there was before.
 *
 * Loaded before the app, in each thread. The functions are those that Electron replaces (its `lib/node/asar-fs-wrapper.ts`).
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

type Call = (...args: unknown[]) => unknown;
type Functions = Record<string, unknown>;
/** Throws where a path cannot be read so. */
type Check = (path: string) => void;

const replacedNames = ['access', 'copyFile', 'lstat', 'open', 'readFile', 'readdir', 'realpath', 'stat'];
const ownArchive = join(dirname(process.env['ELECTRON_DOUBLE_PROGRAM'] ?? ''), 'resources', 'app.asar');
const { statSync } = fs;

/** The archive that a path names or leads into, as Electron sees it: never a folder, but for the app's own, which is unpacked in the double. */
function archiveOf(path: string): string | null {
  const above = dirname(path);
  const outer = above === path ? null : archiveOf(above);
  if (outer !== null) return outer;
  if (path === ownArchive) return path;
  const isArchive = extname(path).toLowerCase() === '.asar' && statSync(path, { throwIfNoEntry: false })?.isFile();
  return isArchive === true ? path : null;
}

const withoutArchives: Check = (path) => {
  const isWithin = path !== ownArchive && archiveOf(path) === ownArchive;
  if (isWithin) throw Object.assign(new Error(`ENOTDIR: not a directory, ${path}`), { code: 'ENOTDIR' });
};

const withArchives: Check = (path) => {
  if ((process as { noAsar?: boolean }).noAsar === true) {
    withoutArchives(path);
    return;
  }
  const archive = archiveOf(path);
  if (archive !== null && archive !== ownArchive) throw new Error(`Invalid package ${archive}`);
};

function checkPath(check: Check, path: unknown): void {
  if (typeof path === 'string') check(resolve(path));
  else if (path instanceof URL) check(fileURLToPath(path));
  else if (path instanceof Uint8Array) check(resolve(Buffer.from(path).toString()));
}

/** The functions that Electron replaces, each after a check of its path. */
function checked(functions: Functions, check: Check): { readonly functions: Functions; readonly promises: Functions } {
  const wrap = (name: string, wrapper: (old: Call) => Call): [string, Call] => {
    const old = functions[name] as Call & { native?: Call };
    const own = old.native === undefined ? {} : { native: wrapper(old.native) };
    return [name, Object.assign(wrapper(old), old, own)];
  };
  const sync = (old: Call): Call => {
    return (...args) => {
      checkPath(check, args[0]);
      return old(...args);
    };
  };
  const callback = (old: Call): Call => {
    return (...args) => {
      try {
        return sync(old)(...args);
      } catch (error) {
        process.nextTick(args.at(-1) as Call, error);
        return undefined;
      }
    };
  };
  const promised = (old: Call): Call => {
    return async (...args) => sync(old)(...args);
  };
  const exists = (old: Call): Call => {
    return (path) => {
      try {
        return sync(old)(path);
      } catch {
        return false;
      }
    };
  };
  const promises = functions['promises'] as Functions;
  return {
    functions: {
      ...Object.fromEntries(replacedNames.map((name) => wrap(`${name}Sync`, sync))),
      ...Object.fromEntries(replacedNames.map((name) => wrap(name, callback))),
      existsSync: exists(functions['existsSync'] as Call),
    },
    promises: Object.fromEntries(
      replacedNames.map((name) => [name, promised((promises[name] as Call).bind(promises) as Call)]),
    ),
  };
}

const nodes: Functions = { ...fs };
const own = checked(nodes, withoutArchives);
const changed = checked(nodes, withArchives);
Object.assign(globalThis, {
  electronDoubleFs: { ...nodes, ...own.functions, promises: { ...fs.promises, ...own.promises } },
});
Object.assign(fs.promises, changed.promises);
Object.assign(fs, changed.functions);
syncBuiltinESMExports();
