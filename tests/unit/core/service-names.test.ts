import { describe, expect, it } from 'vitest';
import { eventSourcesOf } from '#core/service-names';

describe('the names CloudTrail has for a service', () => {
  it.each([
    ['cloudwatch', 'monitoring'],
    ['Amazon CloudWatch', 'monitoring'],
    ['step functions', 'states'],
    ['StepFunctions.amazonaws.com', 'states'],
    ['cognito', 'cognito-idp cognito-identity cognito-sync'],
    ['eventbridge', 'events'],
    ['ses', 'email'],
    ['email', ''],
    ['s3', ''],
    ['constructor', ''],
  ])('%s: %s', (product, names) => {
    expect(eventSourcesOf(product).join(' ')).toBe(names);
  });

  /** `eventSource` of events of each product, without the domain, as the products' pages on logging with CloudTrail have it. */
  it.each([
    ['elasticloadbalancing', 'application load balancer, ALB, ELB, ELBv2, load balancer, NLB'],
    ['rds', 'Aurora, DocumentDB, Neptune'],
    ['acm', 'Certificate Manager'],
    ['acm-pca', 'AWS Private CA'],
    ['monitoring', 'CloudWatch, CloudWatch metrics'],
    ['events', 'CloudWatch Events, Amazon EventBridge'],
    ['pipes', 'EventBridge Pipes'],
    ['scheduler', 'EventBridge Scheduler'],
    ['logs', 'CloudWatch Logs'],
    ['cognito-identity', 'Cognito Identity'],
    ['cognito-idp', 'Cognito user pools'],
    ['signin', 'console, ConsoleLogin, console sign-in'],
    ['ecr', 'container registry'],
    ['ce', 'Cost Explorer'],
    ['dms', 'AWS Database Migration Service'],
    ['ds', 'Directory Service'],
    ['dynamodb', 'Dynamo'],
    ['ec2', 'VPC, security group'],
    ['elasticfilesystem', 'EFS'],
    ['es', 'Elasticsearch, OpenSearch'],
    ['elasticmapreduce', 'EMR'],
    ['ecs', 'AWS Fargate'],
    ['access-analyzer', 'IAM Access Analyzer'],
    ['sso sso-directory identitystore signin', 'IAM Identity Center, Identity Center'],
    ['sso-directory identitystore signin', 'SSO'],
    ['inspector2', 'inspector'],
    ['inspector2 inspector', 'Amazon Inspector'],
    ['firehose', 'Kinesis Firehose, Amazon Data Firehose'],
    ['macie2 macie', 'Amazon Macie'],
    ['kafka', 'MSK'],
    ['ssm', 'Parameter Store, Systems Manager'],
    ['ssm ssmmessages', 'Session Manager'],
    ['pinpoint mobiletargeting sms-voice', 'Amazon Pinpoint'],
    ['resource-groups', 'Resource Groups'],
    ['ses email', 'Amazon SES, Simple Email Service'],
    ['states', 'Step Function, SFN'],
    ['sdb', 'SimpleDB'],
    ['ec2 ebs', 'Amazon EBS'],
    ['wafv2 waf waf-regional', 'AWS WAF'],
  ])('are %s for %s', (names, products) => {
    for (const product of products.split(', '))
      expect([product, eventSourcesOf(product).join(' ')]).toEqual([product, names]);
  });
});
