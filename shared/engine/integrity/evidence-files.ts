/** What the open archive says of its files: their hashes, and what their events tell. */
import type { Content } from '#core/integrity/check-files';
import { readDigestName, readLogName } from '#core/integrity/trail-files';
import type { ImportLog } from '../imports/import-log';
import { resolveField } from '../search/fields';
import { noValue, readRowValues, type RowValues } from '../search/row-values';
import { hasBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';

/** A text of the archive, with the place of its record in the log. */
export interface EvidenceFile extends Content {
  readonly record: number;
  /** Its size as it was delivered, packed; null where that is not known: it lies in an archive. */
  readonly packedBytes: number | null;
  readonly digest: Uint8Array | null;
  readonly isDigest: boolean;
  readonly appendedEvents: number;
}

/** What the events of one text tell. */
interface Told {
  newest: number;
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
  appended: number;
}

/** All texts that were read or recognised as a digest. */
export function evidenceFiles(index: VisibleIndex, log: ImportLog): EvidenceFile[] {
  const told = toldByRecord(index, log);
  const files: EvidenceFile[] = [];
  for (const record of log.byPath()) {
    const { status, recognisedAs, sizeBytes, events, member, content } = log.records.get(record);
    const path = log.pathOf(record);
    // What cannot be read is here all the same: it is not missing.
    const isDigest = recognisedAs === 'digest' || (events === 0 && readDigestName(path) !== null);
    const isUnreadLog = status === 'unread' && readLogName(path) !== null;
    const isArchive = recognisedAs === 'zip' || recognisedAs === 'tar';
    if (isArchive || (!isDigest && !isUnreadLog && status !== 'read' && status !== 'partial')) continue;
    const { newest = NaN, accounts = [], regions = [], appended = 0 } = told.get(record) ?? {};
    files.push({
      record,
      path,
      sha256: content === null ? null : Buffer.from(content.sha256).toString('hex'),
      isAppended: content?.isAppended === true,
      isLog: recognisedAs === 'records' || (events > 0 && recognisedAs === 'mixed'),
      newest: Number.isFinite(newest) ? newest : null,
      accounts: [...accounts],
      regions: [...regions],
      packedBytes: member === null && !path.includes('!/') ? sizeBytes : null,
      digest: content?.digest ?? null,
      isDigest,
      appendedEvents: appended,
    });
  }
  return files;
}

function toldByRecord(index: VisibleIndex, log: ImportLog): Map<number, Told> {
  const rows = index.visible.rows(true);
  const valuesOf = (field: string): RowValues | null => readRowValues(index, resolveField(index, field), rows, 0);
  const accounts = valuesOf('account');
  const regions = valuesOf('region');
  const told = new Map<number, Told>();
  for (const { base, places, times, hashes } of index.blocks) {
    for (let run = 0; run < places.runs; run++) {
      const [from, to] = [places.runStart(run), places.runStart(run + 1)];
      if (from === to || !hasBit(rows, base + from)) continue;
      const record = log.records.find(places.fileOfRun(run), places.memberOfRun(run)?.ordinal ?? null);
      const known = told.get(record) ?? { newest: -Infinity, accounts: new Set(), regions: new Set(), appended: 0 };
      told.set(record, known);
      const seen = new Set<number>();
      for (let row = from; row < to; row++) {
        if (hashes.isAppended(row)) {
          known.appended++;
          continue;
        }
        const time = times.at(row);
        if (time > known.newest) known.newest = time;
        const account = accounts?.first[base + row] ?? noValue;
        const region = regions?.first[base + row] ?? noValue;
        // Nearly all rows of a file have the same two.
        const pair = account * 4096 + region;
        if (seen.has(pair)) continue;
        seen.add(pair);
        if (accounts !== null && account !== noValue) known.accounts.add(accounts.text(account));
        if (regions !== null && region !== noValue) known.regions.add(regions.text(region));
      }
    }
  }
  return told;
}
