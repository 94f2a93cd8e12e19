import { afterEach, expect, it, vi } from 'vitest';
import { findElectron, installedElectron } from '../../../build/scripts/electron-binary.mjs';
import { temporaryFolder } from '../../helpers/temporary-folder';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('a folder of its own that holds no Electron is named, and nothing is fetched instead', async () => {
  const folder = await temporaryFolder();
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  expect(installedElectron()).toBeUndefined();
  expect(await findElectron({ retry: true })).toEqual({
    reason: expect.stringContaining(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, and there is no `) as string,
  });
});
