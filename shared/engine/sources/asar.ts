/**
 * Evidence is read as it lies on disk: Electron's file system takes a file whose name ends in `.asar` for a folder, in threads too, and an
 * investigator's file may have any name. Called first in every thread that reads evidence; plain Node knows nothing of it.
 */
export function readAsarAsFiles(): void {
  Object.assign(process, { noAsar: true });
}
