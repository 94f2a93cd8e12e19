/** Notices that another thread does not answer any more, as one that waits for a disk or has lost its way. */
export interface SilenceWatch {
  /** Something came from the thread. */
  heard(): void;
  /** Ends the watch. */
  end(): void;
}

export interface SilenceWatchParts {
  /** Calls the thread has not answered yet. A thread that was asked nothing is not silent. */
  pending(): number;
  /** Asks for something that is answered at once by a thread that can answer at all. */
  ping(): void;
  /** Called with true once the thread has been silent for a minute, and with false when it answers after that. */
  changed(isSilent: boolean): void;
}

/** Counted, not timed: of a machine that slept, only one such span has passed. */
const everyMs = 5_000;
const pingAfter = 2;
const silentAfter = 12;

export function watchSilence({ pending, ping, changed }: SilenceWatchParts): SilenceWatch {
  let quiet = 0;
  let isSilent = false;
  function heard(): void {
    quiet = 0;
    if (isSilent) changed((isSilent = false));
  }
  const timer = setInterval(() => {
    if (pending() === 0) {
      heard();
      return;
    }
    quiet++;
    if (quiet === pingAfter) ping();
    if (quiet === silentAfter) changed((isSilent = true));
  }, everyMs);
  timer.unref();
  return { heard, end: () => clearInterval(timer) };
}
