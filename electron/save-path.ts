/** Where a file is saved: where the user says, but never into opened evidence. */
import type { Evidence } from '#host/evidence';

export interface SaveDialogs {
  /** Asks for the file's path, beginning in the folder where saving begins; undefined or empty where the user cancels. */
  ask(fileName: string): string | undefined;
  /** Says why a path was refused. */
  refuse(title: string, message: string): void;
}

/**
 * The path the user chose; null where the user cancelled. A path in the evidence is refused before anything is written, and asked for again.
 *
 * A path is known only after the dialog: so the dialog has to be over before Electron is asked to save, since it writes as it downloads.
 */
export function chooseSavePath(fileName: string, evidence: Evidence, { ask, refuse }: SaveDialogs): string | null {
  for (;;) {
    const path = ask(fileName) ?? '';
    if (path === '') return null;
    if (!evidence.holds(path)) return path;
    refuse(
      'Not saved: this folder is evidence',
      'Trailglass writes nothing into a folder or file that was opened here. Choose another folder.',
    );
  }
}
