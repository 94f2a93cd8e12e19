/**
 * Finds every file under the opened paths, and every member of zips among them, in an order that depends on the names alone.
 */
import { lstatSync, statSync, type Stats } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ImportLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';
import { ListingBuilder, type Listing } from './file-listing';
import { fileState } from './file-state';
import { isZipFile, listZip } from './list-zip';
import type { ListedFile, ListedOther, ListedState } from './listed-file';
import { limitProblem, loss, note, unreadable } from './problems';
import { entriesOf, onDisk, realPath, shownPath } from './raw-path';

const maxBusyMs = 20;

interface ListOptions {
  /** Aborting it ends the listing with what was found so far. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a file, as it is now, is open already: it is not listed again. */
  readonly isRead?: ((file: ListedState) => boolean) | undefined;
}

/** A folder or a file that the user opened, and what the paths in it begin with: see {@link ListedFile.relative}. */
interface Opened {
  readonly path: string;
  readonly prefix: string;
}

/**
 * Lists the files at and under what was opened, at any depth.
 *
 * A link is followed only if the user opened the link itself, not inside a folder: a target inside the folder is listed at its own
 * path, and a target outside was not opened. So there are no loops and no file counts twice.
 */
export async function listFiles(
  sources: readonly Opened[],
  limits: ImportLimits,
  options: ListOptions = {},
): Promise<Listing> {
  const lister = new Lister(limits, options);
  for (const [source, { path, prefix }] of sources.entries()) await lister.open(resolve(path), source, prefix);
  return lister.listing();
}

/** A folder, a file or anything else found under a name. */
interface Found {
  readonly path: string;
  readonly relative: string;
  readonly source: number;
}

class Lister {
  private readonly limits: ImportLimits;
  private readonly options: ListOptions;
  private readonly seen = new Set<string>();
  private readonly files = new ListingBuilder();
  private readonly others: ListedOther[] = [];
  private readonly bytesOnDisk: number[] = [];
  private rested = performance.now();

  constructor(limits: ImportLimits, options: ListOptions) {
    this.limits = limits;
    this.options = options;
  }

  async open(root: string, source: number, prefix: string): Promise<void> {
    const relative = prefix + basename(root);
    this.bytesOnDisk[source] = 0;
    try {
      const stat = statSync(onDisk(root));
      const found = { path: realPath(root), relative, source };
      if (stat.isDirectory()) await this.walk({ ...found, relative: prefix });
      else if (stat.isFile()) await this.addFile(found, stat);
      else this.refuse(found, loss('unreadable', notAFile));
    } catch (thrown) {
      // Whether a missing path was a folder or a file is unknown; as a folder, its files would be listed under its name.
      const own = `${basename(root)}/`;
      this.refuse({ relative: prefix === own ? own : relative, source }, unreadable(thrown));
    }
  }

  listing(): Listing {
    return { files: this.files.build(), others: this.others.sort(compare), bytesOnDisk: this.bytesOnDisk };
  }

  private async walk(root: Found): Promise<void> {
    const waiting = [{ ...root, depth: 0 }];
    for (let folder = waiting.pop(); folder !== undefined && !this.isAborted; folder = waiting.pop()) {
      await this.rest();
      const { depth, source } = folder;
      const shown = { source, relative: folder.relative === '' ? shownPath(basename(folder.path)) : folder.relative };
      if (depth > this.limits.folderDepth) {
        this.refuse(shown, limitProblem('folderDepth', this.limits, 'it is nested in more folders than'));
        continue;
      }
      let entries;
      try {
        entries = entriesOf(folder.path);
      } catch (thrown) {
        this.refuse(shown, unreadable(thrown));
        continue;
      }
      for (const { name, kind } of entries) {
        if (this.isAborted) break;
        const found = { path: join(folder.path, name), relative: folder.relative + shownPath(name), source };
        try {
          if (kind.isDirectory()) waiting.push({ ...found, relative: `${found.relative}/`, depth: depth + 1 });
          else if (kind.isFile()) await this.addFile(found, lstatSync(onDisk(found.path)));
          else if (kind.isSymbolicLink()) this.checkLink(found, root.path);
          else this.addOther(found, { isIgnored: true, problems: [note('unreadable', notAFile)] });
        } catch (thrown) {
          this.refuse(found, unreadable(thrown));
        }
      }
    }
  }

  private async addFile({ path, relative, source }: Found, stats: Stats): Promise<void> {
    if (this.seen.has(path)) return;
    this.seen.add(path);
    const { size } = stats;
    const file: ListedFile = { path, relative, source, steps: [], packedBytes: size, ...fileState(stats) };
    if (this.options.isRead?.(file) === true) {
      this.addOther(file, { sizeBytes: size, recognisedAs: 'open-already', isIgnored: true });
      return;
    }
    this.bytesOnDisk[source] = (this.bytesOnDisk[source] ?? 0) + size;
    if (this.limits.nesting >= 1 && isZipFile(path, size)) await this.addZip(file);
    else this.files.add(file);
  }

  private async addZip(zip: ListedFile): Promise<void> {
    await this.rest();
    const listing = listZip(zip, this.limits, {
      file: (file) => {
        this.files.add(file);
      },
      other: (other) => this.others.push(other),
    });
    let step = listing.next();
    while (step.done !== true && !this.isAborted) {
      await this.rest();
      step = listing.next();
    }
    const { done, value } = step.done === true ? step : listing.return(null);
    if (done === true && value !== null) this.others.push(value);
  }

  private checkLink(found: Found, root: string): void {
    const target = realPath(found.path);
    if (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)) return;
    this.refuse(found, loss('unreadable', 'a link that leads out of the opened folder; it was not followed'));
  }

  private refuse(found: Pick<Found, 'relative' | 'source'>, problem: FileProblem): void {
    this.addOther(found, { problems: [problem] });
  }

  private addOther({ relative, source }: Pick<Found, 'relative' | 'source'>, other: Partial<ListedOther>): void {
    const usual = { sizeBytes: 0, recognisedAs: null, isIgnored: false, isPartial: false, problems: [] };
    this.others.push({ ...usual, ...other, relative, source });
  }

  /** The thread that lists answers queries too. */
  private async rest(): Promise<void> {
    if (performance.now() - this.rested <= maxBusyMs) return;
    await setImmediate();
    this.rested = performance.now();
  }

  private get isAborted(): boolean {
    return this.options.signal?.aborted === true;
  }
}

const notAFile = 'not a file or a folder (a device, a pipe or a socket)';

function compare(one: { readonly relative: string }, other: { readonly relative: string }): number {
  return one.relative < other.relative ? -1 : one.relative > other.relative ? 1 : 0;
}
