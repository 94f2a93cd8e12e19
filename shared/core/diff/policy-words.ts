/** Statements of policies, and parts of them, in words. */
import type { Part, PartName, Parts, Statement } from './statement';

const mostNames = 4;
const longestName = 160;

/** `a, b and 3 more`. */
export function listWords(names: readonly string[]): string {
  const shown = names
    .slice(0, mostNames)
    .map((name) => (name.length > longestName ? `${name.slice(0, longestName)}…` : name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** Names of one part: `every action (*)`, `everyone (*)`, `account 111122223333`. */
export function partWords({ names, isExcluding }: Part, part: PartName): string {
  const every = { Action: 'every action', Resource: 'every resource', Principal: 'everyone' }[part];
  const words = listWords(
    names.map(({ text }) => (part === 'Principal' ? principalWords(text) : text === '*' ? `${every} (*)` : text)),
  );
  return isExcluding ? `${every} but ${words}` : words;
}

function principalWords(name: string): string {
  const space = name.indexOf(' ');
  const [kind, id] = [name.slice(0, space), name.slice(space + 1)];
  switch (kind) {
    case 'AWS':
      return id === '*' ? 'everyone (*)' : /^\d{12}$/.test(id) ? `account ${id}` : id;
    case 'Service':
      return `service ${id}`;
    case 'Federated':
      return `identity provider ${id}`;
    case 'CanonicalUser':
      return `canonical user ${id}`;
    default:
      return `${kind} ${id}`;
  }
}

/** `s3:GetObject on arn:… to everyone (*), under its conditions (IpAddress aws:SourceIp)`. */
export function scopeWords({ conditions }: Statement, { Action, Resource, Principal }: Parts): string {
  const words = Action === null ? [] : [partWords(Action, 'Action')];
  if (Resource !== null) words.push(`on ${partWords(Resource, 'Resource')}`);
  if (Principal !== null) words.push(`to ${partWords(Principal, 'Principal')}`);
  const names = conditions.map(({ name }) => name);
  return `${words.join(' ')}${names.length === 0 ? '' : `, under its conditions (${listWords(names)})`}`;
}

export const verbOf = ({ effect }: Statement): string => (effect === 'Allow' ? 'allows' : 'denies');
