/** What went wrong in one file: the first problems in full, and the number of all. */
import type { FileFormat, FileProblem, FileReport } from '#contract/report';

const maxListed = 200;
/** Messages quote names from the file, which may be as long as the file. */
const maxMessage = 500;

export class ProblemList {
  readonly listed: FileProblem[] = [];
  count = 0;
  private losses = 0;

  add(problem: FileProblem): void {
    this.count++;
    if (problem.severity === 'loss') this.losses++;
    if (this.isFull) return;
    const { message } = problem;
    this.listed.push(
      message.length <= maxMessage ? problem : { ...problem, message: `${message.slice(0, maxMessage)}…` },
    );
  }

  /** Whether further problems are only counted. */
  get isFull(): boolean {
    return this.listed.length >= maxListed;
  }

  /** Puts a loss before the others, which it caused. */
  lead(problem: FileProblem): void {
    this.count++;
    this.losses++;
    this.listed.unshift(problem);
    if (this.listed.length > maxListed) this.listed.pop();
  }

  /** Whether there are problems, and all of them of these kinds. */
  isOnly(codes: ReadonlySet<FileProblem['code']>): boolean {
    return this.count > 0 && this.count === this.listed.length && this.listed.every(({ code }) => codes.has(code));
  }

  /** The report of the file these are from. */
  report({ path, sizeBytes, events, recognisedAs, isIgnored }: FileReading): FileReport {
    return {
      path,
      sourceId: null,
      status: this.losses > 0 ? (events > 0 ? 'partial' : 'unread') : isIgnored ? 'ignored' : 'read',
      recognisedAs,
      sizeBytes,
      events,
      duplicates: 0,
      problems: this.listed,
      problemCount: this.count,
    };
  }
}

/** The outcome for a file, without its problems. */
export interface FileReading {
  readonly path: string;
  readonly sizeBytes: number;
  readonly events: number;
  readonly recognisedAs: FileFormat | null;
  /** Whether it has only content that never holds events. */
  readonly isIgnored: boolean;
}
