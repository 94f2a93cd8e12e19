/**
 * Validates what a window sends to the host, field by field. Nothing unknown passes, nothing is coerced.
 *
 * Never used for log records: those are read by the engine's own scanner.
 */
import * as v from 'valibot';
import type { AppCalls, RequestOf } from '#contract/api';
import { AppError } from '#contract/errors';
import type { EpochMs, ResultId, RowId, SourceId } from '#contract/ids';
import type { CallContext, Handlers, Message } from '#contract/rpc';
import { defaultLimits, limitFacts, limitNames, type ImportLimits, type LimitName } from '#contract/limits';
import { type FacetRequest, groupColumns } from '#contract/query';
import { mostFolds, mostQueries, type Settings } from '#contract/settings';

/** Longer than any query a person writes or a facet click builds. */
const longestText = 100_000;

const text = v.pipe(v.string(), v.maxLength(longestText));
const name = v.pipe(v.string(), v.maxLength(4_096));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const nothing = v.null();

const sourceIdSchema = v.custom<SourceId>((value) => typeof value === 'string' && value.length <= 64);
const resultIdSchema = v.custom<ResultId>((value) => typeof value === 'string' && value.length <= 64);
const rowIdSchema = v.custom<RowId>((value) => Number.isSafeInteger(value) && (value as number) >= 0);
const epochMsSchema = v.custom<EpochMs>((value) => Number.isFinite(value));

const facetSchema = v.strictObject({
  field: name,
  search: text,
  order: v.picklist(['most', 'least']),
  limit: v.pipe(count, v.maxValue(10_000)),
}) satisfies v.GenericSchema<unknown, FacetRequest>;

const diffRequest = { left: rowIdSchema, right: rowIdSchema, withNoise: v.boolean() };

const limitSchema = (name: LimitName) => {
  const { atMost, byDefault } = limitFacts[name];
  // Stored settings may be older than the limit: they must not be lost to it.
  return v.optional(v.pipe(count, v.minValue(1), v.maxValue(atMost)), byDefault);
};
const limitsSchema = v.strictObject(
  Object.fromEntries(limitNames.map((name) => [name, limitSchema(name)])) as Record<
    LimitName,
    ReturnType<typeof limitSchema>
  >,
) satisfies v.GenericSchema<unknown, ImportLimits>;

/** The settings, as they come from a window and as they are stored. */
export const settingsSchema = v.strictObject({
  theme: v.picklist(['system', 'light', 'dark']),
  // Which zones there are, the window knows: its platform may have others than the host's.
  zone: v.pipe(v.string(), v.regex(/^[\w+-]+(?:\/[\w+-]+){0,2}$/), v.maxLength(64)),
  columns: v.pipe(
    v.array(
      v.strictObject({
        field: name,
        widthPx: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(10_000)),
        isWidthChosen: v.optional(v.literal(true)),
      }),
    ),
    v.maxLength(200),
  ),
  facets: v.pipe(v.array(name), v.maxLength(200)),
  timelineScale: v.picklist(['linear', 'log']),
  // Settings stored before there were these stay valid.
  density: v.optional(v.picklist(['compact', 'comfortable']), 'compact'),
  limits: v.optional(limitsSchema, defaultLimits),
  queries: v.optional(v.pipe(v.array(name), v.maxLength(mostQueries)), []),
  folds: v.optional(v.pipe(v.array(v.strictObject({ place: name, isOpen: v.boolean() })), v.maxLength(mostFolds)), []),
}) satisfies v.GenericSchema<unknown, Settings>;

const timelineSchema = v.strictObject({
  from: v.nullable(epochMsSchema),
  to: v.nullable(epochMsSchema),
  maxBins: v.pipe(count, v.minValue(1), v.maxValue(10_000)),
  by: v.exactOptional(name),
});

/** One schema per call: a call without one does not compile. */
const requestSchemas: { readonly [Name in keyof AppCalls]: v.GenericSchema<unknown, RequestOf<Name>> } = {
  'archive.status': nothing,
  'archive.report': nothing,
  'archive.integrity': v.strictObject({ most: v.nullable(v.pipe(count, v.maxValue(10_000))) }),
  'archive.manifest': v.picklist(['text', 'json']),
  'archive.trail-settings': nothing,
  'archive.integrity-text': v.picklist(['window', 'terminal']),
  'archive.files': v.strictObject({
    which: v.picklist(['all', 'troubled', 'read', 'partial', 'unread', 'ignored']),
    search: text,
    start: count,
    count: v.pipe(count, v.maxValue(500)),
  }),
  'archive.report-text': v.picklist(['window', 'terminal']),
  'query.run': v.strictObject({
    text,
    facets: v.pipe(v.array(facetSchema), v.maxLength(200)),
    timeline: v.nullable(timelineSchema),
    sort: v.union([
      v.picklist(['oldest-first', 'newest-first']),
      v.strictObject({ field: name, direction: v.picklist(['ascending', 'descending']) }),
    ]),
    withDuplicates: v.boolean(),
  }),
  'query.facet': v.strictObject({ text, facet: facetSchema, withDuplicates: v.boolean() }),
  'query.seen': v.strictObject({ text, field: name, value: v.string(), withDuplicates: v.boolean() }),
  'query.groups': v.strictObject({
    text,
    withDuplicates: v.boolean(),
    fields: v.pipe(v.array(name), v.minLength(1), v.maxLength(2)),
    sort: v.strictObject({
      column: v.picklist(groupColumns),
      direction: v.picklist(['ascending', 'descending']),
    }),
    start: count,
    limit: v.pipe(count, v.maxValue(10_000)),
    timeline: v.nullable(timelineSchema),
  }),
  'result.page': v.strictObject({
    resultId: resultIdSchema,
    start: count,
    count: v.pipe(count, v.maxValue(500)),
    columns: v.pipe(v.array(name), v.maxLength(200)),
    withHits: v.exactOptional(v.boolean()),
  }),
  'result.rows': v.strictObject({
    resultId: resultIdSchema,
    rows: v.pipe(v.array(rowIdSchema), v.maxLength(500)),
    columns: v.pipe(v.array(name), v.maxLength(200)),
  }),
  'result.locate': v.strictObject({ resultId: resultIdSchema, row: rowIdSchema }),
  'event.detail': rowIdSchema,
  'event.related': rowIdSchema,
  'event.digest': rowIdSchema,
  'event.integrity': rowIdSchema,
  'event.diff': v.strictObject(diffRequest),
  'event.diff-text': v.strictObject({ ...diffRequest, format: v.picklist(['markdown', 'unified', 'json-patch']) }),
  'event.same-call': v.strictObject({ row: rowIdSchema, direction: v.picklist(['previous', 'next']) }),
  'field.list': nothing,
  'query.complete': v.strictObject({ text, cursor: count, limit: v.pipe(count, v.maxValue(1_000)) }),
  'app.info': nothing,
  'app.diagnostics': nothing,
  'settings.get': nothing,
  'settings.set': settingsSchema,
  'source.pick': v.picklist(['folder', 'files']),
  'folder.list': v.nullable(sourceIdSchema),
  'folder.find': name,
  'archive.open': v.pipe(v.array(sourceIdSchema), v.minLength(1), v.maxLength(10_000)),
  'archive.add': v.pipe(v.array(sourceIdSchema), v.minLength(1), v.maxLength(10_000)),
  'archive.check-manifest': sourceIdSchema,
  'archive.add-proofs': v.pipe(v.array(sourceIdSchema), v.minLength(1), v.maxLength(1_000)),
  'archive.remove': sourceIdSchema,
  'archive.open-sample': nothing,
  'archive.start-again': nothing,
  'archive.cancel': nothing,
  'archive.close': nothing,
  'recent.list': nothing,
  'recent.forget': epochMsSchema,
};

/** The same handlers, each behind its schema: an invalid request is refused with `bad-request`. */
export function guardHandlers(handlers: Handlers<AppCalls>): Handlers<AppCalls> {
  const guarded = Object.entries(requestSchemas).map(([call, schema]) => {
    const handler = handlers[call as keyof AppCalls] as (request: unknown, context: CallContext<never>) => unknown;
    return [
      call,
      (request: unknown, context: CallContext<never>) => {
        const parsed = v.safeParse(schema, request, { abortEarly: true });
        if (!parsed.success) {
          const [issue] = parsed.issues;
          throw new AppError('bad-request', `${call}: ${v.getDotPath(issue) ?? 'request'}: ${issue.message}`);
        }
        return handler(parsed.output, context);
      },
    ];
  });
  return Object.fromEntries(guarded) as Handlers<AppCalls>;
}

const messageSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('call'),
    id: count,
    name: v.pipe(v.string(), v.maxLength(100)),
    request: v.unknown(),
  }),
  v.strictObject({ type: v.literal('cancel'), id: count }),
]);

/** A message that a window may send, or null. Replies and events go the other way only. */
export function windowMessage(value: unknown): Message | null {
  const parsed = v.safeParse(messageSchema, value);
  return parsed.success ? parsed.output : null;
}
