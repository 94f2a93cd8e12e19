/** An import of an hour is not ended by one press on the wrong button. */
import type { MessageBoxOptions } from 'electron';

interface Preventable {
  preventDefault(): void;
}

export interface CloseQuestionParts {
  /** On macOS the app, and an import with it, goes on without a window: only quitting is asked about. */
  readonly platform: NodeJS.Platform;
  isImporting(): boolean;
  ask(question: MessageBoxOptions): Promise<number>;
}

export interface CloseQuestion {
  /** The window is to be closed; `close` is called once the person has agreed. */
  onClose(event: Preventable, close: () => void): void;
  /** The app is to be quit. */
  onQuit(event: Preventable, quit: () => void): void;
}

const answers = { cancel: 0, close: 1 } as const;

const question: MessageBoxOptions = {
  type: 'question',
  title: 'Trailglass',
  message: 'An import is running',
  detail: 'Closing ends it, and what was read so far has to be read again.',
  buttons: ['Cancel', 'Close anyway'],
  defaultId: answers.cancel,
  cancelId: answers.cancel,
  noLink: true,
};

export function createCloseQuestion({ platform, isImporting, ask }: CloseQuestionParts): CloseQuestion {
  let isAsking = false;
  let isAgreed = false;

  function guard(event: Preventable, goOn: () => void): void {
    if (isAgreed || !isImporting()) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void ask(question)
      .then((answer) => {
        isAgreed = answer === answers.close;
        if (isAgreed) goOn();
      })
      .finally(() => (isAsking = false));
  }

  return {
    onClose(event, close) {
      if (platform !== 'darwin') guard(event, close);
    },
    onQuit: guard,
  };
}
