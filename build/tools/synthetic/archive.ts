/** A whole archive, file by file, as paths and JSON text. Pure: the same options give the same text. */
import { callerOf } from './callers';
import { computeKinds } from './compute-kinds';
import { dataKinds } from './data-kinds';
import { identityKinds } from './identity-kinds';
import type { EventKind } from './kinds';
import { operationsKinds } from './operations-kinds';
import { isWorkingTime, planFiles, type Plan, type PlannedFile } from './plan';
import { at, Random } from './random';
import { recordText, type Call, type Caller } from './record';
import { s3Kinds } from './s3-kinds';
import { refused, storyThreshold, tellStory, type StoryEvent } from './story';
import { accounts, places, Place } from './world';

export interface ArchiveOptions {
  readonly events: number;
  /** A whole number from 0 to 2^32 - 1. */
  readonly seed: number;
}

export interface ArchiveFile {
  /** Below the folder the archive is written to, with `/`. */
  readonly path: string;
  /** `{"Records":[…]}`, one line. */
  readonly json: string;
  readonly events: number;
}

const globalRegion = 'us-east-1';
const allKinds: readonly EventKind[] = [
  ...s3Kinds,
  ...identityKinds,
  ...computeKinds,
  ...dataKinds,
  ...operationsKinds,
];
const regionalDraw = drawTable(allKinds.filter((kind) => kind.isGlobal !== true));
const globalDraw = drawTable(allKinds);

/** The archive's files, one at a time: an archive of any size takes the memory of one file. */
export function* makeArchive({ events, seed }: ArchiveOptions): Generator<ArchiveFile> {
  const start = planFiles(events).startMs;
  const story = events >= storyThreshold ? tellStory(start, seed) : [];
  const plan = planFiles(events - story.length);
  const homes = places.map((place) => new Place(at(accounts, place.account), place.region, seed));
  const chapters = divide(story, plan);
  for (const file of plan.files) {
    yield makeFile(file, at(homes, file.place), chapters.get(file.index) ?? [], seed);
  }
}

function makeFile(file: PlannedFile, place: Place, chapter: readonly StoryEvent[], seed: number): ArchiveFile {
  const random = new Random(seed, file.index, 0xf11e);
  const records: { readonly timeMs: number; readonly text: string }[] = [];
  const write = (timeMs: number, call: Call, caller: Caller): void => {
    const where = {
      timeMs,
      accountId: place.account.id,
      region: place.region,
      eventId: random.uuid(),
      requestId: random.uuid(),
    };
    records.push({ timeMs, text: recordText(call, caller, where) });
  };
  const draw = place.region === globalRegion ? globalDraw : regionalDraw;
  const jitter = Math.min(20, file.events);
  for (let number = 0; number < file.events; number++) {
    // Near their turn, not at it: files are roughly, not strictly, in order.
    const timeMs = file.timeAt((number + random.unit() * jitter) / (file.events + jitter));
    const kind = drawKind(draw, timeMs, random);
    const caller = kind.caller?.(place, random) ?? callerOf(random.pick(kind.callers), place, timeMs, random);
    const call = kind.make({ place, random, caller, timeMs });
    const isRefused =
      call.error === undefined && !caller.isService && call.service !== 'signin' && random.chance(0.025);
    write(timeMs, isRefused ? refused(call, caller) : call, caller);
  }
  for (const { timeMs, call, caller } of chapter) write(timeMs, call, caller);
  if (chapter.length > 0) records.sort((a, b) => a.timeMs - b.timeMs);
  return {
    path: filePath(place, file, random),
    json: `{"Records":[${records.map((record) => record.text).join(',')}]}`,
    events: records.length,
  };
}

/** As AWS lays a trail's bucket out; the time in the name is the delivery's, some minutes after the last event. */
function filePath(place: Place, file: PlannedFile, random: Random): string {
  const deliveredMs = Math.ceil(file.toMs / 300_000) * 300_000 + 300_000;
  const delivered = new Date(deliveredMs).toISOString();
  const day = delivered.slice(0, 10);
  const stamp = `${day.replaceAll('-', '')}T${delivered.slice(11, 16).replace(':', '')}Z`;
  const name = `${place.account.id}_CloudTrail_${place.region}_${stamp}_${random.alphanumeric(16)}.json.gz`;
  return `AWSLogs/${place.account.id}/CloudTrail/${place.region}/${day.replaceAll('-', '/')}/${name}`;
}

/** The story's events by the number of the file that holds their place and time. */
function divide(story: readonly StoryEvent[], plan: Plan): Map<number, StoryEvent[]> {
  const chapters = new Map<number, StoryEvent[]>();
  for (const event of story) {
    const here = (file: PlannedFile): boolean => {
      const place = at(places, file.place);
      return place.account === event.accountIndex && place.region === event.region;
    };
    const file =
      plan.files.find((candidate) => here(candidate) && candidate.toMs > event.timeMs) ?? plan.files.findLast(here);
    if (file === undefined) throw new RangeError('the archive has no file for this place');
    const chapter = chapters.get(file.index);
    if (chapter === undefined) chapters.set(file.index, [event]);
    else chapter.push(event);
  }
  return chapters;
}

/** Kinds, each as often as it is common: one look-up draws one. */
function drawTable(kinds: readonly EventKind[]): readonly EventKind[] {
  const total = kinds.reduce((sum, kind) => sum + kind.weight, 0);
  return kinds.flatMap((kind) =>
    Array.from({ length: Math.max(1, Math.round((kind.weight / total) * 20_000)) }, () => kind),
  );
}

/** At night and at weekends people's calls mostly give way to programs'. */
function drawKind(table: readonly EventKind[], timeMs: number, random: Random): EventKind {
  const kind = random.pick(table);
  const isHuman =
    kind.callers.length > 0 && kind.callers.every((caller) => caller === 'console' || caller === 'person');
  return isHuman && !isWorkingTime(timeMs) && random.chance(0.9) ? random.pick(table) : kind;
}
