/**
 * What runs in the page: the preload in an isolated world, and contextBridge between that world and the page's own.
 *
 * The functions use nothing outside themselves, since their text is what Chromium is given.
 */
import { makeCodec, type Codec } from './codec';

/** The name of the world the preload runs in. */
export const preloadWorld = 'electron preload';
/** The function through which that world, and no other, reaches the main process. */
export const bindingName = 'electronDoubleSend';
/** The object in that world that the main process calls. */
export const receiverName = 'electronDouble';

/** What the preload's world sends to the main process. */
export type FromPreload =
  | { readonly type: 'send'; readonly channel: string; readonly args: unknown }
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: unknown }
  | { readonly type: 'open'; readonly url: string; readonly name: string }
  | { readonly type: 'files'; readonly id: number; readonly count: number }
  | { readonly type: 'fault'; readonly message: string };

/** The scripts for a new document, in the order they have to run in: the page's end of the bridge has to be there first. */
export function pageScripts(preload: string): { readonly page: string; readonly preload: string } {
  const event = `electron-double-${String(Math.random()).slice(2)}`;
  const end = (side: string): string => `(${bridgeEnd.toString()})(${JSON.stringify(event)}, '${side}')`;
  // Only the top frame has a preload.
  return {
    page: `if (window === window.top) ${end('page')};`,
    preload: `if (window === window.top) (${runPreload.toString()})(
      ${end('preload')}, (${makeCodec.toString()})(), ${JSON.stringify([bindingName, receiverName])},
      function (require, module, exports) { ${preload}\n });`,
  };
}

type AnyFunction = (...args: unknown[]) => unknown;

interface BridgeEnd {
  expose(key: string, api: unknown): void;
  /** Set by the preload's end: finds the paths of these files, which takes a moment, before a call goes on. */
  beforeFiles: ((files: readonly File[]) => Promise<void>) | null;
  /** Set by the preload's end: the page has asked for a window. */
  onOpen: ((url: string, name: string) => void) | null;
}

/** One end of contextBridge: values are copied, functions stay where they are and are called across, promises are followed. */
function bridgeEnd(eventName: string, side: 'page' | 'preload'): BridgeEnd {
  type Packed = { kind: string; value?: unknown; id?: number; items?: Packed[]; entries?: [string, Packed][] };
  type Message =
    | { type: 'expose'; key: string; value: Packed }
    | { type: 'open'; url: string; name: string }
    | { type: 'call'; id: number; fn: number; args: Packed[] }
    | { type: 'return'; id: number; value?: Packed; error?: string }
    | { type: 'settled'; id: number; value?: Packed; error?: string };
  const functions: AnyFunction[] = [];
  const returned = new Map<number, Message & { type: 'return' }>();
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastCall = 0;
  let lastPromise = 0;
  const end: BridgeEnd = { expose, beforeFiles: null, onOpen: null };

  function say(message: Message): void {
    document.dispatchEvent(
      new CustomEvent(`${eventName}-to-${side === 'page' ? 'preload' : 'page'}`, { detail: message }),
    );
  }

  function textOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
  }

  function pack(value: unknown, files: File[]): Packed {
    if (typeof value === 'symbol') throw new TypeError('contextBridge cannot carry a symbol');
    if (typeof value === 'function') return { kind: 'function', id: functions.push(value as AnyFunction) - 1 };
    if (value instanceof Promise) {
      const id = ++lastPromise;
      value.then(
        (result) => say({ type: 'settled', id, value: pack(result, []) }),
        (error: unknown) => say({ type: 'settled', id, error: textOf(error) }),
      );
      return { kind: 'promise', id };
    }
    if (Array.isArray(value)) return { kind: 'array', items: value.map((each) => pack(each, files)) };
    if (value instanceof File) files.push(value);
    const isPlain =
      typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (!isPlain) return { kind: 'value', value };
    return { kind: 'object', entries: Object.entries(value).map(([key, each]) => [key, pack(each, files)]) };
  }

  function unpack(packed: Packed, files: File[]): unknown {
    switch (packed.kind) {
      case 'function':
        return (...args: unknown[]) => call(packed.id ?? -1, args);
      case 'promise':
        return new Promise((resolve, reject) => promises.set(packed.id ?? -1, { resolve, reject }));
      case 'array':
        return (packed.items ?? []).map((each) => unpack(each, files));
      case 'object':
        return Object.fromEntries((packed.entries ?? []).map(([key, each]) => [key, unpack(each, files)]));
      default:
        if (packed.value instanceof File) files.push(packed.value);
        return packed.value;
    }
  }

  function call(fn: number, args: unknown[]): unknown {
    const id = ++lastCall;
    say({ type: 'call', id, fn, args: args.map((each) => pack(each, [])) });
    const reply = returned.get(id);
    returned.delete(id);
    if (reply === undefined) throw new Error('An object could not be cloned.');
    if (reply.value === undefined) throw new Error(reply.error);
    return unpack(reply.value, []);
  }

  function run(fn: number, args: Packed[]): Packed {
    const files: File[] = [];
    const unpacked = args.map((each) => unpack(each, files));
    const work = (): unknown => functions[fn]?.(...unpacked);
    return pack(files.length > 0 && end.beforeFiles ? end.beforeFiles(files).then(work) : work(), []);
  }

  function expose(key: string, api: unknown): void {
    say({ type: 'expose', key, value: pack(api, []) });
  }

  function frozen(value: unknown): unknown {
    if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) frozen(each);
    return Object.freeze(value);
  }

  document.addEventListener(`${eventName}-to-${side}`, (event) => {
    const message = (event as CustomEvent<Message | null>).detail;
    if (message === null) return;
    switch (message.type) {
      case 'expose':
        if (message.key in window)
          throw new Error(`Cannot bind an API on top of an existing property on the window object`);
        Object.defineProperty(window, message.key, { value: frozen(unpack(message.value, [])), enumerable: true });
        return;
      case 'open':
        end.onOpen?.(message.url, message.name);
        return;
      case 'call':
        try {
          say({ type: 'return', id: message.id, value: run(message.fn, message.args) });
        } catch (error) {
          say({ type: 'return', id: message.id, error: textOf(error) });
        }
        return;
      case 'return':
        returned.set(message.id, message);
        return;
      case 'settled': {
        const promise = promises.get(message.id);
        promises.delete(message.id);
        if (message.value === undefined) promise?.reject(new Error(message.error));
        else promise?.resolve(unpack(message.value, []));
      }
    }
  });
  // A refused window is null to the page. Chromium would give it one that is closed a moment later.
  if (side === 'page') {
    window.open = (url = 'about:blank', name = '') => {
      say({ type: 'open', url: new URL(url, location.href).href, name });
      return null;
    };
  }
  return end;
}

type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

/** Electron's side of a sandboxed preload: three modules' worth of functions, and nothing of Node. */
function runPreload(bridge: BridgeEnd, codec: Codec, [binding, receiver]: [string, string], preload: Preload): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const post = (message: FromPreload): void => {
    (world[binding] as (text: string) => void)(JSON.stringify(message));
  };
  const listeners = new Map<string, AnyFunction[]>();
  const invoked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const asked = new Map<number, { files: readonly File[]; done: () => void }>();
  const paths = new WeakMap<File, string>();
  let lastId = 0;

  function checked(name: string, members: Record<string, AnyFunction>): object {
    return new Proxy(members, {
      get(target, key) {
        const found = target[String(key)];
        if (found === undefined)
          throw new TypeError(`the double of Electron has no ${name}.${String(key)} in a preload`);
        return found;
      },
    });
  }

  function checkChannel(channel: unknown): asserts channel is string {
    if (typeof channel !== 'string') throw new TypeError('an IPC channel is a string');
  }

  bridge.beforeFiles = (files) =>
    new Promise((done) => {
      const id = ++lastId;
      asked.set(id, { files, done });
      post({ type: 'files', id, count: files.length });
    });

  bridge.onOpen = (url, name) => post({ type: 'open', url, name });

  world[receiver] = {
    deliver(channel: string, args: unknown) {
      const values = codec.decode(args) as unknown[];
      for (const listener of listeners.get(channel) ?? []) listener({ senderId: 0 }, ...values);
    },
    settle(id: number, error: string | null, value: unknown) {
      const call = invoked.get(id);
      invoked.delete(id);
      if (error === null) call?.resolve(codec.decode(value));
      else call?.reject(new Error(error));
    },
    fileAt: (id: number, index: number) => asked.get(id)?.files[index],
    setPaths(id: number, found: readonly string[]) {
      const question = asked.get(id);
      asked.delete(id);
      question?.files.forEach((file, index) => paths.set(file, found[index] ?? ''));
      question?.done();
    },
  };

  const modules: Record<string, object> = {
    contextBridge: checked('contextBridge', {
      exposeInMainWorld: (key, api) => bridge.expose(String(key), api),
    }),
    ipcRenderer: checked('ipcRenderer', {
      on(channel, listener) {
        checkChannel(channel);
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener as AnyFunction]);
        return modules['ipcRenderer'];
      },
      send(channel, ...args) {
        checkChannel(channel);
        post({ type: 'send', channel, args: codec.encode(args) });
      },
      invoke(channel, ...args) {
        checkChannel(channel);
        const id = ++lastId;
        post({ type: 'invoke', id, channel, args: codec.encode(args) });
        return new Promise((resolve, reject) => invoked.set(id, { resolve, reject }));
      },
    }),
    webUtils: checked('webUtils', {
      getPathForFile(file) {
        if (!(file instanceof File)) throw new TypeError('getPathForFile takes a File');
        return paths.get(file) ?? '';
      },
    }),
  };

  function require(name: string): unknown {
    if (name === 'electron') return modules;
    throw new Error(`module not found: ${name}`);
  }

  try {
    const module = { exports: {} };
    preload(require, module, module.exports);
  } catch (error) {
    post({ type: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
