/** What becomes of a window whose process ends or hangs, and of one without graphics: always with words, and with a way on. */
import type { App, BrowserWindow, MessageBoxOptions, WebContents } from 'electron';
import type { RingLog } from './ring-log';

export interface LostParts {
  /** Shows a question in front of the window; resolves to the number of the button that was pressed. */
  ask(question: MessageBoxOptions): Promise<number>;
  /** Says something in the window. */
  notify(text: string): void;
  readonly diary: RingLog;
  readonly log: (line: string) => void;
}

/** A second crash within this time is not worth a third try unasked. */
const soonMs = 30_000;

const answers = { silent: { wait: 0, reload: 1, close: 2 }, crashed: { reload: 0, close: 1 } } as const;

/** Reloads a crashed page, whose archive is in the engine; asks where that happens again soon, and where the page does not answer. */
export function watchPage(window: BrowserWindow, { ask, notify, diary, log }: LostParts): void {
  const contents = window.webContents;
  let lastCrash = -Infinity;
  /** The person has asked for the process to be ended. */
  let isEnding = false;
  let asking: AbortController | null = null;

  function reload(text: string): void {
    contents.once('did-finish-load', () => notify(text));
    contents.reload();
  }

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(`the window's process ended: ${reason}`);
    diary.record('page-gone', { reason, exitCode });
    const isAgain = performance.now() - lastCrash < soonMs;
    lastCrash = performance.now();
    if (isEnding || !isAgain) reload(isEnding ? texts.reloaded : texts.crashed(reason));
    else
      void ask(texts.crashedAgain(reason)).then((answer) => {
        if (window.isDestroyed()) return;
        if (answer === answers.crashed.close) window.destroy();
        else reload(texts.crashed(reason));
      });
    isEnding = false;
  });

  window.on('unresponsive', () => {
    if (asking !== null) return;
    const question = new AbortController();
    asking = question;
    diary.record('page-silent');
    void ask(texts.silent(question.signal)).then((answer) => {
      asking = null;
      if (question.signal.aborted || window.isDestroyed()) return;
      if (answer === answers.silent.close) window.destroy();
      if (answer !== answers.silent.reload) return;
      // A page that hangs would not reload either.
      isEnding = true;
      contents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => {
    diary.record('page-answers');
    asking?.abort();
  });
}

/** Chromium starts a lost graphics process again by itself, without the graphics card after some losses; what it had drawn is gone. */
export function watchGraphics(
  app: App,
  contents: () => WebContents | null,
  { notify, diary, log }: Omit<LostParts, 'ask'>,
): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log(`a process of Chromium ended: ${type}, ${reason}`);
    diary.record('child-gone', { type: type.replace(/ /g, '-'), reason, exitCode });
    if (type !== 'GPU') return;
    contents()?.invalidate();
    notify(texts.graphics(reason));
  });
}

const texts = {
  crashed: (reason: string) =>
    `The window's process ended (${reason}) and was started again. What is open is still there.`,
  reloaded: 'The window was loaded again. What is open is still there.',
  graphics: (reason: string) =>
    `The graphics process ended (${reason}) and was started again. If the window is drawn wrongly, or this comes back, start Trailglass with --disable-gpu.`,
  silent: (signal: AbortSignal): MessageBoxOptions => ({
    type: 'warning',
    title: 'Trailglass',
    message: 'The window does not answer',
    detail:
      'It may be busy. Reloading keeps what is open, and an import goes on; a query that was not run yet is lost.',
    buttons: ['Wait', 'Reload', 'Close the window'],
    defaultId: answers.silent.wait,
    cancelId: answers.silent.wait,
    noLink: true,
    signal,
  }),
  crashedAgain: (reason: string): MessageBoxOptions => ({
    type: 'error',
    title: 'Trailglass',
    message: "The window's process ended twice",
    detail: `Reason: ${reason}. What is open is still in memory, and your logs are unchanged. Help > Copy Diagnostics says more once the window is back.`,
    buttons: ['Reload', 'Close the window'],
    defaultId: answers.crashed.reload,
    cancelId: answers.crashed.reload,
    noLink: true,
  }),
} as const;
