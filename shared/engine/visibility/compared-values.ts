/**
 * Compares the values of two rows under `userIdentity`, `requestParameters`, `responseElements` and `resources`, path by path. Paths are
 * compared without case, since tables may have them in lower case.
 */
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';
import { textsOf, visitBlock } from '../index/path-values';

const roots = /^(useridentity|requestparameters|responseelements|resources)(\.|$)/;
/** Written differently by some exports, or compared already as fields that the other row may lack. */
const excluded = /^useridentity\.(accountid$|accesskeyid$|sessioncontext\.attributes\.)/;
const userName = 'useridentity.username';
/** JSON that an export may keep as text where the record has an object or array. */
const structureText = /^\s*[[{]/;

/** The compared paths of each row of a block: those of row i from `starts[i]` up to `starts[i + 1]`. */
interface RowPaths {
  readonly starts: Uint32Array;
  readonly paths: Uint32Array;
}

export class ComparedValues {
  private readonly index: EventIndex;
  /** Paths by their name in lower case; covers the first `pathCount` paths. */
  private readonly byLower = new Map<string, number[]>();
  private readonly lowers = new Map<number, string>();
  private pathCount = 0;
  /** Filled only while rows are compared. */
  private readonly rowPaths = new Map<Block, RowPaths>();

  constructor(index: EventIndex) {
    this.index = index;
  }

  /** Whether `other` has all of these values of a row. */
  areAlsoIn(block: Block, local: number, otherBlock: Block, otherLocal: number): boolean {
    const at = (name: string): string[] => this.textsAt(name, otherBlock, otherLocal);
    return this.pathsOf(block, local).every((path) => {
      const name = this.lowers.get(path) ?? '';
      const texts = textsOf(this.index, block, local, path).filter((text) => text !== '');
      if (texts.length === 0) return true;
      const others = new Set(at(name));
      return texts.every((text) => {
        if (others.has(text)) return true;
        if (name === userName) return namesOf(at).includes(text);
        return structureText.test(text) && this.hasBeneath(name, otherBlock, otherLocal);
      });
    });
  }

  /** How many compared paths a row has. */
  count(block: Block, local: number): number {
    return this.pathsOf(block, local).length;
  }

  /** Frees the memory that comparing needs. */
  forget(): void {
    this.rowPaths.clear();
  }

  private hasBeneath(name: string, block: Block, local: number): boolean {
    return this.pathsOf(block, local).some((path) => this.lowers.get(path)?.startsWith(`${name}.`) === true);
  }

  private textsAt(name: string, block: Block, local: number): string[] {
    return (this.byLower.get(name) ?? []).flatMap((path) => textsOf(this.index, block, local, path));
  }

  private pathsOf(block: Block, local: number): readonly number[] {
    this.learnPaths();
    let known = this.rowPaths.get(block);
    if (known === undefined) this.rowPaths.set(block, (known = this.listPaths(block)));
    const { starts, paths } = known;
    const own = [...paths.subarray(starts[local], starts[local + 1])];
    // AWS derives the resources of a summary from the event, which itself may name none.
    return block.hashes.isSummary(local) ? own.filter((path) => !this.isOfResources(path)) : own;
  }

  private isOfResources(path: number): boolean {
    return this.lowers.get(path)?.startsWith('resources') === true;
  }

  private learnPaths(): void {
    const { paths } = this.index;
    for (; this.pathCount < paths.length; this.pathCount++) {
      const lower = paths.text(this.pathCount).toLowerCase();
      if (!roots.test(lower) || excluded.test(lower)) continue;
      this.lowers.set(this.pathCount, lower);
      const same = this.byLower.get(lower);
      if (same === undefined) this.byLower.set(lower, [this.pathCount]);
      else same.push(this.pathCount);
    }
  }

  /** Goes column by column, so that the time does not grow with rows times paths. */
  private listPaths(block: Block): RowPaths {
    const starts = new Uint32Array(block.rowCount + 1);
    this.forEachPath(block, (row) => (starts[row + 1] = (starts[row + 1] as number) + 1));
    for (let row = 0; row < block.rowCount; row++) {
      starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number);
    }
    const ends = starts.slice();
    const paths = new Uint32Array(starts.at(-1) ?? 0);
    this.forEachPath(block, (row, path) => {
      paths[ends[row] as number] = path;
      ends[row] = (ends[row] as number) + 1;
    });
    return { starts, paths };
  }

  /** Calls back once with each pair of a row of the block and a path that has values there. */
  private forEachPath(block: Block, visit: (row: number, path: number) => void): void {
    const { dictionary } = this.index;
    for (const path of this.lowers.keys()) {
      const isAlsoKeptElsewhere = block.identifiersOf(path).length > 0;
      const rows = new Set<number>();
      let last = -1;
      const see = (row: number): void => {
        if (row === last || (isAlsoKeptElsewhere && rows.has(row))) return;
        last = row;
        if (isAlsoKeptElsewhere) rows.add(row);
        visit(row, path);
      };
      visitBlock(this.index, block, path, {
        time: see,
        coded: (row, value) => {
          if (dictionary.text(value) !== '') see(row);
        },
        identifier: see,
      });
    }
  }
}

/** What `lookup-events` gives as the user name: the session name for a session, `root` for root. */
function namesOf(textsAt: (name: string) => readonly string[]): string[] {
  return [
    ...textsAt('useridentity.arn').map((arn) => arn.slice(arn.lastIndexOf('/') + 1)),
    ...textsAt('useridentity.principalid').map((id) => id.slice(id.indexOf(':') + 1)),
    ...textsAt('useridentity.invokedby'),
    ...textsAt('useridentity.type').map((type) => (type === 'Root' ? 'root' : '')),
  ];
}
