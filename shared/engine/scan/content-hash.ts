/** The content hash of a single record, as at import: checks whether a reread record is the one that was indexed. */
import { SegmentBuilder } from './segment-builder';

/** A builder's dictionary grows with every record: it is replaced after this many bytes of records. */
const maxHashedBytes = 4 * 2 ** 20;

/** Two words: see `Segment.contentHashes`. */
export type ContentHash = readonly [low: number, high: number];

export class ContentHasher {
  private readonly hashSeed: string;
  private builder: SegmentBuilder | null = null;
  private hashedBytes = 0;

  /** @param hashSeed that of the import the hashes are compared with: see `ImportOptions.hashSeed` */
  constructor(hashSeed: string) {
    this.hashSeed = hashSeed;
  }

  /** Null where the bytes are not an event. */
  hash(record: Uint8Array): ContentHash | null {
    if (this.builder === null || this.hashedBytes > maxHashedBytes) {
      this.builder = new SegmentBuilder(this.hashSeed);
      this.hashedBytes = 0;
    }
    const { builder } = this;
    this.hashedBytes += record.length;
    builder.scanText(record, 0, record.length + 1);
    if (builder.rowCount !== 1) {
      this.builder = null;
      return null;
    }
    const [low = 0, high = 0] = builder.take().contentHashes;
    return [low, high];
  }
}
