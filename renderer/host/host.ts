/** The far side, whichever host the window runs in. */
import type { AppCalls, AppEvents } from '#contract/api';
import type { Client } from '#contract/rpc';
import type { SourceRef } from '#contract/sources';

export interface Host extends Client<AppCalls, AppEvents> {
  readonly kind: 'electron' | 'browser';
  /**
   * The files in a drop, for `filesToSources`; a browser's folders are walked for theirs, Electron's stand for themselves.
   *
   * Must be called while the drop event is being handled: its data is gone afterwards.
   */
  droppedFiles(data: DataTransfer): Promise<readonly File[]>;
  /** Turns dropped files into sources to open. In a browser their bytes are copied to the host first. */
  filesToSources(files: readonly File[]): Promise<readonly SourceRef[]>;
  /** Tells now, and at every change, whether the host can be reached. Returns what ends the subscription. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
}
