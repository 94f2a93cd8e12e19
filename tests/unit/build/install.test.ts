import { describe, expect, it } from 'vitest';
import { hasEveryPackage, isInstalled } from '../../../build/scripts/install.mjs';

const lock = (packages: Record<string, object>): ReadonlyMap<string, object> => new Map(Object.entries(packages));

describe('an install', () => {
  const wanted = lock({
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.2.3' },
    'node_modules/for-another-system': { version: '1.0.0', optional: true },
    'node_modules/left-over': { version: '1.0.0', extraneous: true },
  });

  it('is complete without what is meant for another system or belongs to nothing', () => {
    expect(hasEveryPackage(wanted, lock({ 'node_modules/a': { version: '1.2.3' } }))).toBe(true);
  });

  it('is incomplete where a package is missing or of another version', () => {
    expect(hasEveryPackage(wanted, lock({}))).toBe(false);
    expect(hasEveryPackage(wanted, lock({ 'node_modules/a': { version: '1.2.4' } }))).toBe(false);
  });

  it('is incomplete where even an optional package is of another version', () => {
    const stale = lock({
      'node_modules/a': { version: '1.2.3' },
      'node_modules/for-another-system': { version: '0.9.0' },
    });
    expect(hasEveryPackage(wanted, stale)).toBe(false);
  });

  it('is found complete here and now, so that no command installs again what it has', () => {
    expect(isInstalled()).toBe(true);
  });
});
