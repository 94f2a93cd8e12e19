/** A cache of the last texts read, by name; the least recently used is dropped first. */
export class RecentTexts {
  private readonly mostBytes: number;
  private readonly mostTexts: number;
  /** In order of use: a map iterates in insertion order. */
  private readonly texts = new Map<string, Uint8Array>();
  private bytes = 0;

  /** Limits bytes and number of texts. */
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

  /** A text that is too long by itself is not cached, and evicts nothing. */
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
