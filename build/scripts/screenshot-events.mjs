/** Two calls for the picture of a comparison: a bucket's policy as it was, and as an intruder leaves it. */

const bucket = 'example-prod-ledger-archive';
const resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];

/** @param {object} read what the statement on reading allows, and to whom */
function policy(read) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyOverTls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: resource,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      { Sid: 'PartnerRead', Effect: 'Allow', Resource: resource, ...read },
    ],
  };
}

/**
 * @param {string} id
 * @param {string} time
 * @param {{ readonly userName: string, readonly accessKeyId: string, readonly address: string, readonly agent: string }} who
 * @param {object} bucketPolicy
 */
function putBucketPolicy(id, time, { userName, accessKeyId, address, agent }, bucketPolicy) {
  const host = 's3.us-east-1.amazonaws.com';
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${id.slice(0, 8).toUpperCase()}EXAMPLE`,
      arn: `arn:aws:iam::111122223333:user/${userName}`,
      accountId: '111122223333',
      accessKeyId,
      userName,
    },
    eventTime: time,
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: address,
    userAgent: `[${agent}]`,
    requestParameters: { bucketPolicy, bucketName: bucket, Host: host, policy: '' },
    responseElements: null,
    additionalEventData: { SignatureVersion: 'SigV4', AuthenticationMethod: 'AuthHeader', 'x-amz-id-2': `${id}Id2=` },
    requestID: id.slice(0, 8).toUpperCase(),
    eventID: id,
    readOnly: false,
    resources: [{ accountId: '111122223333', type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: host },
  };
}

const partner = { AWS: 'arn:aws:iam::444455556666:role/PartnerImport' };

export const comparedRecords = {
  Records: [
    putBucketPolicy(
      '0c5e2d41-6f0a-4b27-9a53-5d1d3c7b8e10',
      '2024-03-04T09:26:41Z',
      {
        userName: 'mary.major',
        accessKeyId: 'AKIAI44QH8DHBEXAMPLE',
        address: '198.51.100.12',
        agent: 'aws-cli/2.15.25 Python/3.11.8 Darwin/23.3.0 exe/x86_64',
      },
      policy({
        Principal: partner,
        Action: 's3:GetObject',
        Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
      }),
    ),
    putBucketPolicy(
      '7d9b1f62-1c84-4e0b-8f35-2a6f90c4d7b3',
      '2024-03-05T02:19:58Z',
      {
        userName: 'svc-backup-sync',
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        address: '203.0.113.66',
        agent: 'aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0-kali5-amd64',
      },
      policy({ Principal: '*', Action: ['s3:GetObject', 's3:ListBucket'] }),
    ),
  ],
};
