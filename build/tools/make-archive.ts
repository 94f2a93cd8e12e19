/** `npm run make-archive -- OUT --events N [--seed S]` */
import { readdir } from 'node:fs/promises';
import { stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { commandLine, readCount, UsageError } from '../../shared/cli/command-line';
import { writeArchive } from './write-archive';

const help = `Writes a synthetic CloudTrail archive in AWS's folder layout.

  npm run make-archive -- OUT [--events N] [--seed S]

  OUT          folder to write to: new or empty
  --events N   how many events, exactly (default 5000)
  --seed S     a whole number; the same seed gives the same bytes (default 1)

Three made-up accounts, four Regions, some 30 services, with the identities, keys, addresses, errors and daily rhythm of a
real organisation. Every number, address and name is from the ranges ignored for documentation.

From 2,000 events on, the archive holds a break-in to look for, in account 111122223333 on the second night (2024-03-05):
  02:11 UTC  a key of the user legacy-importer is used from 203.0.113.66 and looks around; much is refused
             it assumes deployment-role, creates the user svc-backup-sync with an access key, a password and
             AdministratorAccess, and signs in to the console without MFA
             StopLogging and DeleteTrail: refused at first, then done
             a bucket policy opens ...-customer-exports to everybody; 180 objects are copied out
             large instances are started in us-west-2
  08:42 UTC  the security team disables the keys, removes the policy and starts the trail again
`;

await commandLine(help, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { events: { type: 'string' }, seed: { type: 'string' } },
  });
  const [directory, ...rest] = positionals;
  if (directory === undefined || rest.length > 0) throw new UsageError('give exactly one folder to write to');
  const events = readCount('--events', values.events ?? '5000', 1, 100_000_000);
  const seed = readCount('--seed', values.seed ?? '1', 0, 0xffffffff);
  if (await holdsSomething(directory)) throw new UsageError(`${directory} is not empty`);

  const started = performance.now();
  let toldAt = started;
  const written = await writeArchive(directory, { events, seed }, (soFar) => {
    const now = performance.now();
    if (!stderr.isTTY || now - toldAt < 500) return;
    toldAt = now;
    stderr.write(`\r${soFar.events.toLocaleString('en')} of ${events.toLocaleString('en')} events`);
  });
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  const seconds = (performance.now() - started) / 1000;
  stdout.write(
    `${written.events.toLocaleString('en')} events in ${written.files.toLocaleString('en')} files, ` +
      `${megabytes(written.bytesGz)} MB (${megabytes(written.bytesJson)} MB of JSON), ${seconds.toFixed(1)} s\n`,
  );
});

async function holdsSomething(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length > 0;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return false;
    throw new UsageError(
      `${directory} cannot be written to: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    );
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
