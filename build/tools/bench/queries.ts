/**
 * The queries that are timed, made of the archive's own values, so that any archive can be measured. Each kind has many texts, all
 * different, so that no answer can come out of a cache.
 */
import type { EpochMs } from '#contract/ids';
import { epochMs } from '#contract/ids';
import { quoteValue } from '#core/query/print';
import { formatIso } from '#core/time';
import type { EngineThread } from '../../../shared/cli/engine-thread';
import { hash, Random } from '../synthetic/random';

export type QueryTexts = ReadonlyMap<string, readonly string[]>;

/** Values of the fields that queries are made of, most frequent first. */
interface Vocabulary {
  readonly events: readonly string[];
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly identities: readonly string[];
  readonly agents: readonly string[];
  readonly addresses: readonly string[];
  readonly keys: readonly string[];
  readonly rareKeys: readonly string[];
  readonly results: readonly string[];
}

/** Texts of every kind, `runs` of each, from the values of an open archive. */
export async function makeQueries(client: EngineThread['client'], runs: number): Promise<QueryTexts> {
  const values = async (field: string, order: 'most' | 'least' = 'most'): Promise<readonly string[]> => {
    const facet = await client.call('query.facet', {
      text: '',
      facet: { field, search: '', order, limit: 200 },
      withDuplicates: false,
    });
    const found = facet.values.map(({ value }) => value).filter((value) => /^[\x20-\x7e]{3,}$/.test(value));
    return found.length > 0 ? found : ['none'];
  };
  const status = await client.call('archive.status', null);
  return compose(
    {
      events: await values('event'),
      services: await values('service'),
      regions: await values('region'),
      identities: await values('identity'),
      agents: await values('agent'),
      addresses: (await values('ip')).filter((value) => /^\d+\.\d+\.\d+\.\d+$/.test(value)),
      keys: await values('key'),
      rareKeys: await values('key', 'least'),
      results: await values('result'),
    },
    { first: status.first ?? epochMs(0), last: status.last ?? epochMs(86_400_000) },
    runs,
  );
}

/** {@link makeQueries} without the asking. */
export function compose(
  words: Vocabulary,
  span: { readonly first: EpochMs; readonly last: EpochMs },
  runs: number,
): QueryTexts {
  const random = new Random(hash(runs));
  const pick = (values: readonly string[]): string => (values.length === 0 ? 'none' : random.pick(values));
  /** A piece of a value's first word: begins inside it. */
  const inside = (value: string): string => {
    const word = /[A-Za-z0-9]{4,}/.exec(value)?.[0] ?? 'none';
    const from = 1 + random.below(Math.max(1, word.length - 3));
    return word.slice(from, from + 3 + random.below(5));
  };
  const address = (): string => (words.addresses.length === 0 ? '10.0.0.1' : pick(words.addresses));
  const instant = (): string => {
    const time = span.first + random.unit() * Math.max(1, span.last - span.first);
    return formatIso(epochMs(Math.floor(time / 1000) * 1000));
  };
  const makers: Record<string, () => string> = {
    commonKeyword: () =>
      quoteValue(pick([...words.services.slice(0, 12), ...words.regions, ...words.events.slice(0, 30)])),
    rareKeyword: () => quoteValue(pick(words.rareKeys)),
    infix: () => inside(pick([...words.events, ...words.identities, ...words.agents])),
    field: () => {
      const [field, values] = random.pick([
        ['event', words.events],
        ['identity', words.identities],
        ['key', words.keys],
        ['ip', words.addresses],
      ] as const);
      return `${field}:${quoteValue(pick(values))}`;
    },
    wildcard: () => {
      const value = pick(words.events);
      const at = 2 + random.below(5);
      return random.chance(0.5) ? `event:${value.slice(0, at)}*` : `identity:*${inside(pick(words.identities))}*`;
    },
    andOrNot: () =>
      `(service:${quoteValue(pick(words.services))} OR event:${quoteValue(pick(words.events))}) ` +
      `-result:${quoteValue(pick(words.results))} -${inside(pick(words.agents))} region:${quoteValue(pick(words.regions))}`,
    timeRange: () => {
      const [from = '', to = ''] = [instant(), instant()].sort();
      return `time>=${from} time<=${to}`;
    },
    cidr: () => {
      const bits = random.pick([8, 12, 16, 20, 22, 24, 26, 28, 30]);
      return `ip:${address()}/${bits}`;
    },
  };
  return new Map(
    Object.entries(makers).map(([name, make]) => {
      const texts = new Set<string>();
      for (let tries = 0; texts.size < runs; tries++) {
        // Where the archive has too few values: the same again in another spelling, to which no cache knows the answer.
        texts.add(tries < runs * 20 ? make() : `${make()}${' '.repeat(1 + (tries % runs))}`);
      }
      return [name, [...texts]];
    }),
  );
}
