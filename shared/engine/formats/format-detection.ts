/** What a file turns out to be while it is read. */
import type { FileFormat, RecordFormat } from '#contract/report';

export class FormatDetection {
  private readonly ofEvents = new Set<RecordFormat>();
  /** What it looks like as long as no event tells. */
  private looks: FileFormat | null = null;
  /** What a file with nothing in it would hold. */
  private list: RecordFormat | null = null;
  private digests = 0;
  private hasOther = false;

  /** An event of this format was read. */
  event(format: RecordFormat): void {
    this.ofEvents.add(format);
  }

  /** A list opens, of what stands in the like. The first one counts. */
  listOf(format: RecordFormat): void {
    this.list ??= format;
  }

  /** The text, or what is in it, looks like this. The first one counts. */
  looksLike(format: FileFormat): void {
    this.looks ??= format;
  }

  /** An object that is ignored: a digest, or the like. */
  ignored(format: 'digest' | 'other'): void {
    this.digests++;
    this.looksLike(format);
  }

  /** Something was met that is neither an event nor ignored. */
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
