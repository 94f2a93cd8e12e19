/**
 * The time of every packed file, seconds since 1970: SOURCE_DATE_EPOCH, which packagers set to that of the last change, or a fixed day.
 *
 * See https://reproducible-builds.org/specs/source-date-epoch/
 */
export const packedAt = Number(process.env['SOURCE_DATE_EPOCH'] ?? Date.UTC(2026, 0, 1) / 1000);
