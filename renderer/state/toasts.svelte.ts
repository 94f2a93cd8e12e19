/** Short messages that pass: a copy that worked, a thing that did not. */

export interface ToastItem {
  readonly id: number;
  readonly text: string;
  /** A hint says what could be done instead. */
  readonly kind: 'done' | 'hint' | 'error';
}

const shownMs = { done: 2_500, hint: 8_000, error: 8_000 } as const;

export class Toasts {
  items = $state.raw<readonly ToastItem[]>([]);
  #lastId = 0;

  show(text: string, kind: ToastItem['kind'] = 'done'): void {
    const id = ++this.#lastId;
    this.items = [...this.items, { id, text, kind }];
    setTimeout(() => this.dismiss(id), shownMs[kind]);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  /** Copies a text, and says whether that worked. */
  async copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.show(`${what} copied`);
    } catch {
      this.show(`${what} could not be copied: the clipboard refused it`, 'error');
    }
  }
}
