/** What is open, how far its import is, and what can be opened. */
import type { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { AppInfo, ArchiveStatus, ImportProgress, ImportReport, RecentArchive } from '#contract/types';
import type { Host } from '../host/host';
import { asAppError } from './problem';

/** What the rest of the window does when the archive changes. */
export interface SessionListener {
  /** Another archive is open, or none: what was known of the former one is void. */
  onArchive(): void;
  /** More events of the same archive can be seen. */
  onMore(): void;
}

export class Session {
  readonly #host: Host;
  readonly #listener: SessionListener;

  info = $state.raw<AppInfo | null>(null);
  status = $state.raw<ArchiveStatus>(nothingOpen(0));
  progress = $state.raw<ImportProgress | null>(null);
  recent = $state.raw<readonly RecentArchive[]>([]);
  /** What was read and what was not; null until the import has ended. */
  report = $state.raw<ImportReport | null>(null);
  /** Why the last attempt to open something failed. */
  problem = $state.raw<AppError | null>(null);
  /** From the user's choice until the host answers with its first figures. */
  isOpening = $state(false);
  /** While dropped files are on their way to a host that cannot read them where they are. */
  isTakingDrop = $state(false);
  /** False while the host cannot be reached. */
  isConnected = $state(true);
  /** The line that sums up an import stays until it is closed. */
  isSummaryShown = $state(false);

  readonly isOpen = $derived(this.status.state !== 'empty');
  readonly isImporting = $derived(this.status.state === 'importing');

  constructor(host: Host, listener: SessionListener) {
    this.#host = host;
    this.#listener = listener;
  }

  /** Asks the host for all a new window shows. Rejects where the host does not answer. */
  async start(): Promise<void> {
    this.#host.on('archive.changed', (status) => this.#accept(status));
    this.#host.onConnection((isConnected) => this.#followConnection(isConnected));
    const [info, status, recent] = await Promise.all([
      this.#host.call('app.info', null),
      this.#host.call('archive.status', null),
      this.#host.call('recent.list', null),
    ]);
    this.info = info;
    this.recent = recent;
    this.#accept(status);
    this.isSummaryShown = false; // what was open before this window is no news
  }

  /** Shows the host's own dialog, then opens what was chosen there. */
  async pick(kind: 'folder' | 'files'): Promise<void> {
    await this.#attempt(async () => {
      const sources = await this.#host.call('source.pick', kind);
      if (sources !== null) await this.#open(sources.map((source) => source.sourceId));
    });
  }

  async open(sources: readonly SourceId[]): Promise<void> {
    await this.#attempt(() => this.#open(sources));
  }

  async openSample(): Promise<void> {
    await this.#attempt(() => this.#follow('archive.open-sample', null));
  }

  /** Opens what was dropped on the window. To be called in the drop event's own turn. */
  async openDrop(data: DataTransfer): Promise<void> {
    const dropped = this.#host.droppedFiles(data);
    await this.#attempt(async () => {
      this.isTakingDrop = true;
      try {
        const files = await dropped;
        if (files.length === 0) return;
        const sources = await this.#host.filesToSources(files);
        this.isTakingDrop = false;
        await this.#open(sources.map((source) => source.sourceId));
      } finally {
        this.isTakingDrop = false;
      }
    });
  }

  async cancel(): Promise<void> {
    await this.#attempt(() => this.#host.call('archive.cancel', null));
  }

  async close(): Promise<void> {
    await this.#attempt(async () => {
      await this.#host.call('archive.close', null);
      this.#accept(await this.#host.call('archive.status', null));
      this.recent = await this.#host.call('recent.list', null);
    });
  }

  async forget(archive: RecentArchive): Promise<void> {
    await this.#attempt(async () => {
      await this.#host.call('recent.forget', archive.openedAt);
      this.recent = await this.#host.call('recent.list', null);
    });
  }

  async #open(sources: readonly SourceId[]): Promise<void> {
    await this.#follow('archive.open', sources);
  }

  async #follow<Name extends 'archive.open' | 'archive.open-sample'>(
    name: Name,
    request: Name extends 'archive.open' ? readonly SourceId[] : null,
  ): Promise<void> {
    const onProgress = (progress: ImportProgress): void => {
      this.isOpening = false;
      this.progress = progress;
    };
    const status = await (name === 'archive.open'
      ? this.#host.call('archive.open', request ?? [], { onProgress })
      : this.#host.call('archive.open-sample', null, { onProgress }));
    this.#accept(status);
    this.recent = await this.#host.call('recent.list', null);
  }

  #followConnection(isConnected: boolean): void {
    const isBack = isConnected && !this.isConnected;
    // Before the first connection there is nothing that could have been lost.
    this.isConnected = isConnected || this.info === null;
    if (!isBack || this.info === null) return;
    void this.#attempt(async () => {
      this.#accept(await this.#host.call('archive.status', null));
      if (this.isOpen) this.#listener.onMore();
    });
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    this.isOpening = true;
    try {
      await work();
    } catch (thrown) {
      const problem = asAppError(thrown);
      if (problem.code !== 'cancelled') this.problem = problem;
    } finally {
      this.isOpening = false;
    }
  }

  #accept(status: ArchiveStatus): void {
    const former = this.status;
    const isOther =
      sourcesKey(former) !== sourcesKey(status) ||
      (former.state === 'empty') !== (status.state === 'empty') ||
      (former.state === 'ready' && status.state === 'importing');
    this.status = status;
    this.progress = status.state === 'importing' ? (status.progress ?? this.progress) : null;
    if (isOther) {
      this.report = null;
      this.isSummaryShown = false;
      this.#listener.onArchive();
    } else if (former.version !== status.version) {
      this.#listener.onMore();
    }
    const hasEnded = status.state === 'ready' && (former.state === 'importing' || isOther);
    if (hasEnded) {
      this.isSummaryShown = true;
      void this.#loadReport();
    }
  }

  async #loadReport(): Promise<void> {
    try {
      this.report = await this.#host.call('archive.report', null);
    } catch (thrown) {
      this.problem = asAppError(thrown);
    }
  }
}

function sourcesKey(status: ArchiveStatus): string {
  return status.sources.map((source) => source.sourceId).join('\n');
}
