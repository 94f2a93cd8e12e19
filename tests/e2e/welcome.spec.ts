/** What stands on the first screen. */
import { join } from 'node:path';
import { event, writeArchive } from './archives';
import { expect, test } from './fixtures';

test('the first screen says how to begin, and what was opened before by name, path and span', async ({ app }) => {
  const folder = await writeArchive(join(app.folder, 'case-7', 'logs'), { 'a.json': { Records: [event()] } });
  const window = await app.open(folder);
  await window.pickFromArchiveMenu('Close the archive');
  await expect(app.page.getByText('Begin with the folder or the archive you were handed.')).toBeVisible();
  const recent = app.page.getByRole('button').filter({ hasText: 'opened' });
  await expect(recent).toContainText('logs');
  await expect(recent).toContainText(join('case-7', 'logs'));
  await expect(recent).toContainText('2024-05-06');
  await expect(recent).toContainText('1 event');
});
