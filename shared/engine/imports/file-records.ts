/**
 * The outcome of each text of the imports, a file or an archive's member. Takes some tens of bytes each, since there may be millions.
 */
import type { FileProblem, FileReport } from '#contract/report';
import type { TextContent } from '../decode/text-content';
import { GrowableBytes, GrowableU32 } from '../index/growable';

/** What a record is made of. */
interface TextOutcome {
  /** Number of its source over all imports. */
  readonly source: number;
  /** Its number over all imports; null for what could not be listed as a file. */
  readonly file: number | null;
  /** Counts the members of one file; null for the file itself. */
  readonly member: number | null;
  /** The member's name in its file, or the path of what has no file number; else empty. */
  readonly name: string;
  readonly status: FileReport['status'];
  readonly recognisedAs: FileReport['recognisedAs'];
  readonly sizeBytes: number;
  readonly bytesJson: number;
  readonly events: number;
  readonly problems: readonly FileProblem[];
  readonly problemCount: number;
  readonly content: TextContent | null;
}

const statuses = ['read', 'partial', 'unread', 'ignored'] as const;

interface Problems {
  readonly listed: readonly FileProblem[];
  readonly count: number;
}

/** The most problems kept over all; past it, only the first few of each file are. */
const maxKept = 100_000;
const maxKeptBeyond = 5;

const hashBytes = 32;
const noHash = new Uint8Array(hashBytes);
const noProblems: Problems = { listed: [], count: 0 };

export class FileRecords {
  private readonly sources = new GrowableU32();
  /** Numbers plus one; 0 for none. */
  private readonly files = new GrowableU32();
  private readonly members = new GrowableU32();
  private readonly events = new GrowableU32();
  private readonly statuses = new GrowableBytes();
  private readonly formats = new GrowableBytes();
  private readonly sizes: number[] = [];
  private readonly json: number[] = [];
  /** Only names that do not follow from the file's number. */
  private readonly names = new Map<number, string>();
  /** 32 bytes each; zeros where a text has none. */
  private readonly hashes = new GrowableBytes();
  private readonly appended = new Set<number>();
  private readonly digests = new Map<number, Uint8Array>();
  private readonly problems = new Map<number, Problems>();
  /** Problems listed, of all files together. */
  private kept = 0;
  private readonly knownFormats: FileReport['recognisedAs'][] = [null];
  private places: Uint32Array | null = null;

  get length(): number {
    return this.sources.length;
  }

  add(outcome: TextOutcome): void {
    const at = this.length;
    this.sources.push(outcome.source);
    this.files.push(outcome.file === null ? 0 : outcome.file + 1);
    this.members.push(outcome.member === null ? 0 : outcome.member + 1);
    this.events.push(outcome.events);
    this.statuses.push(statuses.indexOf(outcome.status));
    this.formats.push(this.formatNumber(outcome.recognisedAs));
    this.sizes.push(outcome.sizeBytes);
    this.json.push(outcome.bytesJson);
    if (outcome.name !== '') this.names.set(at, outcome.name);
    this.hashes.append(outcome.content?.sha256 ?? noHash);
    if (outcome.content?.isAppended === true) this.appended.add(at);
    const digest = outcome.content?.digest ?? null;
    if (digest !== null) this.digests.set(at, digest);
    if (outcome.problemCount > 0) {
      const listed = this.kept < maxKept ? outcome.problems : outcome.problems.slice(0, maxKeptBeyond);
      this.kept += listed.length;
      this.problems.set(at, { listed, count: outcome.problemCount });
    }
    this.places = null;
  }

  get(at: number): TextOutcome {
    const { listed, count } = this.problems.get(at) ?? noProblems;
    const member = this.members.at(at);
    return {
      source: this.sources.at(at),
      file: this.file(at),
      member: member === 0 ? null : member - 1,
      name: this.name(at),
      status: this.status(at),
      recognisedAs: this.knownFormats[this.formats.array[at] ?? 0] ?? null,
      sizeBytes: this.sizes[at] ?? 0,
      bytesJson: this.bytesJson(at),
      events: this.events.at(at),
      problems: listed,
      problemCount: count,
      content: this.content(at),
    };
  }

  /** As in {@link TextOutcome}. */
  content(at: number): TextContent | null {
    const sha256 = this.hashes.array.subarray(at * hashBytes, (at + 1) * hashBytes);
    if (sha256.every((byte) => byte === 0)) return null;
    return { sha256, isAppended: this.appended.has(at), digest: this.digests.get(at) ?? null };
  }

  /** As in {@link TextOutcome}. */
  file(at: number): number | null {
    const file = this.files.at(at);
    return file === 0 ? null : file - 1;
  }

  name(at: number): string {
    return this.names.get(at) ?? '';
  }

  source(at: number): number {
    return this.sources.at(at);
  }

  /** Decompressed bytes. */
  bytesJson(at: number): number {
    return this.json[at] ?? 0;
  }

  status(at: number): FileReport['status'] {
    return statuses[this.statuses.array[at] ?? 0] ?? 'read';
  }

  /** Whether something was lost, or is worth a note. */
  isTroubled(at: number): boolean {
    return this.problems.has(at) || this.status(at) === 'partial' || this.status(at) === 'unread';
  }

  /** The place of the record of a file, or of a member of it; -1 where its end was not reported yet. */
  find(file: number, member: number | null): number {
    const places = this.byPlace();
    const wanted = [file + 1, member === null ? 0 : member + 1] as const;
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = places[middle] as number;
      if ((this.files.at(at) - wanted[0] || this.members.at(at) - wanted[1]) < 0) low = middle + 1;
      else high = middle;
    }
    const at = places[low];
    return at !== undefined && this.files.at(at) === wanted[0] && this.members.at(at) === wanted[1] ? at : -1;
  }

  /** A new list without the records of these sources. */
  without(isRemoved: (source: number) => boolean): FileRecords {
    const kept = new FileRecords();
    for (let at = 0; at < this.length; at++) if (!isRemoved(this.source(at))) kept.add(this.get(at));
    return kept;
  }

  /** Places of all records, by number of the file and then of the member. */
  byPlace(): Uint32Array {
    if (this.places === null) {
      this.places = Uint32Array.from({ length: this.length }, (_, at) => at);
      this.places.sort(
        (one, other) => this.files.at(one) - this.files.at(other) || this.members.at(one) - this.members.at(other),
      );
    }
    return this.places;
  }

  private formatNumber(format: FileReport['recognisedAs']): number {
    const known = this.knownFormats.indexOf(format);
    return known >= 0 ? known : this.knownFormats.push(format) - 1;
  }
}
