import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configDir } from '#host/config-dir';
import { defaultLimits } from '#contract/limits';
import { createEvidence } from '#host/evidence';
import { createSettingsStore, type StoredArchive } from '#host/settings-store';
import { temporaryFolder } from '../../helpers/temporary-folder';

const archive = (name: string, openedAt: number): StoredArchive => ({
  name,
  sources: [{ path: `/logs/${name}`, kind: 'folder' }],
  events: 1,
  first: null,
  last: null,
  openedAt,
});

async function openStore() {
  const folder = await temporaryFolder();
  const open = () => createSettingsStore(folder, { log: () => undefined, evidence: createEvidence() });
  return { folder, open, store: open() };
}

describe('the settings store', () => {
  it('starts with defaults and keeps what is set', async () => {
    const { store, open } = await openStore();
    const defaults = await store.settings();
    expect(defaults).toMatchObject({ theme: 'system', zone: 'UTC', timelineScale: 'linear' });
    await store.setSettings({ ...defaults, theme: 'dark' });
    expect(await open().settings()).toEqual({ ...defaults, theme: 'dark' });
  });

  it('loses no recent archive to damaged settings, nor the other way round', async () => {
    const { folder, store, open } = await openStore();
    await store.remember(archive('a', 1));
    await writeFile(join(folder, 'settings.json'), '{"theme":"pink"}');
    expect((await open().settings()).theme).toBe('system');
    expect(await open().recent()).toEqual([archive('a', 1)]);
  });

  it('gives a limit that the stored settings lack its default, and keeps all other settings', async () => {
    const { folder, store, open } = await openStore();
    const defaults = await store.settings();
    const { nesting: _, ...others } = defaultLimits;
    const stored = { ...defaults, theme: 'dark', limits: { ...others, ratio: 90 } };
    await writeFile(join(folder, 'settings.json'), JSON.stringify(stored));
    expect(await open().settings()).toEqual({ ...defaults, theme: 'dark', limits: { ...defaultLimits, ratio: 90 } });
  });

  it('lists recent archives newest first, each once, twenty at most', async () => {
    const { store } = await openStore();
    for (let n = 1; n <= 25; n++) await store.remember(archive(`a${String(n)}`, n));
    await store.remember(archive('a10', 26));
    const names = (await store.recent()).map((entry) => entry.name);
    expect(names.slice(0, 3)).toEqual(['a10', 'a25', 'a24']);
    expect(names).toHaveLength(20);
    expect(new Set(names).size).toBe(20);
  });

  it('gives two archives of one millisecond different times, so that either can be forgotten', async () => {
    const { store } = await openStore();
    await store.remember(archive('a', 5));
    await store.remember(archive('b', 5));
    const [newest] = await store.recent();
    await store.forget(newest?.openedAt ?? 0);
    expect((await store.recent()).map((entry) => entry.name)).toEqual(['a']);
  });
});

describe('configDir', () => {
  it('is where each platform wants settings', () => {
    const at = (platform: NodeJS.Platform, env: Record<string, string> = {}, chosen?: string): string =>
      configDir({ platform, env, home: '/home/mary' }, chosen);
    expect([
      at('linux'),
      at('linux', { XDG_CONFIG_HOME: '/xdg' }),
      at('linux', { XDG_CONFIG_HOME: 'relative' }),
      at('darwin'),
      at('win32', { APPDATA: 'C:\\Users\\mary\\AppData\\Roaming' }),
      at('linux', { XDG_CONFIG_HOME: '/xdg' }, '/chosen'),
    ]).toEqual([
      '/home/mary/.config/trailglass',
      '/xdg/trailglass',
      '/home/mary/.config/trailglass',
      '/home/mary/Library/Application Support/Trailglass',
      'C:\\Users\\mary\\AppData\\Roaming\\Trailglass',
      '/chosen',
    ]);
  });
});
