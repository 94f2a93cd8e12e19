/** The event whose record is open beside the list. */
import type { AppError } from '#contract/errors';
import type { RowId } from '#contract/ids';
import type { EventDetail, FileDigest, RelatedEvents } from '#contract/events';
import type { EventIntegrity } from '#contract/integrity';
import type { Host } from '../host/host';
import { Newest } from '../lib/latest';
import { HitSteps } from './hit-steps.svelte';
import { asAppError, isCancelled } from './problem';

export class Detail {
  private readonly host: Host;
  private readonly showing = new Newest();
  private readonly relating = new Newest();
  private readonly verifying = new Newest();

  event = $state.raw<EventDetail | null>(null);
  problem = $state.raw<AppError | null>(null);
  /** What belongs to the event; null until it is looked up. */
  related = $state.raw<RelatedEvents | null>(null);
  relatedProblem = $state.raw<AppError | null>(null);
  /** What the integrity checks say of its file; null until they are asked, and while files are read. */
  integrity = $state.raw<EventIntegrity | null>(null);
  isBusy = $state(false);
  digest = $state.raw<FileDigest | null>(null);
  digestProblem = $state.raw<AppError | null>(null);
  isDigesting = $state(false);
  tab = $state<'tree' | 'raw'>('tree');
  /** The hits of the query in the record on screen. */
  readonly hits = new HitSteps();

  constructor(host: Host) {
    this.host = host;
  }

  /** Shows an event. The previous one stays on screen until this one's record is read. */
  async show(row: RowId): Promise<void> {
    if (this.event?.row === row && this.problem === null) {
      // Another may be on its way: it must not take this one's place.
      this.showing.abort();
      return;
    }
    const signal = this.showing.begin();
    this.isBusy = true;
    try {
      const event = await this.host.call('event.detail', row, { signal });
      if (signal.aborted) return;
      if (this.event?.location.label !== event.location.label) this.clearDigest();
      this.clearRelated();
      this.event = event;
      this.problem = null;
      void this.relate(row);
      void this.verify(row);
    } catch (thrown) {
      if (signal.aborted || isCancelled(thrown)) return;
      this.event = null;
      this.clearRelated();
      this.problem = asAppError(thrown);
    } finally {
      if (this.showing.isNewest(signal)) this.isBusy = false;
    }
  }

  clear(): void {
    this.showing.abort();
    this.event = null;
    this.problem = null;
    this.isBusy = false;
    this.clearRelated();
    this.clearDigest();
  }

  /** Looks up anew what belongs to the event: more may have been read. */
  relateAgain(): void {
    if (this.event !== null) void this.relate(this.event.row);
  }

  /** Asks anew what the checks say of the event's file: more may be open, and keys may be at hand. */
  verifyAgain(): void {
    if (this.event !== null) void this.verify(this.event.row);
  }

  /** Reads the event's whole file for its checksum. */
  async digestFile(): Promise<void> {
    const event = this.event;
    if (event === null || this.isDigesting) return;
    this.isDigesting = true;
    this.digestProblem = null;
    try {
      const digest = await this.host.call('event.digest', event.row);
      if (this.event?.location.label === event.location.label) this.digest = digest;
    } catch (thrown) {
      this.digestProblem = asAppError(thrown);
    } finally {
      this.isDigesting = false;
    }
  }

  /** After the record itself, which is what is waited for. Ends with the event it is about. */
  private async relate(row: RowId): Promise<void> {
    const signal = this.relating.begin();
    try {
      const related = await this.host.call('event.related', row, { signal });
      if (signal.aborted) return;
      this.related = related;
      this.relatedProblem = null;
    } catch (thrown) {
      if (!signal.aborted && !isCancelled(thrown)) this.relatedProblem = asAppError(thrown);
    }
  }

  /** As {@link relate}. An event without a verdict shows none: why is on the screen of the checks. */
  private async verify(row: RowId): Promise<void> {
    const signal = this.verifying.begin();
    try {
      const integrity = await this.host.call('event.integrity', row, { signal });
      if (!signal.aborted) this.integrity = integrity;
    } catch {
      if (!signal.aborted) this.integrity = null;
    }
  }

  private clearRelated(): void {
    this.verifying.abort();
    this.integrity = null;
    this.relating.abort();
    this.related = null;
    this.relatedProblem = null;
  }

  private clearDigest(): void {
    this.digest = null;
    this.digestProblem = null;
  }
}
