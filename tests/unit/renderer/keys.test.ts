import { describe, expect, it } from 'vitest';
import { chordLabels, chordOf, type KeyPress } from '../../../renderer/lib/keys';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('chordOf', () => {
  it('names shift only where the character does not show it', () => {
    expect([
      chordOf(press('?', { shiftKey: true }), false),
      chordOf(press('G', { shiftKey: true }), false),
      chordOf(press('ArrowLeft', { shiftKey: true }), false),
      chordOf(press(' ', { shiftKey: true }), false),
      chordOf(press('P', { shiftKey: true, ctrlKey: true }), false),
    ]).toEqual(['?', 'G', 'Shift+ArrowLeft', 'Shift+Space', 'Mod+Shift+p']);
  });

  it('takes Command on a Mac and Ctrl elsewhere for the same modifier', () => {
    expect(chordOf(press('Enter', { metaKey: true }), true)).toBe('Mod+Enter');
    expect(chordOf(press('Enter', { ctrlKey: true }), false)).toBe('Mod+Enter');
    expect(chordOf(press('Enter', { ctrlKey: true }), true)).toBe('Ctrl+Enter');
    expect(chordOf(press('Enter', { metaKey: true }), false)).toBe('Meta+Enter');
  });
});

describe('chordLabels', () => {
  it('prints keys as they stand on the keyboard', () => {
    expect(chordLabels('Mod+Shift+ArrowUp', false)).toEqual(['Ctrl', 'Shift', '↑']);
    expect(chordLabels('Mod+Enter', true)).toEqual(['⌘', 'Enter']);
    expect(chordLabels('Mod++', false)).toEqual(['Ctrl', '+']);
    expect(chordLabels('+', false)).toEqual(['+']);
  });
});
