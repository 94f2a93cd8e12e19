/**
 * Untrusted text where there can be no element: in a `title`, an `aria-label`, a placeholder, the document's title. Everywhere else
 * `ui/Untrusted.svelte` shows it.
 */
import { escapeInvisible } from '#core/visible';

/** The text with everything that could mislead written out: `⟨U+202E⟩`, `⟨Cyrillic: а⟩dmin`. */
export function attributeText(text: string): string {
  return escapeInvisible(text);
}
