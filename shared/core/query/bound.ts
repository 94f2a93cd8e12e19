/** What a field can be compared with. */
import { fieldType } from '../fields';
import { parseQueryPeriod } from '../time';
import { parseDecimal } from './decimal';

/** Whether `field>text` compares: with a time, or, where the field is not one of times, with a number. */
export function isBound(field: string, text: string): boolean {
  return parseQueryPeriod(text) !== null || (fieldType(field) !== 'time' && parseDecimal(text) !== null);
}
