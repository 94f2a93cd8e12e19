/** An index, and which of its rows are visible: each event once, and nothing of a source that was removed. */
import { EventIndex } from '../index/event-index';
import type { Segment } from '../scan/segment';
import type { MemberRef } from '../sources/member';
import { VisibleRows } from './visible-rows';

/** The path shown for a file, given by its number, or for one of its members. */
export type PathOfFile = (file: number, member: MemberRef | null) => string;

/** What the integrity checks say of a file or member; null: nothing. */
export type StateOfFile = (file: number, member: MemberRef | null) => string | null;

export class VisibleIndex extends EventIndex {
  /** Set by whoever checks the files. */
  stateOfFile: StateOfFile = () => null;
  readonly visible = new VisibleRows(this);
  readonly pathOfFile: PathOfFile;

  /** @param pathOfFile must know the files of all imports */
  constructor(pathOfFile: PathOfFile = () => '') {
    super();
    this.pathOfFile = pathOfFile;
  }

  override get byteLength(): number {
    return super.byteLength + this.visible.byteLength;
  }

  override merge(segment: Segment, thread: number, firstFile = 0): void {
    const at = this.blocks.length;
    super.merge(segment, thread, firstFile);
    const block = this.blocks[at];
    if (block !== undefined) this.visible.add(block);
  }

  /** Also decides which of several rows of an event counts. */
  override settle(): void {
    this.visible.settle();
    super.settle();
  }
}
