/** An import in one line. */
import type { ImportReport } from '#contract/report';
import { formatSpan } from '#core/time';
import { counted, formatCount } from '#core/figures';

/** `2,900 events from 55 files, 1 account, 1 Region, 58 minutes`. What was not read is said separately: see `notReadText`. */
export function summaryText(report: ImportReport): string {
  const files = report.filesRead + report.filesPartial;
  const parts = [`${counted(report.events, 'event', 'events')} from ${counted(files, 'file', 'files')}`];
  if (report.accounts.length > 0) parts.push(counted(report.accounts.length, 'account', 'accounts'));
  if (report.regions.length > 0) parts.push(counted(report.regions.length, 'Region', 'Regions'));
  if (report.first !== null && report.last !== null && report.last > report.first) {
    parts.push(formatSpan(report.last - report.first));
  }
  return `${report.cancelled ? 'Stopped early: ' : ''}${parts.join(', ')}`;
}

/** `0 files not read`, `2 files not read, 1 read in part`. */
export function notReadText(files: { readonly filesPartial: number; readonly filesUnread: number }): string {
  const unread = `${counted(files.filesUnread, 'file', 'files')} not read`;
  return files.filesPartial === 0 ? unread : `${unread}, ${formatCount(files.filesPartial)} read in part`;
}
