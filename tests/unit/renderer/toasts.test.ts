import { describe, expect, it, vi } from 'vitest';
import { Toasts } from '../../../renderer/state/toasts.svelte';

describe('messages', () => {
  it('that offer something go when that is void, and no others with them', () => {
    vi.useFakeTimers();
    try {
      const toasts = new Toasts();
      toasts.show('Removed a.json', 'done', { label: 'Undo', run: () => undefined });
      toasts.show('Path copied');
      toasts.dismissOffers();
      expect(toasts.items.map(({ text }) => text)).toEqual(['Path copied']);
    } finally {
      vi.useRealTimers();
    }
  });
});
