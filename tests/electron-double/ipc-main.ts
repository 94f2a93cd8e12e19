/** Electron's `ipcMain`. */
import { EventEmitter } from 'node:events';
import type { Codec } from './codec';

type Handler = (event: object, ...args: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  /** The answer to an invocation, or the error as the page gets it. */
  async answer(
    codec: Codec,
    event: object,
    channel: string,
    args: unknown[],
  ): Promise<{ error: string | null; value: unknown }> {
    try {
      const handler = this.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return { error: null, value: codec.encode(await handler(event, ...args)) };
    } catch (error) {
      return { error: `Error invoking remote method '${channel}': ${String(error)}`, value: null };
    }
  }
}

export const ipcMain = new IpcMain();
