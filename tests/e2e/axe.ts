/** Axe, in the page itself: the window has no frames, and the desktop app opens no page in which axe could put the answers of frames together. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}
