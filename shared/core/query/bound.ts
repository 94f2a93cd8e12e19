/** What a field can be compared with. */
import { fieldType } from '../fields';
import { parseQueryPeriod } from '../time';
import { parseDecimal } from './decimal';

/** Whether `text` can be compared with: a time, or, for fields other than times, a number. */
export function isBound(field: string, text: string): boolean {
  return parseQueryPeriod(text) !== null || (fieldType(field) !== 'time' && parseDecimal(text) !== null);
}
