/**
 * The memory that the pool and its decode threads share. The hot path needs no messages: a thread takes its next file by
 * itself, sees a cancellation at once, and sleeps while too many of its segments wait to be merged.
 */

/** Handed to a thread when it starts; everything in it is shared, not copied. */
export interface SharedControl {
  readonly words: SharedArrayBuffer;
  /** The thread + 1 that took or was given each file; 0: none yet. */
  readonly owners: SharedArrayBuffer;
  readonly counts: SharedArrayBuffer;
}

const cancelled = 0;
const nextFile = 1;
const firstThread = 2;
/** Words of a thread: segments that wait, and the number + 1 of its current file. */
const wordsPerThread = 2;
/** Counts of a thread: events, bytes on disk, files done. */
const countsPerThread = 3;

/** The most segments of one thread that wait to be merged. */
const maxWaiting = 2;
const waitMs = 50;

export function makeControl(files: number, threads: number): SharedControl {
  return {
    words: new SharedArrayBuffer((firstThread + threads * wordsPerThread) * 4),
    owners: new SharedArrayBuffer(files * 4),
    counts: new SharedArrayBuffer(threads * countsPerThread * 8),
  };
}

export class PoolControl {
  private readonly words: Int32Array;
  private readonly owners: Int32Array;
  private readonly counts: Float64Array;

  constructor(shared: SharedControl) {
    this.words = new Int32Array(shared.words);
    this.owners = new Int32Array(shared.owners);
    this.counts = new Float64Array(shared.counts);
  }

  cancel(): void {
    Atomics.store(this.words, cancelled, 1);
    for (let word = firstThread; word < this.words.length; word++) Atomics.notify(this.words, word);
  }

  isCancelled(): boolean {
    return Atomics.load(this.words, cancelled) === 1;
  }

  /** The next file that nobody has taken, or -1. */
  takeNext(thread: number): number {
    const file = Atomics.add(this.words, nextFile, 1);
    if (file >= this.owners.length) return -1;
    this.begin(thread, file);
    return file;
  }

  /** Records which thread reads, or will read, a file. */
  assign(thread: number, file: number): void {
    Atomics.store(this.owners, file, thread + 1);
  }

  /** Records the current file of a thread. */
  begin(thread: number, file: number): void {
    this.assign(thread, file);
    Atomics.store(this.words, fileWord(thread), file + 1);
  }

  /** Whether any file was not taken yet. */
  hasMore(): boolean {
    return Atomics.load(this.words, nextFile) < this.owners.length;
  }

  /** The current file of a thread, or -1. */
  fileOf(thread: number): number {
    return Atomics.load(this.words, fileWord(thread)) - 1;
  }

  /** Every file this thread has taken, or was given to reread after a crash. */
  filesOf(thread: number): number[] {
    const files: number[] = [];
    this.owners.forEach((owner, file) => {
      if (owner === thread + 1) files.push(file);
    });
    return files;
  }

  /** Counts a segment as waiting, and sleeps while there are too many. */
  segmentSent(thread: number): void {
    const word = waitingWord(thread);
    let waiting = Atomics.add(this.words, word, 1) + 1;
    while (waiting > maxWaiting && !this.isCancelled()) {
      Atomics.wait(this.words, word, waiting, waitMs);
      waiting = Atomics.load(this.words, word);
    }
  }

  segmentMerged(thread: number): void {
    Atomics.sub(this.words, waitingWord(thread), 1);
    Atomics.notify(this.words, waitingWord(thread));
  }

  setCounts(thread: number, { events, bytes, files }: ThreadCounts): void {
    this.counts.set([events, bytes, files], thread * countsPerThread);
  }

  /** Sums over all threads. Read while they are written, so only good for display. */
  totalCounts(): ThreadCounts {
    const total = { events: 0, bytes: 0, files: 0 };
    for (let at = 0; at < this.counts.length; at += countsPerThread) {
      total.events += this.counts[at] ?? 0;
      total.bytes += this.counts[at + 1] ?? 0;
      total.files += this.counts[at + 2] ?? 0;
    }
    return total;
  }
}

export interface ThreadCounts {
  readonly events: number;
  /** On disk. */
  readonly bytes: number;
  /** Read to their end. */
  readonly files: number;
}

const waitingWord = (thread: number): number => firstThread + thread * wordsPerThread;
const fileWord = (thread: number): number => waitingWord(thread) + 1;
