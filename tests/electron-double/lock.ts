/** One app at a time for one folder of Chromium's: the first is told what a later one was started with. */
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';

type Listener = (argv: readonly string[], cwd: string, data: unknown) => void;
interface Start {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly data: unknown;
}

export class Lock {
  private readonly folder: string;
  private watcher: FSWatcher | null = null;
  private isOurs = false;

  constructor(userData: string) {
    this.folder = join(userData, 'SingletonLock');
  }

  /** Whether this is the first; if not, the first is told. */
  request(argv: readonly string[], cwd: string, data: unknown): boolean {
    if (this.isOurs) return true;
    for (;;) {
      try {
        mkdirSync(this.folder);
        writeFileSync(join(this.folder, 'pid'), String(process.pid));
        this.isOurs = true;
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        if (this.isAlive()) {
          const name = join(this.folder, `${String(process.pid)}.start`);
          writeFileSync(`${name}.tmp`, JSON.stringify({ argv, cwd, data } satisfies Start));
          renameSync(`${name}.tmp`, name);
          return false;
        }
        rmSync(this.folder, { recursive: true, force: true });
      }
    }
  }

  listen(listener: Listener): void {
    const read = (): void => {
      for (const name of readdirSync(this.folder).filter((each) => each.endsWith('.start'))) {
        const { argv, cwd, data } = JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as Start;
        rmSync(join(this.folder, name));
        listener(argv, cwd, data);
      }
    };
    if (!this.isOurs) return;
    this.watcher = watch(this.folder, read);
    this.watcher.unref();
    read();
  }

  release(): void {
    this.watcher?.close();
    if (this.isOurs) rmSync(this.folder, { recursive: true, force: true });
  }

  private isAlive(): boolean {
    try {
      process.kill(Number(readFileSync(join(this.folder, 'pid'), 'utf8')), 0);
      return true;
    } catch {
      return false;
    }
  }
}
