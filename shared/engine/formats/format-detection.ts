/** Collects what format a file has while it is read. */
import type { FileFormat } from '#contract/report';
import type { RecordFormat } from '#contract/record-formats';

export class FormatDetection {
  private readonly ofEvents = new Set<RecordFormat>();
  /** The apparent format until an event confirms one. */
  private looks: FileFormat | null = null;
  /** The format of a file without events. */
  private list: RecordFormat | null = null;
  private digests = 0;
  private hasOther = false;

  /** An event of this format was read. */
  event(format: RecordFormat): void {
    this.ofEvents.add(format);
  }

  /** A list opens, whose key suggests this format. The first one counts. */
  listOf(format: RecordFormat): void {
    this.list ??= format;
  }

  /** The text, or its content, looks like this. The first one counts. */
  looksLike(format: FileFormat): void {
    this.looks ??= format;
  }

  /** An object that is ignored, such as a digest. */
  ignored(format: 'digest' | 'other'): void {
    this.digests++;
    this.looksLike(format);
  }

  /** Something was found that is neither an event nor ignored. */
  other(): void {
    this.hasOther = true;
  }

  /** How many objects were ignored. */
  get ignoredCount(): number {
    return this.digests;
  }

  get format(): FileFormat | null {
    if (this.ofEvents.size > 1) return 'mixed';
    const [only = this.looks] = this.ofEvents;
    return only ?? (this.hasOther ? null : this.list);
  }

  get isIgnored(): boolean {
    if (this.ofEvents.size > 0 || this.hasOther) return false;
    return this.digests > 0 || this.looks === 'os-metadata';
  }
}
