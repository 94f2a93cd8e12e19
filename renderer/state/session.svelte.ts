/** What is open, how far its import is, and what can be opened. */
import type { AppError } from '#contract/errors';
import type { SourceId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { ImportReport } from '#contract/report';
import type { AppInfo } from '#contract/settings';
import type { ArchiveStatus, EngineTrouble, ImportProgress, RecentArchive, SourceRef } from '#contract/sources';
import type { Host } from '../host/host';
import { asAppError } from './problem';
import { sourceChange } from './source-change';

/** What to do with the chosen sources: open them in place of what is open, or add them. */
export type OpenMode = 'open' | 'add';
/** `proofs`: the files hold public keys or signatures for what is open; `manifest`: what to hold it against. */
export type FilesMode = OpenMode | 'proofs' | 'manifest';

/** What was dropped while something was open, until the user says what to do with it. */
export interface PendingDrop {
  /** Names of the files and folders as they were dropped. */
  readonly names: readonly string[];
  readonly files: Promise<readonly File[]>;
}

/** What the rest of the window does when the archive changes. */
export interface SessionListener {
  /** Another archive is open, or none: nothing known about the previous one holds now. */
  onArchive(): void;
  /** More events of the same archive can be seen. */
  onMore(): void;
  /** A source was removed from the archive, and its events with it. */
  onLess(): void;
  /** Something is about to be opened or added. */
  onTaking(): void;
  /** What was to be added is open already. */
  onAlreadyOpen(): void;
  /** Files with public keys or signatures were dropped. */
  onProofs(files: readonly SourceId[]): void;
}

export class Session {
  private readonly host: Host;
  private readonly listener: SessionListener;
  /** True from the call that opens something else until the host reports it: its sources may be the same, its rows are not. */
  private isReplacing = false;

  info = $state.raw<AppInfo | null>(null);
  status = $state.raw<ArchiveStatus>(nothingOpen(0));
  progress = $state.raw<ImportProgress | null>(null);
  recent = $state.raw<readonly RecentArchive[]>([]);
  /** The import report; null until the import has ended. */
  report = $state.raw<ImportReport | null>(null);
  /** Why the last attempt to open something failed. */
  problem = $state.raw<AppError | null>(null);
  /** From the user's choice until the host answers with its first figures. */
  isOpening = $state(false);
  /** While dropped files are on their way to a host that cannot read them where they are. */
  isTakingDrop = $state(false);
  drop = $state.raw<PendingDrop | null>(null);
  /** False while the host cannot be reached. */
  isConnected = $state(true);
  /** What is wrong with the engine, until the person has answered or it is well again. */
  trouble = $state.raw<EngineTrouble | null>(null);
  /** The line that sums up an import stays until it is closed. */
  isSummaryShown = $state(false);

  readonly isOpen = $derived(this.status.state !== 'empty');
  readonly isImporting = $derived(this.status.state === 'importing');

  constructor(host: Host, listener: SessionListener) {
    this.host = host;
    this.listener = listener;
    // The host sends it to a page that connects, too, which may be before anything else is asked for.
    host.on('engine.trouble', (trouble) => (this.trouble = trouble));
    host.on('recent.changed', () => void this.attempt(() => this.loadRecent()));
  }

  /** Asks the host for all a new window shows. Rejects where the host does not answer. */
  async start(): Promise<void> {
    this.host.on('archive.changed', (status) => this.accept(status));
    this.host.onConnection((isConnected) => this.followConnection(isConnected));
    const [info, status, recent] = await Promise.all([
      this.host.call('app.info', null),
      this.host.call('archive.status', null),
      this.host.call('recent.list', null),
    ]);
    this.info = info;
    this.recent = recent;
    this.accept(status);
    this.isSummaryShown = false; // an import that ended before this window opened is no news
  }

  /** Shows the host's own dialog, then opens or adds what was chosen there. */
  async pick(kind: 'folder' | 'files', mode: OpenMode = 'open'): Promise<void> {
    await this.attempt(async () => {
      const sources = await this.host.call('source.pick', kind);
      if (sources !== null) await this.take(mode, idsOf(sources));
    });
  }

  async open(sources: readonly SourceId[]): Promise<void> {
    await this.attempt(() => this.take('open', sources));
  }

  /** Adds to what is open. */
  async add(sources: readonly SourceId[]): Promise<void> {
    await this.attempt(() => this.take('add', sources));
  }

  /** Reads everything again, with the limits that are set now. */
  async reopen(): Promise<void> {
    await this.open(idsOf(this.status.sources));
  }

  async openSample(): Promise<void> {
    await this.attempt(() =>
      this.follow(true, (onProgress) => this.host.call('archive.open-sample', null, { onProgress })),
    );
  }

  /** Starts the engine again, and opens what it had open. */
  async startAgain(): Promise<void> {
    this.trouble = null;
    await this.attempt(() =>
      this.follow(true, (onProgress) => this.host.call('archive.start-again', null, { onProgress })),
    );
  }

  /** Removes a source and its events. Returns whether that was done. */
  async remove(source: SourceId): Promise<boolean> {
    return this.attempt(async () => {
      this.accept(await this.host.call('archive.remove', source));
      await this.loadRecent();
    });
  }

  /**
   * Opens what was dropped on the window, or keeps it until `settleDrop` where something is open. Must be called within the drop event's
   * handler, before anything is awaited.
   */
  async takeDrop(data: DataTransfer): Promise<void> {
    const names = [...data.files].map((file) => file.name);
    const drop: PendingDrop = { names, files: this.host.droppedFiles(data) };
    if (this.isOpen) this.drop = drop;
    else await this.openDrop(drop, 'open');
  }

  /** What to do with what was dropped; null: nothing. */
  async settleDrop(mode: OpenMode | 'proofs' | null): Promise<void> {
    const { drop } = this;
    this.drop = null;
    if (drop !== null && mode !== null) await this.openDrop(drop, mode);
  }

  async cancel(): Promise<void> {
    await this.attempt(() => this.host.call('archive.cancel', null));
  }

  async close(): Promise<void> {
    await this.attempt(async () => {
      await this.host.call('archive.close', null);
      this.accept(await this.host.call('archive.status', null));
      await this.loadRecent();
    });
  }

  async forget(archive: RecentArchive): Promise<void> {
    await this.attempt(async () => {
      await this.host.call('recent.forget', archive.openedAt);
      await this.loadRecent();
    });
  }

  private async loadRecent(): Promise<void> {
    this.recent = await this.host.call('recent.list', null);
  }

  private async openDrop(drop: PendingDrop, mode: OpenMode | 'proofs'): Promise<void> {
    await this.attempt(async () => {
      this.isTakingDrop = true;
      try {
        const files = await drop.files;
        if (files.length === 0) return;
        const sources = await this.host.filesToSources(files);
        this.isTakingDrop = false;
        if (mode === 'proofs') this.listener.onProofs(idsOf(sources));
        else await this.take(mode, idsOf(sources));
      } finally {
        this.isTakingDrop = false;
      }
    });
  }

  private async take(mode: OpenMode, sources: readonly SourceId[]): Promise<void> {
    const open = idsOf(this.status.sources);
    if (mode === 'add' && sources.every((source) => open.includes(source))) {
      this.listener.onAlreadyOpen();
      return;
    }
    await this.follow(mode === 'open', (onProgress) =>
      mode === 'open'
        ? this.host.call('archive.open', sources, { onProgress })
        : this.host.call('archive.add', sources, { onProgress }),
    );
  }

  private async follow(
    isReplacing: boolean,
    call: (onProgress: (progress: ImportProgress) => void) => Promise<ArchiveStatus>,
  ): Promise<void> {
    this.isReplacing = isReplacing && this.isOpen;
    this.listener.onTaking();
    const status = await call((progress) => {
      this.isOpening = false;
      this.progress = progress;
    });
    this.accept(status);
    this.isReplacing = false;
    await this.loadRecent();
  }

  private followConnection(isConnected: boolean): void {
    const isBack = isConnected && !this.isConnected;
    // Before the first connection there is nothing that could have been lost.
    this.isConnected = isConnected || this.info === null;
    if (!isBack || this.info === null) return;
    void this.attempt(async () => {
      this.accept(await this.host.call('archive.status', null));
      if (this.isOpen) this.listener.onMore();
    });
  }

  /** Resolves to whether it worked. */
  private async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.problem = null;
    this.isOpening = true;
    try {
      await work();
      return true;
    } catch (thrown) {
      const problem = asAppError(thrown);
      if (problem.code !== 'cancelled') this.problem = problem;
      return false;
    } finally {
      this.isOpening = false;
    }
  }

  private accept(status: ArchiveStatus): void {
    const previous = this.status;
    const change = sourceChange(previous, status, this.isReplacing);
    if (change === 'other') this.isReplacing = false;
    this.status = status;
    this.progress = status.state === 'importing' ? (status.progress ?? this.progress) : null;
    const hasBegun = status.state === 'importing' && previous.state !== 'importing';
    if (change === 'other' || hasBegun) {
      this.report = null;
      this.isSummaryShown = false;
    }
    if (change === 'other') this.listener.onArchive();
    else if (change === 'fewer') this.listener.onLess();
    else if (previous.version !== status.version) this.listener.onMore();

    const hasEnded = status.state === 'ready' && (previous.state === 'importing' || change === 'other');
    if (hasEnded) this.isSummaryShown = true;
    if (hasEnded || (status.state === 'ready' && change !== 'none')) void this.loadReport();
  }

  private async loadReport(): Promise<void> {
    try {
      this.report = await this.host.call('archive.report', null);
    } catch (thrown) {
      this.problem = asAppError(thrown);
    }
  }
}

function idsOf(sources: readonly SourceRef[]): readonly SourceId[] {
  return sources.map((source) => source.sourceId);
}
