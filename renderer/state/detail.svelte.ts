/** The event whose record is open beside the list. */
import type { AppError } from '#contract/errors';
import type { RowId } from '#contract/ids';
import type { EventDetail, FileDigest } from '#contract/types';
import type { Host } from '../host/host';
import { asAppError, isCancelled } from './problem';

export class Detail {
  readonly #host: Host;
  #running: AbortController | null = null;

  event = $state.raw<EventDetail | null>(null);
  problem = $state.raw<AppError | null>(null);
  isBusy = $state(false);
  digest = $state.raw<FileDigest | null>(null);
  digestProblem = $state.raw<AppError | null>(null);
  isDigesting = $state(false);
  tab = $state<'tree' | 'raw'>('tree');

  constructor(host: Host) {
    this.#host = host;
  }

  /** Shows an event. The former one stays on screen until this one's record is read. */
  async show(row: RowId): Promise<void> {
    if (this.event?.row === row && this.problem === null) return;
    this.#running?.abort();
    const controller = new AbortController();
    this.#running = controller;
    this.isBusy = true;
    try {
      const event = await this.#host.call('event.detail', row, { signal: controller.signal });
      if (this.event?.location.label !== event.location.label) this.#clearDigest();
      this.event = event;
      this.problem = null;
    } catch (thrown) {
      if (isCancelled(thrown)) return;
      this.event = null;
      this.problem = asAppError(thrown);
    } finally {
      if (this.#running === controller) this.isBusy = false;
    }
  }

  clear(): void {
    this.#running?.abort();
    this.event = null;
    this.problem = null;
    this.isBusy = false;
    this.#clearDigest();
  }

  /** Reads the event's whole file for its check sum. */
  async digestFile(): Promise<void> {
    const event = this.event;
    if (event === null || this.isDigesting) return;
    this.isDigesting = true;
    this.digestProblem = null;
    try {
      const digest = await this.#host.call('event.digest', event.row);
      if (this.event?.location.label === event.location.label) this.digest = digest;
    } catch (thrown) {
      this.digestProblem = asAppError(thrown);
    } finally {
      this.isDigesting = false;
    }
  }

  #clearDigest(): void {
    this.digest = null;
    this.digestProblem = null;
  }
}
