/**
 * Holds every use of the double to Electron's own declarations: a member that Electron does not have, an event it does not send, an argument of
 * the wrong type throw, as does a member that Electron has and the double does not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkArguments, type ApiTable } from './api-check';

const table = JSON.parse(readFileSync(join(__dirname, 'api.json'), 'utf8')) as ApiTable;
const wrapped = new WeakMap<object, object>();
const originals = new WeakMap<object, object>();

type Callable = (...args: unknown[]) => unknown;

/** What a thing inside the double looks like from outside: guarded if it ever was. */
export function outside<T>(value: T): T {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  return (wrapped.get(value as object) ?? value) as T;
}

/** The double's own object behind a guarded one. */
export function inside<T>(value: T): T {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  return (originals.get(value as object) ?? value) as T;
}

/** Guards an object by the members of a type in `electron.d.ts`. */
export function guarded<T extends object>(target: T, type: string): T {
  const known = wrapped.get(target);
  if (known !== undefined) return known as T;
  const members = table.types[type];
  if (members === undefined) throw new Error(`electron.d.ts has no type ${type}`);
  const calls = new Map<string, Callable>();
  const proxy = new Proxy(target, {
    get(_target, key) {
      if (typeof key === 'symbol' || key in Object.prototype || key === 'then') return Reflect.get(target, key, target);
      if (!(key in members)) throw new TypeError(`Electron has no ${type}.${key}`);
      const value: unknown = Reflect.get(target, key, target);
      if (value === undefined && !(key in target)) throw new TypeError(`the double of Electron lacks ${type}.${key}`);
      if (typeof value !== 'function') return outside(value);
      let call = calls.get(key);
      if (call === undefined) {
        call = (...args) => {
          checkArguments(table, `${type}.${key}`, members[key] ?? [], args);
          return outside((value as Callable).apply(target, args));
        };
        calls.set(key, call);
      }
      return call;
    },
    set(_target, key, value: unknown) {
      if (typeof key === 'string' && !(key in members)) throw new TypeError(`Electron has no ${type}.${key}`);
      calls.delete(String(key));
      return Reflect.set(target, key, value, target);
    },
  });
  wrapped.set(target, proxy);
  originals.set(proxy, target);
  return proxy;
}

/** Guards a class: its constructor's arguments, its static members, and what it makes. */
export function guardedClass<T extends new (...args: never[]) => object>(target: T, type: string): T {
  const statics = guarded(target, `typeof ${type}`);
  const proxy = new Proxy(statics, {
    construct(_target, args: never[]) {
      checkArguments(table, `new ${type}`, table.types[`typeof ${type}`]?.['new'] ?? [], args);
      return guarded(new target(...args), type);
    },
  });
  originals.set(proxy, target);
  return proxy;
}
