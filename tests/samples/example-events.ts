/** Invented events that hold what is easily lost on the way through a wrapper. */

/** The JSON of the event of this number, as CloudTrail writes it: on one line. */
export function exampleEvent(number: number): string {
  const id = number.toString(16).padStart(2, '0');
  const second = String(number % 60).padStart(2, '0');
  // Written by hand where a parser would change it: a number past 2^53, escapes of several spellings, a lone surrogate.
  return (
    `{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::111122223333:user/alice",` +
    `"accountId":"111122223333","accessKeyId":"AKIAEXAMPLE","userName":"alice"},"eventTime":"2024-03-05T02:00:${second}Z",` +
    `"eventSource":"s3.amazonaws.com","eventName":"PutObject","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.${String(number)}",` +
    `"userAgent":"[aws-cli/2.15 \\"quoted\\" \\\\ C:\\\\temp]","requestParameters":{"bucketName":"example-bucket","key":"a,b\\n\\u00e4\\ud83d\\ude00\\ud800\\/ä😀",` +
    `"size":12345678901234567890,"ratio":1.0E+2,"policy":"{\\"Statement\\":[{\\"Effect\\":\\"Allow\\"}]}"},"responseElements":null,` +
    `"requestID":"EXAMPLE${id.toUpperCase()}","eventID":"${id.repeat(4)}-1111-4222-8333-${id.repeat(6)}","readOnly":false,` +
    `"resources":[{"ARN":"arn:aws:s3:::example-bucket","accountId":"111122223333","type":"AWS::S3::Bucket"}],` +
    `"eventType":"AwsApiCall","managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data"}`
  );
}

/** Several of them, from 1 on. */
export function exampleEvents(count: number): string[] {
  return Array.from({ length: count }, (_, i) => exampleEvent(i + 1));
}

/** A text as a JSON string, lone surrogates and all. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** A cell of a table: in quotes, with the quotes in it doubled. */
export function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
