/** What a call was made on, as its record names it. */
import type { JsonNode } from '../json/tree';
import { policyCall } from './policy-calls';
import { generalRank, targetPath, targetRule } from '../target/target-rule';
import { isRedacted, member } from './shapes';

export interface NamedResource {
  /** For people: the ARN, or `bucketName audit-logs`. */
  readonly name: string;
  /** Field paths and their values: all of them make the resource. */
  readonly fields: readonly (readonly [string, string])[];
}

/**
 * The resource of a record: its `resources[].ARN`, else the request parameters that name its target; null where neither does. What the call
 * made is not asked for: no other call has it in its response.
 */
export function namedResource(record: JsonNode): NamedResource | null {
  const resources = member(record, 'resources');
  const arns = (resources?.kind === 'array' ? resources.children : []).flatMap((each) => text(each, 'ARN') ?? []);
  if (arns.length > 0) {
    const distinct = [...new Set(arns)];
    return { name: distinct.join(', '), fields: distinct.map((arn) => ['resources.ARN', arn] as const) };
  }
  const request = member(record, 'requestParameters');
  if (request?.kind !== 'object') return null;
  const target = policyTarget(record, request);
  if (target !== null) return named(target);
  const leaves = namingLeaves(request);
  const { places } = targetRule(text(record, 'eventSource') ?? '', text(record, 'eventName') ?? '');
  for (const { paths } of places) {
    const found = paths.map((path) => leaves.filter((leaf) => leaf.path === path));
    if (found.every((each) => each.length > 0)) return named(found.flat().map(fieldOf));
  }
  const ranked = leaves.flatMap((leaf) => {
    const rank = generalRank(leaf.path)?.rank;
    return rank === undefined ? [] : [{ ...leaf, rank }];
  });
  const [best] = ranked.toSorted((one, other) => one.rank - other.rank || (one.path < other.path ? -1 : 1));
  return best === undefined ? null : named(ranked.filter(({ path }) => path === best.path).map(fieldOf));
}

interface NamingLeaf {
  /** As rules write it. */
  readonly path: string;
  readonly node: JsonNode;
}

/** The values of a request that can name something. */
function namingLeaves(node: JsonNode): readonly NamingLeaf[] {
  if (node.children.length > 0) return node.children.flatMap(namingLeaves);
  const isNaming = (node.kind === 'string' || node.kind === 'number') && node.text !== '' && !isRedacted(node.text);
  return isNaming ? [{ path: targetPath(node.path), node }] : [];
}

function fieldOf({ node }: NamingLeaf): readonly [string, string] {
  return [node.path.slice(node.path.indexOf('.') + 1), node.text];
}

/** What names the policy that a call sets, a role having several; null where it sets none, or does not name it. */
function policyTarget(record: JsonNode, request: JsonNode): readonly (readonly [string, string])[] | null {
  const call = policyCall(text(record, 'eventSource') ?? '', text(record, 'eventName') ?? '');
  const fields = (call?.target ?? []).flatMap((path) => {
    const [holder, parameter = '', ...rest] = path.split('.');
    const value = holder === 'requestParameters' && rest.length === 0 ? text(request, parameter) : null;
    return value === null ? [] : [[parameter, value] as const];
  });
  return fields.length > 0 && fields.length === call?.target.length ? fields : null;
}

function named(fields: readonly (readonly [string, string])[]): NamedResource {
  const name = fields.map(([field, value]) => `${field.slice(field.lastIndexOf('.') + 1)} ${value}`).join(', ');
  return { name, fields: fields.map(([field, value]) => [`requestParameters.${field}`, value] as const) };
}

function text(node: JsonNode, key: string): string | null {
  const found = member(node, key);
  return found?.kind === 'string' && found.text !== '' && !isRedacted(found.text) ? found.text : null;
}
