/** Short messages that disappear by themselves: a copy that worked, something that failed. */
import { texts } from './texts';

/** What can still be done about what a message says. */
export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastItem {
  readonly id: number;
  readonly text: string;
  /** A hint says what could be done instead; a notice stays until it is closed. */
  readonly kind: 'done' | 'hint' | 'notice' | 'error';
  readonly action?: ToastAction;
}

const shownMs = { done: 2_500, hint: 8_000, error: 8_000 } as const;

/** Long enough to be read, thought about and reached by keys. */
const actionShownMs = 15_000;

export class Toasts {
  items = $state.raw<readonly ToastItem[]>([]);
  private lastId = 0;

  show(text: string, kind: ToastItem['kind'] = 'done', action?: ToastAction): void {
    const id = ++this.lastId;
    this.items = [...this.items, { id, text, kind, ...(action === undefined ? {} : { action }) }];
    if (kind !== 'notice') setTimeout(() => this.dismiss(id), action === undefined ? shownMs[kind] : actionShownMs);
  }

  /** Dismisses messages with an action: they are about what was open before. */
  dismissOffers(): void {
    this.items = this.items.filter(({ action }) => action === undefined);
  }

  dismiss(id: number): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  /** Copies a text, and says whether that worked. */
  async copy(text: string, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.show(texts.copy.done(what));
    } catch {
      this.show(texts.copy.failed(what), 'error');
    }
  }
}
