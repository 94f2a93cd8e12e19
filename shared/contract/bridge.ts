/**
 * What Electron's preload puts on `window.trailglass`: all that the page can reach outside its sandbox.
 *
 * The page never sees a path it could send back: the preload turns dropped files into sources.
 */
import type { Message } from './rpc';
import type { SourceRef } from './sources';

/** The platform's `File`, opaque here: this folder knows no DOM. */
export type DroppedFile = object;

export interface Bridge {
  /** Sends a call or a cancellation to the main process. */
  readonly post: (message: Message) => void;
  /** Sets the one listener for replies and events. */
  readonly onMessage: (listener: (message: Message) => void) => void;
  /** Registers files and folders the user dropped. A file that is not on disk is left out. */
  readonly registerFiles: (files: readonly DroppedFile[]) => Promise<readonly SourceRef[]>;
}

/** The IPC channels, all of them. */
export const bridgeChannels = {
  /** A page has loaded, for the first time or again: calls of an earlier page are dropped. */
  connect: 'trailglass:connect',
  /** {@link Message}s, both ways. */
  message: 'trailglass:message',
  /** Paths of dropped files, from the preload alone; answers with their sources. */
  registerPaths: 'trailglass:register-paths',
} as const;
