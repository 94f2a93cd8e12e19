/** The host of a decode run, on its own thread or the calling one. */
import type { FileListing } from '../sources/file-listing';
import type { ListedFile } from '../sources/listed-file';
import type { RunHost } from './decode-run';
import type { FileOutcome } from './import-types';
import type { PoolControl } from './pool-control';
import type { Segment } from '../scan/segment';

export class ThreadHost implements RunHost {
  private readonly control: PoolControl;
  private readonly thread: number;
  private readonly files: FileListing;
  private readonly again: number[];
  private readonly send: (segment: Segment | null, outcomes: readonly FileOutcome[]) => void;
  private current: ListedFile | undefined;
  private bytesDone = 0;
  private filesDone = 0;
  private events = 0;

  /** @param again Files to read first: those of a thread that crashed. */
  constructor(
    control: PoolControl,
    thread: number,
    files: FileListing,
    again: readonly number[],
    send: (segment: Segment | null, outcomes: readonly FileOutcome[]) => void,
  ) {
    this.control = control;
    this.thread = thread;
    this.files = files;
    this.again = [...again];
    this.send = send;
  }

  nextFile(): number {
    if (this.current !== undefined) {
      this.bytesDone += this.current.packedBytes;
      this.filesDone++;
    }
    const first = this.again.shift();
    if (first !== undefined) this.control.begin(this.thread, first);
    const file = first ?? this.control.takeNext(this.thread);
    this.current = this.files.at(file);
    this.progress(this.events, 0);
    return file;
  }

  isCancelled(): boolean {
    return this.control.isCancelled();
  }

  progress(events: number, filePosition: number): void {
    this.events = events;
    // Parts of a file may be read twice, and bytes around a member are read too.
    const bytes = this.bytesDone + Math.min(filePosition, this.current?.packedBytes ?? 0);
    this.control.setCounts(this.thread, { events, bytes, files: this.filesDone });
  }

  deliver(segment: Segment | null, outcomes: readonly FileOutcome[]): void {
    this.send(segment, outcomes);
  }
}
