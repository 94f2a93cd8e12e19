import { AppError } from '#contract/errors';

/** What was thrown, as the one kind of error the window shows. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}

/** True where it is not to be shown: the work was cancelled. */
export function isCancelled(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'cancelled';
}
