/** The view beside the list: the matching events by the values of one field, or of two. */
import type { AppError } from '#contract/errors';
import type { Group, GroupColumn, Groups as GroupsAnswer, GroupsRequest, QueryResult } from '#contract/query';
import type { Host } from '../host/host';
import { Latest } from '../lib/latest';
import { PagedRows } from '../lib/paged-rows';
import { asAppError, isCancelled } from './problem';
import type { VisibleSpan } from './visible-span';

type Sort = GroupsRequest['sort'];

/** What groups are counted of. */
export type GroupsQuery = Pick<GroupsRequest, 'text' | 'withDuplicates'> & VisibleSpan;

interface Shown {
  readonly answer: GroupsAnswer;
  readonly pages: PagedRows<Group>;
}

const pageRows = 128;
/** A cell of the table has two pixels for each. */
const sparkBins = 64;

/** Values from the first letter on, figures from the greatest, unless turned around. */
const startDirection = (column: GroupColumn): Sort['direction'] =>
  column === 'value' || column === 'second-value' ? 'ascending' : 'descending';

export class Groups {
  private readonly host: Host;
  private readonly shownQuery: () => GroupsQuery;
  private readonly latest: Latest<GroupsRequest, GroupsAnswer>;
  private shown = $state.raw<Shown | null>(null);
  /** Grows when rows come: reading it makes a view follow. */
  private version = $state(0);
  private countedResult: QueryResult | null = null;

  /** Whether the groups stand in the place of the events. */
  isOpen = $state(false);
  fields = $state.raw<readonly string[]>(['identity']);
  sort = $state.raw<Sort>({ column: 'count', direction: 'descending' });
  current = $state(0);
  isBusy = $state(false);
  problem = $state.raw<AppError | null>(null);

  /** The answer on screen, whose rows {@link rowAt} has; null until there is one. */
  readonly answer = $derived(this.shown?.answer ?? null);

  /** @param shownQuery reads the query on screen, and the span its timeline shows */
  constructor(host: Host, shownQuery: () => GroupsQuery) {
    this.host = host;
    this.shownQuery = shownQuery;
    this.latest = new Latest((request, signal) => host.call('query.groups', request, { signal }));
  }

  /** Shows the groups of one field or two. */
  open(fields: readonly string[] = this.fields): void {
    const isOther = fields.join('\n') !== this.fields.join('\n');
    this.isOpen = true;
    if (!isOther) return;
    this.fields = fields;
    this.current = 0;
    if (this.sort.column === 'second-value' && fields.length === 1)
      this.sort = { column: 'count', direction: 'descending' };
    this.countedResult = null;
  }

  close(): void {
    this.isOpen = false;
  }

  /** Another archive was opened. */
  clear(): void {
    this.latest.abort();
    this.shown?.pages.close();
    this.shown = null;
    this.countedResult = null;
    this.problem = null;
    this.isOpen = false;
    this.current = 0;
  }

  /** Sorts by a column, or the other way round where it is sorted by that. */
  sortBy(column: GroupColumn): void {
    const turned = this.sort.direction === 'ascending' ? 'descending' : 'ascending';
    const direction = this.sort.column === column ? turned : startDirection(column);
    this.sort = { column, direction };
    this.current = 0;
    void this.count();
  }

  /** Counts the groups of a result that is on screen, unless they are the ones shown. */
  follow(result: QueryResult): void {
    if (result === this.countedResult) return;
    this.countedResult = result;
    void this.count();
  }

  retry(): void {
    void this.count();
  }

  rowAt(index: number): Group | undefined {
    void this.version;
    return this.shown?.pages.get(index);
  }

  /** Says which rows are in view. */
  view(first: number, last: number): void {
    this.shown?.pages.want(first, last);
  }

  private async count(): Promise<void> {
    const request = this.request();
    this.isBusy = true;
    try {
      const outcome = await this.latest.run(request);
      if (outcome.kind === 'superseded') return;
      this.show(request, outcome.result);
    } catch (thrown) {
      if (!isCancelled(thrown)) this.problem = asAppError(thrown);
    }
    this.isBusy = false;
  }

  private show(request: GroupsRequest, answer: GroupsAnswer): void {
    this.shown?.pages.close();
    this.problem = null;
    this.current = Math.max(0, Math.min(this.current, answer.total - 1));
    const pages = new PagedRows<Group>({
      rowCount: answer.total,
      pageSize: pageRows,
      fetchPage: async (start, count, signal) => {
        if (start === 0) return answer.rows;
        return (await this.host.call('query.groups', { ...request, start, limit: count }, { signal })).rows;
      },
      onChange: () => this.version++,
      onError: (thrown) => (this.problem = asAppError(thrown)),
    });
    this.shown = { answer, pages };
    pages.want(0, pageRows - 1);
  }

  private request(): GroupsRequest {
    const { text, withDuplicates, from, to } = this.shownQuery();
    return {
      ...{ text, withDuplicates, fields: this.fields, sort: this.sort, start: 0, limit: pageRows },
      timeline: { from, to, maxBins: sparkBins },
    };
  }
}
