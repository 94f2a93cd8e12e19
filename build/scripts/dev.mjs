/**
 * The window with live reload: Vite serves it, and forwards the app's requests to a browser host.
 *
 *     npm run dev -- [PATH...]
 *
 * Engine and host are built once at the start. The strict Content-Security-Policy is the host's, so it is not in force here.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensure } from './ensure.mjs';
import { PlainError, fromRoot, runMain, runNode, say } from './project.mjs';

const port = '5173';

await runMain(async () => {
  await ensure();
  const host = spawn(process.execPath, [fromRoot('out', 'host', 'serve.js'), '--no-open', ...process.argv.slice(2)], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await Promise.race([once(createInterface(host.stdout), 'line'), once(host, 'exit')]);
    const address = /http:\/\/\S+/.exec(String(line))?.[0];
    if (!address) throw new PlainError('The browser host did not start.');
    const { origin, search } = new URL(address);
    say(`Open http://127.0.0.1:${port}/${search}`);
    const env = { ...process.env, TRAILGLASS_HOST: origin };
    const args = ['--mode', 'development', '--host', '127.0.0.1', '--port', port, '--strictPort'];
    return await runNode('node_modules/vite/bin/vite.js', args, { env, stdout: 'inherit' });
  } finally {
    host.kill();
  }
});
