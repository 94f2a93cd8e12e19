import { AppError } from '#contract/errors';
import type { QueryRequest, QueryResult } from '#contract/query';
import { describe, expect, it } from 'vitest';
import { Facets } from '../../../renderer/state/facets.svelte';
import { Fields } from '../../../renderer/state/fields.svelte';
import { Preferences } from '../../../renderer/state/preferences.svelte';
import { Query } from '../../../renderer/state/query.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { makeResult } from '../../helpers/results';
import { waitFor } from '../../helpers/wait';

function makeQuery(run: (request: QueryRequest) => QueryResult | Promise<QueryResult>) {
  const host = createFakeHost({ 'query.run': run });
  const preferences = new Preferences(host, { onColumns: () => undefined, onProblem: () => undefined });
  const results: { readonly matched: number; readonly keepsPlace: boolean }[] = [];
  const facets: Facets = new Facets(host, preferences, () => ({
    text: query.shownText,
    withDuplicates: query.withDuplicates,
  }));
  const query: Query = new Query(
    host,
    new Fields(host),
    facets,
    () => null,
    ({ matched }, keepsPlace) => {
      results.push({ matched, keepsPlace });
    },
  );
  const texts = (): readonly string[] => host.requests('query.run').map((request) => request.text);
  return { host, query, results, texts };
}

const settled = (query: Query): Promise<void> => waitFor(() => expect(query.isRunning).toBe(false));

describe('the query', () => {
  it('keeps only the answer to the newest text, however late the others come', async () => {
    const answers = new Map<string, (result: QueryResult) => void>();
    const { query, results } = makeQuery(({ text }) => new Promise((resolve) => answers.set(text, resolve)));
    query.submit('first');
    query.submit('second');
    await waitFor(() => expect([...answers.keys()]).toEqual(['first', 'second']));
    answers.get('second')?.(makeResult(2));
    answers.get('first')?.(makeResult(1));
    await settled(query);
    expect(results).toEqual([{ matched: 2, keepsPlace: false }]);
    expect(query.result?.matched).toBe(2);
  });

  it('goes back and forward through the texts that ran', async () => {
    const { query, texts } = makeQuery(() => makeResult(1));
    for (const text of ['a', 'b', 'c']) query.submit(text);
    query.back();
    query.back();
    query.forward();
    await settled(query);
    expect(texts()).toEqual(['a', 'b', 'c', 'b', 'a', 'b']);
    expect([query.text, query.canGoBack, query.canGoForward]).toEqual(['b', true, true]);
  });

  it('takes a moving brush for one step of the history', async () => {
    const { query } = makeQuery(() => makeResult(1));
    query.submit('word');
    for (const hour of ['01', '02', '03']) {
      query.edit(() => `word time>=2023-07-10T${hour}:00:00Z`, 'time');
    }
    query.back();
    await settled(query);
    expect(query.text).toBe('word');
  });

  it('edits the last text that ran where the one in the bar has a syntax error', async () => {
    const { query, texts } = makeQuery(() => makeResult(1));
    query.submit('service:s3');
    query.text = 'service:s3 (';
    query.edit((text) => `${text} more`);
    await settled(query);
    expect(texts()).toEqual(['service:s3', 'service:s3 more']);
  });

  it('says what the engine refused, and keeps the previous result', async () => {
    const { query } = makeQuery(({ text }) => {
      if (text === 'bad') throw new AppError('bad-query', 'expected a value', { at: { from: 0, to: 3 } });
      return makeResult(7);
    });
    query.submit('good');
    await settled(query);
    query.submit('bad');
    await settled(query);
    expect([query.problem?.code, query.problem?.details.at, query.result?.matched]).toEqual([
      'bad-query',
      { from: 0, to: 3 },
      7,
    ]);
  });

  it('keeps the events of the previous query on screen while the text has a syntax error', async () => {
    const { query, texts } = makeQuery(({ text }) => {
      if (text.includes('(')) throw new AppError('bad-query', 'unclosed (');
      return makeResult(7);
    });
    query.submit('good time>=2023-07-10T12:00:00Z');
    await settled(query);
    expect([query.hasSyntaxError, query.shownText]).toEqual([false, 'good time>=2023-07-10T12:00:00Z']);
    const range = query.timeRange;

    query.submit('event:(');
    await settled(query);
    expect([query.hasSyntaxError, query.shownText]).toEqual([true, 'good time>=2023-07-10T12:00:00Z']);
    expect(query.timeRange).toEqual(range);

    // What is asked anew is asked of what is on screen; the mistake stays told.
    query.showDuplicates(true);
    await settled(query);
    expect(texts().at(-1)).toBe('good time>=2023-07-10T12:00:00Z');
    expect([query.hasSyntaxError, query.problem?.code]).toEqual([true, 'bad-query']);

    query.edit((text) => `${text} more`);
    await settled(query);
    expect([query.hasSyntaxError, query.shownText]).toEqual([false, 'good time>=2023-07-10T12:00:00Z more']);
  });

  it('reports no syntax error while a text is typed', () => {
    const { query } = makeQuery(() => makeResult(1));
    query.text = 'event:(';
    query.isBeingTyped = true;
    expect(query.hasSyntaxError).toBe(false);
    query.isBeingTyped = false;
    expect(query.hasSyntaxError).toBe(true);
  });

  it('lets a query finish while more events keep coming, and then asks once more', async () => {
    const answers: ((result: QueryResult) => void)[] = [];
    const { query, results } = makeQuery(() => new Promise((resolve) => answers.push(resolve)));
    query.submit('word');
    for (let more = 0; more < 5; more++) query.refresh();
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.(makeResult(1));
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.(makeResult(2));
    await settled(query);
    expect(results).toEqual([
      { matched: 1, keepsPlace: false },
      { matched: 2, keepsPlace: true },
    ]);
  });

  it('begins at the first row in another order or with other rows, and keeps its place for more events', async () => {
    const { query, results } = makeQuery(() => makeResult(1));
    query.setSort('newest-first');
    await settled(query);
    query.showDuplicates(true);
    await settled(query);
    query.refresh();
    await settled(query);
    expect(results.map(({ keepsPlace }) => keepsPlace)).toEqual([false, false, true]);
  });

  it('knows what is in the bar but has not run', async () => {
    const { query } = makeQuery(() => makeResult(1));
    query.submit('word');
    await settled(query);
    query.text = ' word ';
    const sameButForSpaces = query.isEdited;
    query.text = 'words';
    expect([sameButForSpaces, query.isEdited]).toEqual([false, true]);
  });
});

describe('a query while it is typed', () => {
  function typer(run: (request: QueryRequest) => QueryResult = () => makeResult(1)) {
    const made = makeQuery(run);
    const type = async (text: string): Promise<void> => {
      made.query.text = text;
      made.query.typed();
      made.query.follow();
      await settled(made.query);
    };
    return { ...made, type };
  }

  it('runs at each pause, and is one step of the history', async () => {
    const { query, texts, type } = typer();
    query.submit('before');
    for (const text of ['s', 'se', 'service:s3']) await type(text);
    expect(texts()).toEqual(['before', 's', 'se', 'service:s3']);
    query.submit();
    await type('service:s3 x');
    query.back();
    expect(query.text).toBe('service:s3');
    query.back();
    await settled(query);
    expect(query.text).toBe('before');
  });

  it('is a step of its own once the bar was left', async () => {
    const { query, type } = typer();
    await type('one');
    query.settle();
    await type('two');
    query.back();
    await settled(query);
    expect(query.text).toBe('one');
  });

  it('leaves no step behind where it is typed back to what it was', async () => {
    const { query, type } = typer();
    await type('a');
    await type('');
    expect(query.canGoBack).toBe(false);
  });

  it('does not run while it cannot be read, and keeps what the last one found', async () => {
    const { query, texts, type } = typer();
    await type('service:s3');
    await type('service:s3 event:(');
    expect([texts(), query.shownText, query.result?.matched]).toEqual([['service:s3'], 'service:s3', 1]);
    query.paused();
    expect(query.hasSyntaxError).toBe(true);
    query.restore();
    expect([query.text, query.canRestore]).toEqual(['service:s3', false]);
  });

  it('says that it finds nothing only after a pause: halfway through a word most do', async () => {
    const { query, type } = typer(({ text }) => makeResult(text === 'event:Sto' ? 0 : 5));
    await type('');
    query.submit('word');
    await settled(query);
    await type('event:Sto');
    expect([query.result?.matched, query.shownText]).toEqual([5, 'word']);
    query.paused();
    expect([query.result?.matched, query.shownText]).toEqual([0, 'event:Sto']);
  });

  it('says at once that a query that was run finds nothing', async () => {
    const { query, type } = typer(({ text }) => makeResult(text === 'event:Sto' ? 0 : 5));
    await type('event:Sto');
    query.submit();
    await settled(query);
    expect(query.result?.matched).toBe(0);
  });

  it('is restored to the one before where the last one that ran has a syntax error', async () => {
    const { query } = typer(({ text }) => {
      if (text.includes('(')) throw new AppError('bad-query', 'unclosed (');
      return makeResult(1);
    });
    query.submit('good');
    await settled(query);
    query.submit('bad (');
    await settled(query);
    expect(query.canRestore).toBe(true);
    query.restore();
    await settled(query);
    expect(query.text).toBe('good');
  });
});
