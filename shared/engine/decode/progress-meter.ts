/** Reports the progress of an import, at most ten times a second. */
import type { ImportProgress } from '#contract/sources';
import type { FileListing } from '../sources/file-listing';
import type { ThreadCounts } from './pool-control';

const everyMs = 100;
/** No remaining time is estimated before this much time has passed. */
const guessAfterMs = 500;

export class ProgressMeter {
  private readonly onProgress: ((progress: ImportProgress) => void) | undefined;
  private readonly startedAt = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private tellNow: (phase: ImportProgress['phase']) => void = () => undefined;

  constructor(onProgress: ((progress: ImportProgress) => void) | undefined) {
    this.onProgress = onProgress;
    this.use(
      { length: 0, packedBytes: 0 },
      () => ({ events: 0, bytes: 0, files: 0 }),
      () => null,
    );
    this.tellNow('listing');
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  /** Starts reporting, once the listing is complete. */
  start(
    files: Pick<FileListing, 'length' | 'packedBytes'>,
    counts: () => ThreadCounts,
    fileAtHand: () => string | null,
  ): void {
    this.use(files, counts, fileAtHand);
    this.tellNow('reading');
    this.timer = setInterval(() => {
      this.tellNow('reading');
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
    this.tellNow('finishing');
  }

  private use(
    files: Pick<FileListing, 'length' | 'packedBytes'>,
    counts: () => ThreadCounts,
    fileAtHand: () => string | null,
  ): void {
    const bytesTotal = files.packedBytes;
    this.tellNow = (phase) => {
      const { events, bytes, files: filesDone } = counts();
      const { elapsedMs } = this;
      const bytesDone = Math.min(bytes, bytesTotal);
      const canGuess = phase === 'reading' && elapsedMs > guessAfterMs && bytesDone > 0;
      this.onProgress?.({
        phase,
        filesTotal: files.length,
        filesDone,
        bytesTotal,
        bytesDone,
        events,
        eventsPerSecond: elapsedMs > 0 ? (events / elapsedMs) * 1000 : 0,
        elapsedMs,
        remainingMs: canGuess ? (elapsedMs * (bytesTotal - bytesDone)) / bytesDone : null,
        currentFile: phase === 'reading' ? fileAtHand() : null,
      });
    };
  }
}
