/** Single events of one open archive: their rows, their locations, and related events. */
import type { SameCall, SameCallRequest } from '#contract/diff';
import { AppError } from '#contract/errors';
import type { EventDetail, EventLocation, EventRow, RelatedEvent, RelatedEvents } from '#contract/events';
import { rowId, type RowId } from '#contract/ids';
import type { JsonNode } from '#core/json/tree';
import { maxCellCharacters, type ArchiveSearch } from './archive-search';
import type { ImportLog } from './imports/import-log';
import { type Bitset, hasBit } from './index/bitset';
import type { RecordPosition } from './reread/read-record';
import { ContentHasher } from './scan/content-hash';
import { RowReader } from './search/event-rows';
import { findRelated } from './search/related';
import { findSameCall } from './search/same-call';
import { targetSummary } from './search/target-summary';
import type { ListedFile } from './sources/listed-file';
import { memberPath, type MemberRef } from './sources/member';
import { onDiskOf } from './sources/on-disk-path';
import { shownPath } from './sources/raw-path';
import type { VisibleIndex } from './visibility/visible-index';

/** The most events of each kind of related events. */
const maxRelated = 100;

/** The location of a row's record: the file, the member in it, and the bytes. */
export interface RecordPlace {
  readonly file: ListedFile;
  /** The path of the file on disk, relative to the opened source. */
  readonly onDisk: string;
  readonly member: MemberRef | null;
  readonly spot: RecordPosition;
  readonly location: EventLocation;
}

/** What events are looked up in. */
export interface RecordsParts {
  readonly index: VisibleIndex;
  readonly log: ImportLog;
  readonly search: ArchiveSearch;
  /** The seed of the archive's imports, so that a record read again has the same hash. */
  readonly hashSeed: string;
}

export class ArchiveRecords {
  private readonly parts: RecordsParts;
  private readonly contentHasher: ContentHasher;

  constructor(parts: RecordsParts) {
    this.parts = parts;
    this.contentHasher = new ContentHasher(parts.hashSeed);
  }

  /** Throws `not-found`. */
  row(row: RowId): EventRow {
    const found = new RowReader(this.parts.index).read(row);
    if (found === undefined) throw noSuchEvent();
    return found;
  }

  /** What the sentence says of an event beside its row. */
  forSentence(row: RowId): Pick<EventDetail, 'target' | 'errorMessage'> {
    const { index } = this.parts;
    const target = targetSummary(index, row);
    const errorMessage = new RowReader(index, ['errorMessage'], maxCellCharacters).read(row)?.cells[0] ?? '';
    return { ...(target === undefined ? {} : { target }), ...(errorMessage === '' ? {} : { errorMessage }) };
  }

  /** `record` is the row's own. Throws `not-found`. */
  sameCall(request: SameCallRequest, record: JsonNode): SameCall {
    const { index, search } = this.parts;
    const { principal } = this.row(request.row);
    return findSameCall({ index, sets: search.sets }, request, record, principal);
  }

  /** Throws `not-found`. */
  related(row: RowId): RelatedEvents {
    this.place(row);
    const { index, search } = this.parts;
    const reader = new RowReader(index, ['account'], maxCellCharacters);
    const found = findRelated({ index, sets: search.sets }, row);
    const listed = (rows: Bitset): RelatedEvent[] =>
      search.firstOf(rows, maxRelated).flatMap((other) => {
        const summary = reader.read(other);
        const location = this.place(rowId(other), reader).location;
        return summary === undefined ? [] : [{ summary, account: summary.cells[0] ?? '', location }];
      });
    return {
      duplicates: listed(found.duplicates),
      versions: listed(found.versions),
      shared: listed(found.shared),
      amends: listed(found.amends),
      amendedBy: listed(found.amendedBy),
    };
  }

  /** The place in the log of the text that a row was read from. Throws `not-found`. */
  recordOf(row: RowId): number {
    const { index, log } = this.parts;
    const block = index.blockOf(row);
    if (block === undefined || hasBit(index.visible.removed, row)) throw noSuchEvent();
    const local = row - block.base;
    return log.records.find(block.places.file(local), block.places.member(local)?.ordinal ?? null);
  }

  /** The location of a row's record. Throws `not-found`. */
  place(row: RowId, reader = new RowReader(this.parts.index)): RecordPlace {
    const { index, log } = this.parts;
    const block = index.blockOf(row);
    const local = row - (block?.base ?? 0);
    const file = block === undefined ? undefined : log.file(block.places.file(local));
    if (block === undefined || file === undefined || hasBit(index.visible.removed, row)) throw noSuchEvent();
    const { places } = block;
    const member = places.member(local);
    const [offset, length] = [places.offset(local), places.length(local)];
    const format = reader.format(row);
    const name = member?.name ?? null;
    const { onDisk, member: inZip } = onDiskOf(file);
    const isIndexed = (record: Uint8Array): boolean => {
      const hash = this.contentHasher.hash(record);
      return hash !== null && block.hashes.hasContent(local, hash);
    };
    return {
      file,
      onDisk,
      member,
      spot: { offset, length, ordinal: places.ordinal(local), format, isIndexed },
      location: {
        path: memberPath(file.relative, name),
        label: memberPath(memberPath(shownPath(file.path), inZip), name),
        offset,
        length,
      },
    };
  }
}

function noSuchEvent(): AppError {
  return new AppError('not-found', 'the open archive has no such event');
}
