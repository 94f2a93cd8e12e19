/** Paths that the system hands over: by a second start, a double click, a file dropped on the icon. */
import { basename } from 'node:path';
import type { MessageBoxOptions } from 'electron';
import { escapeInvisible } from '#core/visible';
import type { ArchiveStatus } from '#contract/sources';

export interface OpenRequestParts {
  /** What is open. */
  status(): Promise<ArchiveStatus>;
  /** Opens these instead of what is open. */
  open(paths: readonly string[]): Promise<unknown>;
  /** Adds these to what is open. */
  add(paths: readonly string[]): Promise<unknown>;
  /** Shows a question; resolves to the number of the button that was pressed. */
  ask(question: MessageBoxOptions): Promise<number>;
}

export interface OpenRequests {
  /** Resolves when the answer is known and the import over. Nobody loses what is open without being asked. */
  request(paths: readonly string[]): Promise<void>;
}

/**
 * How long to wait for more paths, in milliseconds. macOS sends an event for each file of a selection and Windows starts the program for each;
 * neither says which is the last.
 */
const gatherMs = 80;

const answers = { add: 0, instead: 1, cancel: 2 } as const;

export function createOpenRequests({ status, open, add, ask }: OpenRequestParts): OpenRequests {
  let gathered: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let finish: () => void = () => undefined;
  let next: Promise<void> | null = null;
  /** One question at a time. */
  let last: Promise<void> = Promise.resolve();

  async function openAll(paths: readonly string[]): Promise<void> {
    const current = await status();
    if (current.state === 'empty') return void (await open(paths));
    const answer = await ask(question(paths, current));
    if (answer === answers.add) await add(paths);
    else if (answer === answers.instead) await open(paths);
  }

  return {
    request(paths) {
      gathered.push(...paths.filter((path) => !gathered.includes(path)));
      next ??= new Promise<void>((resolve) => (finish = resolve)).then(() => {
        const all = gathered;
        gathered = [];
        next = null;
        if (all.length === 0) return last;
        const work = last.then(() => openAll(all));
        last = work.catch(() => undefined);
        return work;
      });
      clearTimeout(timer);
      timer = setTimeout(finish, gatherMs);
      return next;
    },
  };
}

function question(paths: readonly string[], { state, name }: ArchiveStatus): MessageBoxOptions {
  const [first = ''] = paths;
  const what = paths.length === 1 ? basename(first) : `${basename(first)} and ${String(paths.length - 1)} more`;
  const isReading = state === 'importing';
  return {
    type: 'question',
    title: 'Trailglass',
    message: `Add ${escapeInvisible(what)} to what is open?`,
    detail: isReading
      ? `${escapeInvisible(name)} is being read. Opening something else instead stops that.`
      : `${escapeInvisible(name)} is open.`,
    buttons: ['Add to what is open', 'Open instead', 'Cancel'],
    defaultId: answers.add,
    cancelId: answers.cancel,
    noLink: true,
  };
}
