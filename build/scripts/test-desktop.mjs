/**
 * Every end-to-end test in the desktop window, where `npm test` tries only those that pass through the shell.
 *
 *     node build/scripts/test-desktop.mjs [arguments of playwright test]
 */
import { ensureChromium } from './chromium.mjs';
import { ensure } from './ensure.mjs';
import { runMain, runNode } from './project.mjs';

await runMain(async () => {
  await ensure();
  if (!(await ensureChromium())) return 1;
  const args = ['test', '--project=electron', ...process.argv.slice(2)];
  return runNode('node_modules/@playwright/test/cli.js', args, { stdout: 'inherit' });
});
