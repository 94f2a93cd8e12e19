/** How long the list takes to be sorted by each field, and events to be grouped by each field and each pair of the common ones. */
import type { EngineSource } from '#contract/api';
import { defaultLimits } from '#contract/limits';
import { defaultFacets } from '#core/fields';
import { startEngineThread, type EngineThread } from '../../../shared/cli/engine-thread';
import { percentile, rounded, stopwatch, type Elapsed } from './measure';

/** ms by the clock, and ms of processor time of all threads: the median of the rounds. */
interface Timed {
  readonly name: string;
  readonly ms: number;
  readonly cpuMs: number;
}

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly cpuP50: number;
  readonly cpuP95: number;
  readonly slowest: readonly Timed[];
}

export interface TableFigures {
  readonly events: number;
  /** Until the first page is there: by each field for the first time, and then the other way. */
  readonly sort: Spread;
  readonly turnedSort: Spread;
  readonly groups: Spread;
  readonly pairs: Spread;
}

/** How many of the slowest are named. */
const named = 8;

/** Imports, then measures each table `rounds` times. */
export async function measureTables(
  program: string,
  sources: readonly EngineSource[],
  rounds: number,
): Promise<TableFigures> {
  const engine = startEngineThread(program);
  const { client } = engine;
  await client.call('engine.open', { sources, limits: defaultLimits });
  const { events } = await client.call('archive.status', null);
  const fields = (await client.call('field.list', null)).map(({ name }) => name);
  const common = fields.filter((field) => defaultFacets.includes(field) || field === 'target');
  const sort = new Rounds();
  const turnedSort = new Rounds();
  const groups = new Rounds();
  const pairs = new Rounds();
  for (let round = 0; round < rounds; round++) {
    for (const field of fields) {
      await sort.time(field, () => firstPage(client, field, 'ascending'));
      await turnedSort.time(field, () => firstPage(client, field, 'descending'));
    }
    for (const field of fields) await groups.time(field, () => askGroups(client, [field]));
    for (const one of common) {
      for (const other of common) {
        if (one !== other) await pairs.time(`${one} × ${other}`, () => askGroups(client, [one, other]));
      }
    }
  }
  await engine.stop();
  return {
    events,
    sort: sort.spread(),
    turnedSort: turnedSort.spread(),
    groups: groups.spread(),
    pairs: pairs.spread(),
  };
}

async function firstPage(
  client: EngineThread['client'],
  field: string,
  direction: 'ascending' | 'descending',
): Promise<void> {
  const sort = { field, direction };
  const query = { text: '', facets: [], timeline: null, sort, withDuplicates: false };
  const { resultId } = await client.call('query.run', query);
  await client.call('result.page', { resultId, start: 0, count: 50, columns: [field] });
}

async function askGroups(client: EngineThread['client'], fields: readonly string[]): Promise<void> {
  await client.call('query.groups', {
    ...{ text: '', withDuplicates: false, fields, start: 0, limit: 100 },
    sort: { column: 'count', direction: 'descending' },
    timeline: { from: null, to: null, maxBins: 40 },
  });
}

class Rounds {
  private readonly elapsed = new Map<string, Elapsed[]>();

  async time(name: string, run: () => Promise<void>): Promise<void> {
    const watch = stopwatch();
    await run();
    const known = this.elapsed.get(name) ?? [];
    known.push(watch());
    this.elapsed.set(name, known);
  }

  spread(): Spread {
    const timed = [...this.elapsed].map(([name, rounds]) => ({
      name,
      ms: rounded(
        percentile(
          rounds.map(({ seconds }) => seconds),
          0.5,
        ) * 1000,
        1,
      ),
      cpuMs: rounded(
        percentile(
          rounds.map(({ cpuSeconds }) => cpuSeconds),
          0.5,
        ) * 1000,
        1,
      ),
    }));
    const [ms, cpuMs] = [timed.map((each) => each.ms), timed.map((each) => each.cpuMs)];
    return {
      p50: percentile(ms, 0.5),
      p95: percentile(ms, 0.95),
      cpuP50: percentile(cpuMs, 0.5),
      cpuP95: percentile(cpuMs, 0.95),
      slowest: timed.sort((one, other) => other.cpuMs - one.cpuMs).slice(0, named),
    };
  }
}
