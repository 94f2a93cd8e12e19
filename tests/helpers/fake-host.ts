/** A host whose calls are answered by the test, for the window's state classes. */
import type { AppCalls, AppEvents, CallName, RequestOf, ResultOf } from '#contract/api';
import { AppError } from '#contract/errors';
import type { CallOptions } from '#contract/rpc';
import type { Host } from '../../renderer/host/host';

type Answers = {
  readonly [Name in CallName]?: (
    request: RequestOf<Name>,
    options: CallOptions<AppCalls[Name]['progress']>,
  ) => ResultOf<Name> | Promise<ResultOf<Name>>;
};

export interface FakeHost extends Host {
  /** Every call so far, in order. */
  readonly calls: readonly { readonly name: string; readonly request: unknown }[];
  /** The requests of one call's name, in order. */
  requests<Name extends CallName>(name: Name): readonly RequestOf<Name>[];
  emit<Name extends keyof AppEvents & string>(name: Name, payload: AppEvents[Name]): void;
}

/** A call without an answer among `answers` rejects with `unknown-call`; an aborted one with `cancelled`. */
export function createFakeHost(answers: Answers): FakeHost {
  const calls: { name: string; request: unknown }[] = [];
  const listeners = new Map<string, ((payload: never) => void)[]>();

  return {
    kind: 'browser',
    pending: 0,
    calls,
    requests: (name) => calls.filter((call) => call.name === name).map((call) => call.request as never),
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    call(name, request, options = {}) {
      calls.push({ name, request });
      const answer = answers[name as CallName] as ((request: unknown, options: unknown) => unknown) | undefined;
      if (answer === undefined) return Promise.reject(new AppError('unknown-call', `no answer for ${name}`));
      const cancelled = new Promise<never>((_resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(new AppError('cancelled', `${name} was cancelled`)));
      });
      const answered = new Promise((resolve) => resolve(answer(request, options)));
      return Promise.race([answered, cancelled]) as never;
    },
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener as (payload: never) => void]);
      return () => undefined;
    },
    fail: () => undefined,
    droppedFiles: () => Promise.resolve([]),
    filesToSources: () => Promise.resolve([]),
    onConnection: () => () => undefined,
  };
}
