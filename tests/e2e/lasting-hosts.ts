/**
 * Browser hosts that go from test to test: starting one, and reading 20,000 events, took longer than most of what is tried. An archive that many tests
 * read stays open in a host of its own; one more opens the archives of single tests and closes them afterwards.
 *
 * A host is passed on only where it says, and has written, what it did when it was new. Settings, recent archives and the archive of a single test are
 * put back before; anything else that a test left (another source, a file, a line on standard error) ends the host.
 */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { AppError } from '../../shared/contract/errors';
import type { Settings } from '../../shared/contract/settings';
import { documentedShapes, sharedArchives } from './archives';
import { callsOf, type HostCalls } from './host-calls';
import { startHost, type RunningHost } from './host';

export interface LastingHost extends RunningHost {
  readonly config: string;
  readonly home: string;
}

interface Kept {
  readonly host: LastingHost;
  /** The archive that stays open; null: whatever a test opens. */
  readonly archive: string | null;
  readonly settings: Settings;
  /** {@link stateOf} when it was new. */
  readonly whenNew: string;
  hasEnded: boolean;
  /** What went wrong with the import of the test that has it; null: nothing. */
  opening: Promise<string | null>;
}

/** What the host's field for a typed path takes as it is. */
const plainPath = /^[\w:./\\-]+$/;

export class LastingHosts {
  private readonly folder: string;
  private readonly kept = new Map<string | null, Kept>();
  private started = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<LastingHosts> {
    return new LastingHosts(await mkdtemp(join(tmpdir(), 'trailglass-e2e-hosts-')));
  }

  /** A host that has these paths open, or opens them; null where it has to be one that is started over them. */
  async lend(paths: readonly string[]): Promise<LastingHost | null> {
    if (!paths.every((path) => plainPath.test(path))) return null;
    const [path = '', ...more] = paths;
    const isLasting = more.length === 0 && [sharedArchives().synthetic, documentedShapes].includes(path);
    const archive = isLasting ? path : null;
    const before = this.kept.get(archive);
    const kept = before === undefined || before.hasEnded ? await this.startNew(archive) : before;
    this.kept.set(archive, kept);
    if (!isLasting && paths.length > 0) await openIn(kept, paths);
    return kept.host;
  }

  /** Makes a host ready for the next test, or ends it, and answers with what its last test did that is wrong. */
  async takeBack(host: LastingHost): Promise<readonly string[]> {
    const kept = [...this.kept.values()].find((each) => each.host === host);
    if (kept === undefined || kept.hasEnded) return [];
    const isAsNew = await putBack(kept).catch(() => false);
    const wrong = isAsNew ? [] : await ended(host);
    const failure = await kept.opening;
    return failure === null ? wrong : [...wrong, `not opened: ${failure}`];
  }

  /** Ends all, and answers with what is wrong. */
  async end(): Promise<readonly string[]> {
    const left = [...this.kept.values()].filter((each) => !each.hasEnded);
    const wrong = await Promise.all(left.map((each) => ended(each.host)));
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    return wrong.flat();
  }

  private async startNew(archive: string | null): Promise<Kept> {
    const folder = join(this.folder, String(++this.started));
    const [config, home] = [join(folder, 'config'), join(folder, 'home')];
    await mkdir(home, { recursive: true });
    const running = await startHost({ config, home, paths: archive === null ? [] : [archive] });
    const host: LastingHost = {
      ...running,
      config,
      home,
      stop() {
        kept.hasEnded = true;
        return running.stop();
      },
    };
    const calls = await callsOf(running.address);
    // The archive is noted as a recent one when it is read.
    const recent = archive === null ? 0 : 1;
    await expect.poll(async () => (await calls.call('recent.list', null)).length, { timeout: 45_000 }).toBe(recent);
    const settings = await calls.call('settings.get', null);
    const whenNew = await stateOf(host, calls);
    calls.close();
    const kept: Kept = { host, archive, settings, whenNew, hasEnded: false, opening: Promise.resolve(null) };
    return kept;
  }
}

/** Begins an import as the window does. */
async function openIn(kept: Kept, paths: readonly string[]): Promise<void> {
  const calls = await callsOf(kept.host.address);
  const found = await Promise.all(paths.map((path) => calls.call('folder.find', path)));
  const sources = found.map((source) => source.sourceId);
  kept.opening = calls.call('archive.open', sources).then(
    () => null,
    (error: unknown) => (error instanceof AppError && error.code === 'cancelled' ? null : String(error)),
  );
  void kept.opening.then(() => {
    calls.close();
  });
}

/** Undoes what the last test did, as far as the window could; whether the host is as it was. */
async function putBack({ host, archive, settings, whenNew }: Kept): Promise<boolean> {
  const calls = await callsOf(host.address);
  try {
    // An import may go on for minutes: its host ends sooner than it could be called off.
    if ((await calls.call('archive.status', null)).state === 'importing') return false;
    if (archive === null) {
      await calls.call('archive.close', null);
      for (const { openedAt } of await calls.call('recent.list', null)) await calls.call('recent.forget', openedAt);
    }
    await calls.call('settings.set', settings);
    return (await stateOf(host, calls)) === whenNew;
  } finally {
    calls.close();
  }
}

/** Ends a host as Ctrl-C does. */
async function ended(host: LastingHost): Promise<readonly string[]> {
  const code = await host.stop();
  const lines = host.complaints().split('\n').filter(Boolean);
  return [
    ...(code === 0 ? [] : [`the host ended with ${String(code)}`]),
    ...lines.map((line) => `the host complained: ${line}`),
  ];
}

/**
 * All by which one test could tell that there was another before it. Left out is what only grows: the index, as it is asked, and the number of the
 * version.
 */
async function stateOf(host: LastingHost, calls: HostCalls): Promise<string> {
  const { indexBytes: _, version: _version, ...status } = await calls.call('archive.status', null);
  const state = {
    status,
    report: status.state === 'empty' ? null : await calls.call('archive.report', null),
    settings: await calls.call('settings.get', null),
    recent: await calls.call('recent.list', null),
    home: await readdir(host.home, { recursive: true }),
    complaints: host.complaints(),
  };
  return JSON.stringify(state);
}
