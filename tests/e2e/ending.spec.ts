/** The end of the browser host, seen from its page. */
import { join } from 'node:path';
import { makeHeld } from './archives';
import { expect, test } from './fixtures';
import { hostGone } from './trouble';

test('ending Trailglass in the middle of an import takes no more than a moment, and no words', async ({ app }) => {
  app.browserOnly('the desktop window ends with its host');
  await app.startImporting((await makeHeld(join(app.folder, 'held'))).folder);
  await expect(app.window.importStrip.getByRole('button', { name: 'Cancel' })).toBeVisible();
  app.trouble.expect(hostGone);
  // That it writes nothing and ends with 0 is held at the end of every test.
  await app.stopHost();
  await expect(app.window.status.getByRole('alert')).toContainText('Trailglass is not answering');
});
