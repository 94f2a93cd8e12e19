import { describe, expect, it } from 'vitest';
import { namedFields } from '#core/fields';

describe('a field with a short name', () => {
  it('is headed by a label of its own, and says what it is', () => {
    const labels = namedFields.map(({ label }) => label.trim());
    expect(new Set(labels).size).toBe(namedFields.length);
    for (const { name, label, description } of namedFields) {
      expect([label.trim(), description.trim()], name).not.toContain('');
    }
  });
});
