/**
 * CloudTrail's names for services whose product has another name: `monitoring` for CloudWatch. By product, in lower case
 * without spaces, dashes and "Amazon" or "AWS"; the names are those of `eventSource`, without the domain.
 */
const sources = {
  applicationloadbalancer: ['elasticloadbalancing'],
  alb: ['elasticloadbalancing'],
  aurora: ['rds'],
  certificatemanager: ['acm'],
  cloudwatch: ['monitoring'],
  cloudwatchevents: ['events'],
  cloudwatchlogs: ['logs'],
  cloudwatchmetrics: ['monitoring'],
  cognito: ['cognito-idp', 'cognito-identity', 'cognito-sync'],
  cognitoidentity: ['cognito-identity'],
  cognitouserpools: ['cognito-idp'],
  console: ['signin'],
  consolelogin: ['signin'],
  consolesignin: ['signin'],
  containerregistry: ['ecr'],
  costexplorer: ['ce'],
  databasemigrationservice: ['dms'],
  directoryservice: ['ds'],
  documentdb: ['rds'],
  dynamo: ['dynamodb'],
  ebs: ['ec2', 'ebs'],
  efs: ['elasticfilesystem'],
  elasticsearch: ['es'],
  elb: ['elasticloadbalancing'],
  elbv2: ['elasticloadbalancing'],
  emr: ['elasticmapreduce'],
  eventbridge: ['events'],
  eventbridgepipes: ['pipes'],
  eventbridgescheduler: ['scheduler'],
  fargate: ['ecs'],
  iamaccessanalyzer: ['access-analyzer'],
  iamidentitycenter: ['sso', 'sso-directory', 'identitystore', 'signin'],
  identitycenter: ['sso', 'sso-directory', 'identitystore', 'signin'],
  inspector: ['inspector2', 'inspector'],
  kinesisfirehose: ['firehose'],
  datafirehose: ['firehose'],
  loadbalancer: ['elasticloadbalancing'],
  macie: ['macie2', 'macie'],
  msk: ['kafka'],
  neptune: ['rds'],
  nlb: ['elasticloadbalancing'],
  opensearch: ['es'],
  parameterstore: ['ssm'],
  pinpoint: ['pinpoint', 'mobiletargeting', 'sms-voice'],
  privateca: ['acm-pca'],
  resourcegroups: ['resource-groups'],
  securitygroup: ['ec2'],
  ses: ['ses', 'email'],
  sessionmanager: ['ssm', 'ssmmessages'],
  sfn: ['states'],
  simpleemailservice: ['ses', 'email'],
  simpledb: ['sdb'],
  sso: ['sso', 'sso-directory', 'identitystore', 'signin'],
  stepfunction: ['states'],
  stepfunctions: ['states'],
  systemsmanager: ['ssm'],
  vpc: ['ec2'],
  waf: ['wafv2', 'waf', 'waf-regional'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const byProduct = new Map<string, readonly string[]>(Object.entries(sources));

/** CloudTrail's names for a product, other than the given one; empty where none is known. */
export function eventSourcesOf(product: string): readonly string[] {
  const short = product.toLowerCase().replace(/\.amazonaws\.com$/, '');
  const plain = short.replace(/[\s_-]/g, '').replace(/^(?:amazon|aws)/, '');
  return (byProduct.get(plain) ?? []).filter((name) => name !== short);
}
