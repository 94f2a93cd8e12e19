/** The paths of the open data: a number for each, and which of them a field name means. */
import { derivedPaths } from '#core/fields';
import { GrowableU32 } from './growable';

const derived: ReadonlySet<string> = new Set(Object.values(derivedPaths));

export class PathTable {
  private readonly byText = new Map<string, number>();
  private readonly byLower = new Map<string, number[]>();
  private readonly texts: string[] = [];
  private readonly lowers: string[] = [];
  /** Events with a value other than null under exactly this path, by path. */
  readonly events = new GrowableU32();
  /** Distinct dictionary values, by path. */
  readonly distinct = new GrowableU32();
  /** The value last added to the path, plus one: the start of the dictionary's chain. 0: none. */
  readonly lastValue = new GrowableU32();
  /** Values kept outside the dictionary, by path. */
  readonly identifiers = new GrowableU32();

  /** Paths with two values of one text and different types, such as `true` and `"true"`. */
  readonly clashing = new Set<number>();

  /** Paths with values that have no text: null, `{}` or `[]`. */
  readonly withBlanks = new Set<number>();

  get length(): number {
    return this.texts.length;
  }

  /** The number of a path, new or known. */
  add(text: string): number {
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    const path = this.texts.length;
    const lower = text.toLowerCase();
    this.byText.set(text, path);
    this.texts.push(text);
    this.lowers.push(lower);
    const sameLower = this.byLower.get(lower);
    if (sameLower === undefined) this.byLower.set(lower, [path]);
    else sameLower.push(path);
    for (const column of [this.events, this.distinct, this.lastValue, this.identifiers]) column.push(0);
    return path;
  }

  text(path: number): string {
    return this.texts[path] ?? '';
  }

  /** Whether the path is one of the derived values'. */
  isDerived(path: number): boolean {
    return derived.has(this.text(path));
  }

  /** The path written exactly like this. */
  find(text: string): number | undefined {
    return this.byText.get(text);
  }

  /** Paths that are this one, or lie beneath it, in any case. */
  resolve(name: string): number[] {
    const lower = name.toLowerCase();
    const beneath = `${lower}.`;
    const found = [...(this.byLower.get(lower) ?? [])];
    for (let path = 0; path < this.lowers.length; path++)
      if (this.lowers[path]?.startsWith(beneath) === true) found.push(path);
    return found;
  }

  /** Whether {@link resolve} finds any. */
  has(name: string): boolean {
    const lower = name.toLowerCase();
    const beneath = `${lower}.`;
    return this.byLower.has(lower) || this.lowers.some((text) => text.startsWith(beneath));
  }
}
