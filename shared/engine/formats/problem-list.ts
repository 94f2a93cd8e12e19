/** What went wrong in one file: the first problems in full, and the number of all. */
import type { FileProblem, FileReport } from '#contract/types';

const MAX_LISTED = 20;

export class ProblemList {
  readonly listed: FileProblem[] = [];
  count = 0;
  private losses = 0;

  add(problem: FileProblem): void {
    this.count += 1;
    if (problem.severity === 'loss') this.losses += 1;
    if (this.listed.length < MAX_LISTED) this.listed.push(problem);
  }

  /** The report of the file these are from. */
  report(path: string, sizeBytes: number, events: number): FileReport {
    const status = this.losses === 0 ? 'read' : events > 0 ? 'partial' : 'unread';
    return {
      path,
      sourceId: null,
      status,
      recognisedAs: null,
      sizeBytes,
      events,
      copies: 0,
      problems: this.listed,
      problemCount: this.count,
    };
  }
}
