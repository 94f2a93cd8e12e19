import type { FileReport, FilesRequest } from '#contract/report';

/** What became of a file, in the words of the report. */
export const statusWords: Readonly<Record<FileReport['status'], string>> = {
  read: 'read',
  partial: 'in part',
  unread: 'not read',
  ignored: 'ignored',
};

/** The choices of files, in the order of their tabs. */
export const fileTabs: readonly { readonly id: FilesRequest['which']; readonly label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'troubled', label: 'With problems' },
  { id: 'read', label: 'Read' },
  { id: 'partial', label: 'In part' },
  { id: 'unread', label: 'Not read' },
  { id: 'ignored', label: 'Ignored' },
];
