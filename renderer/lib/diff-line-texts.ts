/** What is noted at the head of a comparison's request and response. */
import { counted } from '#core/figures';

type Side = 'left' | 'right';

export const diffLineTexts = {
  notInSummary: (summary: Side, field: string) =>
    `the ${summary} event is a summary, without ${field}: nothing to compare`,
  noneOn: (side: Side, field: string) => `no ${field} on the ${side}: null`,
  nullOnBoth: 'null on both sides',
  /** Values of the response that the request has already. */
  repeated: (count: number) => `${counted(count, 'value')} changed as in the request`,
} as const;
