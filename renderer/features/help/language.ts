/** The query language, for the help: what to write, and what it means. */
export interface LanguageRow {
  readonly write: string;
  readonly meaning: string;
}

export const languageRows: readonly LanguageRow[] = [
  { write: 'word', meaning: 'part of any value of the event, at any depth, in upper or lower case' },
  { write: '"two words"', meaning: 'exactly this text in one value' },
  { write: 'service:s3', meaning: 'the whole value of the field, in upper or lower case' },
  { write: 'event:Describe*', meaning: 'with * for any characters and ? for one' },
  { write: 'error:*', meaning: 'the field has a value' },
  { write: 'event:(GetObject OR PutObject)', meaning: 'one of several values' },
  { write: '-readonly:true', meaning: 'not; !readonly:true and NOT readonly:true do the same' },
  { write: 'a b', meaning: 'both; AND and && do the same, and bind tighter than OR' },
  { write: 'a OR (b c)', meaning: 'either, with parentheses; || does the same' },
  { write: '"not"', meaning: 'the word: and, or and not are operators in any case, unless quoted' },
  { write: '*', meaning: 'every event' },
  { write: 'time>=2023-07-10T12:00Z', meaning: '>, >=, <, <= for times and numbers; UTC where no zone is written' },
  {
    write: 'event != X, time > 2023',
    meaning: 'the same with spaces: =, ==, !=, >, >=, <, <=, after a known field',
  },
  { write: 'time:2023-07-10*', meaning: 'a whole day in UTC; time:2023-07-10T12* is an hour' },
  { write: 'ip:10.0.0.0/8', meaning: 'an address in this range, IPv4 or IPv6; in a list of addresses, any of them' },
  { write: '10.0.0.0/8', meaning: 'an address in this range in any value, or this text' },
  { write: 'agent:/boto3?\\/1\\./i', meaning: 'a regular expression' },
  { write: '~delettrail', meaning: 'a similar word, spelled a little differently' },
];
