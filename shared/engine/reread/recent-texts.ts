/** Texts that were read of late, by name: what has gone unused longest goes first. */
export class RecentTexts {
  private readonly mostBytes: number;
  private readonly mostTexts: number;
  /** In order of use: a map goes through its entries in the order they were put in. */
  private readonly texts = new Map<string, Uint8Array>();
  private bytes = 0;

  /** Keeps no more than so many bytes, and no more than so many texts. */
  constructor(mostBytes: number, mostTexts: number) {
    this.mostBytes = mostBytes;
    this.mostTexts = mostTexts;
  }

  get(name: string): Uint8Array | undefined {
    const text = this.texts.get(name);
    if (text !== undefined) {
      this.texts.delete(name);
      this.texts.set(name, text);
    }
    return text;
  }

  /** A text that is too long by itself is not kept, and displaces nothing. */
  add(name: string, text: Uint8Array): void {
    this.drop(name);
    if (text.length > this.mostBytes || this.mostTexts === 0) return;
    for (const oldest of this.texts.keys()) {
      if (this.bytes + text.length <= this.mostBytes && this.texts.size < this.mostTexts) break;
      this.drop(oldest);
    }
    this.texts.set(name, text);
    this.bytes += text.length;
  }

  clear(): void {
    this.texts.clear();
    this.bytes = 0;
  }

  private drop(name: string): void {
    this.bytes -= this.texts.get(name)?.length ?? 0;
    this.texts.delete(name);
  }
}
