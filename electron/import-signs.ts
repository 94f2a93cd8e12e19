/** What the system shows and does while an import runs: progress in the dock or taskbar, and no sleep. */
import type { BrowserWindow, PowerSaveBlocker } from 'electron';
import type { ArchiveStatus } from '#contract/sources';

export interface ImportSigns {
  /** To be called with every change of what is open. */
  follow(status: ArchiveStatus): void;
  /** Another window is there, which shows no bar yet. */
  show(): void;
}

export interface ImportSignsParts {
  readonly blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly platform: NodeJS.Platform;
  window(): Pick<BrowserWindow, 'setProgressBar'> | null;
}

/** What takes the bar away. */
const noBar = -1;

export function createImportSigns({ blocker, platform, window }: ImportSignsParts): ImportSigns {
  /** The number of the request not to sleep. */
  let awake: number | null = null;
  let shown = noBar;

  return {
    follow(status) {
      const isImporting = status.state === 'importing';
      if (isImporting) awake ??= blocker.start('prevent-app-suspension');
      else if (awake !== null) {
        blocker.stop(awake);
        awake = null;
      }
      const next = isImporting ? barOf(status, platform) : noBar;
      if (next === shown) return;
      shown = next;
      window()?.setProgressBar(shown);
    },
    show() {
      if (shown !== noBar) window()?.setProgressBar(shown);
    },
  };
}

/** How much of the bar is full: from 0 to 1. While the size is unknown, 2 is a bar without an end on Windows; other systems would take it for full. */
export function barOf({ progress }: ArchiveStatus, platform: NodeJS.Platform): number {
  if (progress === null || progress.bytesTotal === 0) return platform === 'win32' ? 2 : 0;
  return Math.min(1, progress.bytesDone / progress.bytesTotal);
}
