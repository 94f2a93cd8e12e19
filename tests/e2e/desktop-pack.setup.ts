/** Packs the desktop app that the desktop tests start. */
import { test } from '@playwright/test';
import { packDouble } from '../electron-double/pack';
import { isRealElectron } from './electron';

test('the desktop app is packed as it is given away', async () => {
  if (!isRealElectron) await packDouble();
});
