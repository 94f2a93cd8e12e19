/** What the shell does when something is lost, and while an import runs; the events are Electron's, played here. */
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { App, BrowserWindow, MessageBoxOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEvidence } from '#host/evidence';
import { createCloseQuestion } from '../../../electron/close-question';
import { barOf, createImportSigns } from '../../../electron/import-signs';
import { watchGraphics, watchPage, type LostParts } from '../../../electron/lost-window';
import { createRingLog, errorFacts } from '../../../electron/ring-log';
import { showRecent } from '../../../electron/system-recent';
import { archiveStatus } from '../../helpers/stub-engine';
import { temporaryFolder } from '../../helpers/temporary-folder';

/** A window whose process can be lost, and a person who answers. */
function startWindow() {
  const did: string[] = [];
  const questions: MessageBoxOptions[] = [];
  let answer: (button: number) => void = () => undefined;
  const contents = Object.assign(new EventEmitter(), {
    reload: () => did.push('reload'),
    forcefullyCrashRenderer: () => did.push('end the process'),
    invalidate: () => did.push('paint'),
  });
  const window = Object.assign(new EventEmitter(), {
    webContents: contents,
    isDestroyed: () => false,
    destroy: () => did.push('close'),
  });
  const parts: LostParts = {
    ask(question) {
      questions.push(question);
      return new Promise((resolve) => {
        answer = resolve;
        question.signal?.addEventListener('abort', () => resolve(question.cancelId ?? 0));
      });
    },
    notify: (text) => did.push(`said: ${text}`),
    diary: { record: (code) => did.push(`recorded ${code}`), lines: () => [] },
    log: () => undefined,
  };
  watchPage(window as unknown as BrowserWindow, parts);
  return { did, questions, window, contents, parts, answer: (button: number) => answer(button) };
}

describe('a window whose process ends', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is loaded again and says so; when that happens again soon, the person is asked', async () => {
    const { did, questions, contents, answer } = startWindow();
    vi.advanceTimersByTime(100_000);
    contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    expect(did).toEqual(['recorded page-gone', 'reload']);
    contents.emit('did-finish-load');
    expect(did.at(-1)).toMatch(/^said: The window's process ended \(oom\) and was started again/);
    did.length = 0;
    contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    expect(did).toEqual(['recorded page-gone']);
    expect(questions).toMatchObject([
      { message: "The window's process ended twice", buttons: ['Reload', 'Close the window'] },
    ]);
    answer(0);
    await expect.poll(() => did).toContain('reload');
    vi.advanceTimersByTime(31_000);
    contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
    expect(questions).toHaveLength(1);
    contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(did.filter((each) => each === 'reload')).toHaveLength(2);
  });
});

describe('a window that does not answer', () => {
  it.each([
    [0, []],
    [1, ['end the process']],
    [2, ['close']],
  ])('waits, is loaded again or is closed, as the person says (%s)', async (button, expected) => {
    const { did, questions, window, contents, answer } = startWindow();
    window.emit('unresponsive');
    window.emit('unresponsive');
    expect(questions).toMatchObject([{ message: 'The window does not answer', defaultId: 0, cancelId: 0 }]);
    answer(button);
    await new Promise(setImmediate);
    expect(did.slice(1)).toEqual(expected);
    if (button !== 1) return;
    contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
    expect(did.at(-1)).toBe('reload');
    contents.emit('did-finish-load');
    expect(did.at(-1)).toBe('said: The window was loaded again. What is open is still there.');
  });

  it('takes the question back when it answers', async () => {
    const { did, questions, window } = startWindow();
    window.emit('unresponsive');
    window.emit('responsive');
    expect(questions[0]?.signal?.aborted).toBe(true);
    await new Promise(setImmediate);
    expect(did).toEqual(['recorded page-silent', 'recorded page-answers']);
    window.emit('unresponsive');
    expect(questions).toHaveLength(2);
  });
});

it('a lost graphics process is said, and the window painted again; other processes are only written down', () => {
  const { did, parts, contents } = startWindow();
  const app = new EventEmitter();
  watchGraphics(app as unknown as App, () => contents as never, parts);
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 });
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'killed', exitCode: 9 });
  expect(did).toEqual(['recorded child-gone']);
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 139 });
  expect(did.slice(1)).toEqual(['recorded child-gone', 'paint', expect.stringMatching(/--disable-gpu/)]);
});

describe('while an import runs', () => {
  it.each([
    ['linux', true],
    ['win32', true],
    ['darwin', false],
  ] as const)('closing the window on %s is asked about: %s; quitting always', async (platform, isAsked) => {
    const asked: MessageBoxOptions[] = [];
    let answer = 0;
    let isImporting = false;
    const closing = createCloseQuestion({
      platform,
      isImporting: () => isImporting,
      ask(question) {
        asked.push(question);
        return Promise.resolve(answer);
      },
    });
    const event = { preventDefault: vi.fn() };
    const goOn = vi.fn();
    closing.onClose(event, goOn);
    closing.onQuit(event, goOn);
    expect(event.preventDefault).not.toHaveBeenCalled();

    isImporting = true;
    closing.onClose(event, goOn);
    closing.onClose(event, goOn);
    expect(asked).toHaveLength(isAsked ? 1 : 0);
    await new Promise(setImmediate);
    asked.length = 0;
    closing.onQuit(event, goOn);
    expect(asked).toMatchObject([{ buttons: ['Cancel', 'Close anyway'], defaultId: 0, cancelId: 0 }]);
    await new Promise(setImmediate);
    expect(goOn).not.toHaveBeenCalled();

    answer = 1;
    closing.onQuit(event, goOn);
    await new Promise(setImmediate);
    expect(goOn).toHaveBeenCalledOnce();
    event.preventDefault.mockClear();
    closing.onQuit(event, goOn);
    closing.onClose(event, goOn);
    expect(event.preventDefault).not.toHaveBeenCalled();
  });

  it('the system shows how far it is and does not sleep, until it ends, fails or is cancelled', () => {
    const did: string[] = [];
    const signs = createImportSigns({
      blocker: { start: (type) => did.push(type), stop: (id) => did.push(`sleep ${String(id)}`) > 0 },
      platform: 'linux',
      window: () => ({ setProgressBar: (value) => did.push(String(value)) }),
    });
    const progress = (bytesDone: number, bytesTotal: number) =>
      archiveStatus({ state: 'importing', progress: { bytesDone, bytesTotal } as never });
    signs.follow(archiveStatus());
    signs.follow(progress(0, 0));
    signs.follow(progress(1, 4));
    signs.follow(progress(1, 4));
    signs.show();
    signs.follow(archiveStatus({ state: 'ready' }));
    expect(did).toEqual(['prevent-app-suspension', '0', '0.25', '0.25', 'sleep 1', '-1']);
    did.length = 0;
    signs.follow(progress(3, 4));
    signs.follow(archiveStatus({ state: 'empty' }));
    expect(did).toEqual(['prevent-app-suspension', '0.75', 'sleep 1', '-1']);
    expect(barOf(progress(0, 0), 'win32')).toBe(2);
  });
});

describe("the system's list of recent documents", () => {
  const archive = (...paths: readonly string[]) => ({
    name: 'x',
    sources: paths.map((path) => ({ path, kind: 'file' as const })),
    events: 1,
    first: null,
    last: null,
    openedAt: 1,
  });

  it.each([
    ['darwin', ['clear', '/b', '/a']],
    ['win32', ['clear', '/b', '/a']],
    ['linux', []],
  ] as const)('is that of the app on %s', (platform, expected) => {
    const did: string[] = [];
    const app = {
      addRecentDocument: (path: string) => did.push(path),
      clearRecentDocuments: () => did.push('clear'),
      getPath: () => '/home/me/data',
    } as never;
    const evidence = createEvidence();
    showRecent([archive('/a', '/b'), archive('/a')], { app, platform, evidence });
    expect(did).toEqual(expected);
    evidence.add(['/home/me']);
    did.length = 0;
    showRecent([archive('/a')], { app, platform, evidence });
    expect(did).toEqual([]);
  });
});

describe('the log on disk', () => {
  it('keeps two files of a size, gives the last lines of earlier runs too, and holds words of no person', async () => {
    const folder = join(await temporaryFolder(), 'config');
    const evidence = createEvidence();
    const log = createRingLog(folder, evidence, 2_000);
    for (let index = 0; index < 200; index++) log.record('import-ended', { events: index });
    log.record('fault', { kind: '/home/me/secret case', code: 'ENOSPC', at: '' });
    expect(readdirSync(folder).sort()).toEqual(['trailglass.1.log', 'trailglass.log']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(2_000);
    expect(readFileSync(join(folder, 'trailglass.log'), 'utf8')).toMatch(/Z fault kind=\? code=ENOSPC at=\n$/);
    expect(log.lines()).toHaveLength(60);
    expect(createRingLog(folder, evidence).lines().at(-1)).toMatch(/ fault kind=\? code=ENOSPC at=$/);
  });

  it('writes nothing into evidence, nor where nothing can be written, and goes on in memory', async () => {
    const folder = await temporaryFolder();
    const evidence = createEvidence();
    evidence.add([folder]);
    const inside = createRingLog(join(folder, 'config'), evidence);
    inside.record('start');
    expect([existsSync(join(folder, 'config')), inside.lines().length]).toEqual([false, 1]);
    mkdirSync(join(folder, 'trailglass.log'));
    const unwritable = createRingLog(folder, createEvidence());
    unwritable.record('start');
    expect(unwritable.lines()).toHaveLength(1);
  });

  it('knows of an error its kind, code and place, and not its message', () => {
    const error = Object.assign(new TypeError('cannot read /home/me/secret'), { code: 'EACCES' });
    error.stack =
      'TypeError: cannot read /home/me/secret\n    at read (file:///opt/app.asar/out/electron/main.js:10:5)';
    expect(errorFacts(error)).toEqual({ kind: 'TypeError', code: 'EACCES', at: 'main.js:10:5' });
    expect(errorFacts('text')).toEqual({ kind: 'string' });
  });
});
