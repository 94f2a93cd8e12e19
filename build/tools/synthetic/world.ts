/**
 * The made-up organisation: accounts, Regions, people, roles and the things they own.
 *
 * Account numbers, addresses and domains are those reserved for documentation, so that nothing here can be anybody's.
 */
import { at, awsId, codes, hash, hexId, stableUuid } from './random';

export interface Account {
  readonly index: number;
  readonly id: string;
  /** As in bucket names. */
  readonly name: string;
}

export const accounts: readonly Account[] = [
  { index: 0, id: '111122223333', name: 'prod' },
  { index: 1, id: '444455556666', name: 'dev' },
  { index: 2, id: '123456789012', name: 'security' },
];

/** Where events are recorded, and with which share of them. Global services record in us-east-1. */
export const places: readonly { readonly account: number; readonly region: string; readonly weight: number }[] = [
  { account: 0, region: 'us-east-1', weight: 40 },
  { account: 0, region: 'eu-west-1', weight: 22 },
  { account: 0, region: 'us-west-2', weight: 10 },
  { account: 0, region: 'ap-southeast-2', weight: 4 },
  { account: 1, region: 'us-east-1', weight: 12 },
  { account: 1, region: 'eu-west-1', weight: 7 },
  { account: 2, region: 'us-east-1', weight: 5 },
];

/** The people. The first ones also hold long-lived keys of IAM users. */
export const people: readonly string[] = [
  'alice.meyer',
  'arnav.desai',
  'carlos.salazar',
  'diego.ramirez',
  'efua.owusu',
  'jane.roe',
  'john.stiles',
  'jorge.souza',
  'kwaku.mensah',
  'li.juan',
  'martha.rivera',
  'mary.major',
  'mateo.jackson',
  'nikhil.jayashankar',
  'nikki.wolf',
  'pat.candella',
  'paulo.santos',
  'richard.roe',
  'saanvi.sarkar',
  'shirley.rodriguez',
  'sofia.martinez',
  'terry.whitlock',
  'wang.xiulan',
  'zhang.wei',
];

/** IAM users that programs sign in as. */
export const machineUsers: readonly string[] = ['ci-artifacts', 'backup-agent', 'metrics-exporter', 'legacy-importer'];

export const applications: readonly string[] = [
  'checkout',
  'catalog',
  'search',
  'orders',
  'payments',
  'inventory',
  'notifications',
  'reports',
  'media',
  'accounts',
  'pricing',
  'shipping',
];

const bucketKinds = ['assets', 'uploads', 'exports', 'logs', 'artifacts', 'backups', 'datalake', 'customer-exports'];
const tables = ['sessions', 'carts', 'orders', 'prices', 'stock', 'audit', 'feature-flags', 'idempotency'];

/** The things of one account in one Region, by number; the same number is the same thing in every file. */
export class Place {
  readonly account: Account;
  readonly region: string;
  private readonly seed: number;
  private readonly ids = new Map<string, string>();

  constructor(account: Account, region: string, seed: number) {
    this.account = account;
    this.region = region;
    this.seed = hash(seed, account.index, region.charCodeAt(0), region.length, region.charCodeAt(region.length - 1));
  }

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account.id}:${resource}`;
  }

  bucket(index: number): string {
    const kind = at(bucketKinds, index);
    const application = at(applications, Math.floor(index / bucketKinds.length));
    return `example-${this.account.name}-${application}-${kind}`;
  }

  instanceId(index: number): string {
    return `i-0${hexId(16, this.seed, 11, index)}`;
  }

  instanceAddress(index: number): string {
    return `10.${20 + this.account.index}.${hash(this.seed, 12, index) % 64}.${1 + (hash(this.seed, 13, index) % 254)}`;
  }

  /** An identifier such as `subnet-0…`. */
  resourceId(prefix: string, index: number): string {
    return `${prefix}-0${hexId(16, this.seed, prefix.length, prefix.charCodeAt(0), index)}`;
  }

  functionName(index: number): string {
    const jobs = ['api', 'worker', 'thumbnailer', 'webhook', 'nightly'];
    return `${at(applications, index)}-${at(jobs, Math.floor(index / applications.length))}`;
  }

  table(index: number): string {
    return `${at(applications, Math.floor(index / tables.length))}-${at(tables, index)}`;
  }

  keyArn(index: number): string {
    return this.arn('kms', `key/${stableUuid(this.seed, 14, index)}`);
  }

  secretArn(index: number): string {
    const suffix = awsId('', this.seed, 15, index).slice(0, 6);
    return this.arn('secretsmanager', `secret:${at(applications, index)}/database-${suffix}`);
  }

  roleArn(name: string): string {
    return `arn:aws:iam::${this.account.id}:role/${name}`;
  }

  /** The `AROA…` of a role of this account; roles are the same in every Region. */
  roleId(name: string): string {
    return this.named('AROA', name);
  }

  userId(name: string): string {
    return this.named('AIDA', name);
  }

  userArn(name: string): string {
    return `arn:aws:iam::${this.account.id}:user/${name}`;
  }

  longLivedKey(name: string): string {
    return this.named('AKIA', name);
  }

  /** The identifier of something of this account that has a name; the same in every Region. */
  private named(prefix: string, name: string): string {
    const known = this.ids.get(prefix + name);
    if (known !== undefined) return known;
    const id = awsId(prefix, this.account.index, ...codes(name));
    this.ids.set(prefix + name, id);
    return id;
  }
}
