/** The files of an import as the report lists them: which, and the page in view of any number of them. */
import type { AppError } from '#contract/errors';
import type { FileReport, FilesRequest } from '#contract/report';
import type { Host } from '../host/host';
import { Latest } from '../lib/latest';
import { PagedRows } from '../lib/paged-rows';
import { asAppError } from './problem';

type Choice = Pick<FilesRequest, 'which' | 'search'>;

/** The result of one choice of files. */
interface Listed {
  readonly total: number;
  readonly pages: PagedRows<FileReport>;
}

const pageSize = 128;

export class ImportFiles {
  private readonly host: Host;
  private readonly latest: Latest<Choice, Listed>;
  private listed = $state.raw<Listed | null>(null);
  /** Grows when files come: reading it makes a view follow. */
  private version = $state(0);
  private viewport = { first: 0, last: pageSize - 1 };

  which = $state<FilesRequest['which']>('all');
  search = $state('');
  /** The index of the file that is shown in full; null where there is none. */
  current = $state<number | null>(null);
  problem = $state.raw<AppError | null>(null);
  isBusy = $state(false);

  /** Files of the newest choice. */
  readonly count = $derived(this.listed?.total ?? 0);
  readonly isListed = $derived(this.listed !== null);

  constructor(host: Host) {
    this.host = host;
    this.latest = new Latest((choice, signal) => this.list(choice, signal));
  }

  /** Lists files again. The previous ones stay until these have arrived. */
  async choose(change: Partial<Choice>): Promise<void> {
    this.which = change.which ?? this.which;
    this.search = change.search ?? this.search;
    this.isBusy = true;
    this.problem = null;
    try {
      const outcome = await this.latest.run({ which: this.which, search: this.search });
      if (outcome.kind === 'superseded') return;
      this.listed?.pages.close();
      this.listed = outcome.result;
      this.current = outcome.result.total === 0 ? null : 0;
    } catch (thrown) {
      this.problem = asAppError(thrown);
    }
    this.isBusy = false;
  }

  /** The file at a place of the list; undefined while it is on the way. */
  fileAt(index: number): FileReport | undefined {
    void this.version;
    return this.listed?.pages.get(index);
  }

  /** Reports which files are in view. */
  view(first: number, last: number): void {
    this.viewport = { first, last };
    this.listed?.pages.want(first, last);
  }

  close(): void {
    this.latest.abort();
    this.listed?.pages.close();
  }

  /** The first page says how many there are; it is not requested twice. */
  private async list(choice: Choice, signal: AbortSignal): Promise<Listed> {
    const head = await this.host.call('archive.files', { ...choice, start: 0, count: pageSize }, { signal });
    const pages = new PagedRows<FileReport>({
      rowCount: head.total,
      pageSize,
      fetchPage: async (start, count, pageSignal) => {
        if (start === 0) return head.files;
        const page = await this.host.call('archive.files', { ...choice, start, count }, { signal: pageSignal });
        return page.files;
      },
      onChange: () => this.version++,
      onError: (thrown) => (this.problem = asAppError(thrown)),
    });
    const last = Math.min(this.viewport.last, head.total - 1);
    pages.want(Math.min(this.viewport.first, Math.max(0, last)), last);
    return { total: head.total, pages };
  }
}
