/** The query language, for the help: what to write, and what it means. */
export interface LanguageRow {
  readonly write: string;
  readonly meaning: string;
}

export const languageRows: readonly LanguageRow[] = [
  { write: 'word', meaning: 'stands in some value of the event, at any depth, in any case, anywhere in the value' },
  { write: '"two words"', meaning: 'exactly this text in one value' },
  { write: 'service:s3', meaning: 'the value of the field is this, in any case' },
  { write: 'event:Describe*', meaning: 'with * for any characters and ? for one' },
  { write: 'error:*', meaning: 'the field is there' },
  { write: 'event:(GetObject OR PutObject)', meaning: 'one of several values' },
  { write: '-readonly:true', meaning: 'not; !readonly:true and NOT readonly:true do the same' },
  { write: 'a b', meaning: 'both; AND and && do the same, and bind tighter than OR' },
  { write: 'a OR (b c)', meaning: 'either, with parentheses; || does the same' },
  { write: '"not"', meaning: 'the word: and, or and not are operators in any case, unless quoted' },
  { write: '*', meaning: 'every event' },
  { write: 'time>=2023-07-10T12:00Z', meaning: '>, >=, <, <= for times and numbers; UTC where no zone is written' },
  {
    write: 'event != X, time > 2023',
    meaning: 'the same with white space: =, ==, !=, >, >=, <, <=, behind a known field',
  },
  { write: 'time:2023-07-10*', meaning: 'a whole day of UTC; time:2023-07-10T12* is an hour' },
  { write: 'ip:10.0.0.0/8', meaning: 'an address in this range, IPv4 or IPv6, also one in a list of them' },
  { write: '10.0.0.0/8', meaning: 'an address in this range in any value, or this text' },
  { write: 'agent:/boto3?\\/1\\./i', meaning: 'a regular expression' },
  { write: '~delettrail', meaning: 'a word like this one, typing errors forgiven' },
];
