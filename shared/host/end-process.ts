/** Ends the process within seven seconds, whatever hangs; asked a second time, at once. */

/** Longer than a busy machine takes to end threads that do not hang: to blame a disk then would mislead. */
const endLimitMs = 7_000;

/** A request to the file system that ends at all mostly ends sooner. */
const retryMs = 10;

export interface EndOptions {
  /** Releases everything. Resolves to whether all threads have ended. */
  readonly close: () => Promise<boolean>;
  /** Ends the process in the usual way, which waits for every thread. */
  readonly exit: () => void;
  readonly log: (line: string) => void;
}

/**
 * Returns a function that ends the process; called a second time, it does not wait.
 *
 * A thread that waits for a disk without an answer cannot be ended, and Node's `process.exit` would wait for it for ever: then the process
 * kills itself. Its temporary files are removed at the next start.
 */
export function createEnding({ close, exit, log }: EndOptions): () => void {
  let isEnding = false;
  const kill = (): void => {
    process.kill(process.pid, 'SIGKILL');
  };
  return () => {
    if (isEnding) {
      kill();
      return;
    }
    isEnding = true;
    const giveUp = (): void => {
      log('A file or disk does not answer. Trailglass was ended anyway.');
      kill();
    };
    const limit = setTimeout(giveUp, endLimitMs);
    const exitWhenFree = (): void => {
      if (isWaitingForDisk()) setTimeout(exitWhenFree, retryMs);
      else {
        clearTimeout(limit);
        exit();
      }
    };
    close().then(
      (haveEnded) => {
        if (haveEnded) exitWhenFree();
        else giveUp();
      },
      (error: unknown) => {
        log(error instanceof Error ? error.message : String(error));
        kill();
      },
    );
  };
}

/** Requests of this thread to the file system; Node waits for these too. */
function isWaitingForDisk(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
}
