import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError, type AwsObject, type Reply } from '../../../emulation/front/aws-call';
import { recognizeRequest } from '../../../emulation/front/aws-request';
import { parseQueryForm, writeQueryForm } from '../../../emulation/front/query-form';
import { decodeInput, decodeOutput, encodeError, encodeOutput, type WireProtocol } from '../../../emulation/front/wire-protocols';

const PROTOCOLS: readonly WireProtocol[] = ['json-1.0', 'json-1.1', 'query', 'cbor'];

/** Outputs of plain text, which every protocol has; XML has no empty lists and no empty structures. */
const outputs = fc.letrec<{ output: AwsObject; value: AwsObject[string] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme-ascii' }).map((text) => `x${text.trim()}x`),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    tie('output'),
  ),
  output: fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{1,6}$/), tie('value'), { minKeys: 1, maxKeys: 4 }),
})).output;

test.each(PROTOCOLS)('what is written in %s is read again as it was', (protocol) => {
  fc.assert(
    fc.property(outputs, (output) => {
      const reply = encodeOutput(protocol, 'monitoring', 'DescribeAlarms', output);
      expect(decodeOutput(protocol, 'DescribeAlarms', reply)).toEqual(output);
    }),
  );
});

test('the form of the query protocol is read as it was written', () => {
  fc.assert(
    fc.property(outputs, (input) => {
      const { Action, Version, ...read } = parseQueryForm(new URLSearchParams(writeQueryForm('PutMetricAlarm', '2010-08-01', input)));
      expect([Action, Version, read]).toEqual(['PutMetricAlarm', '2010-08-01', input]);
    }),
  );
});

test('timestamps are seconds in JSON, ISO 8601 in XML, and tagged in CBOR', () => {
  const output = { At: new Date('2026-01-02T03:04:05.500Z') };
  const textOf = (protocol: WireProtocol): string => encodeOutput(protocol, 'monitoring', 'X', output).body.toString('latin1');
  expect(textOf('json-1.1')).toBe('{"At":1767323045.5}');
  expect(textOf('query')).toContain('<At>2026-01-02T03:04:05.500Z</At>');
  expect(decodeOutput('cbor', 'X', encodeOutput('cbor', 'monitoring', 'X', output))).toEqual(output);
});

test('errors name their code in each protocol', () => {
  const error = new AwsError('ServiceNotFoundException', 'Service not found: <web>');
  const bodyOf = (reply: Reply): string => reply.body.toString('utf8');
  expect(JSON.parse(bodyOf(encodeError('json-1.1', error)))).toEqual({ __type: 'ServiceNotFoundException', message: error.message });
  expect(bodyOf(encodeError('query', error))).toContain(
    '<Code>ServiceNotFoundException</Code><Message>Service not found: &lt;web&gt;</Message>',
  );
  expect(decodeInput('cbor', encodeError('cbor', error).body)).toMatchObject({ message: error.message });
});

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=1`,
});
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

test.each([
  [
    'ECS in JSON',
    { ...signedFor('ecs'), 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListTasks', 'content-type': 'application/x-amz-json-1.1' },
    '/',
    'ecs json-1.1 ListTasks',
  ],
  [
    'CloudWatch in JSON',
    {
      ...signedFor('monitoring'),
      'x-amz-target': 'GraniteServiceVersion20100801.ListMetrics',
      'content-type': 'application/x-amz-json-1.0',
    },
    '/',
    'monitoring json-1.0 ListMetrics',
  ],
  [
    'CloudWatch in CBOR',
    signedFor('monitoring'),
    '/service/GraniteServiceVersion20100801/operation/ListMetrics',
    'monitoring cbor ListMetrics',
  ],
  ['CloudWatch as a form', { ...signedFor('monitoring'), ...FORM }, '/', 'monitoring query undefined'],
  ['Elastic Load Balancing as a form', { ...signedFor('elasticloadbalancing'), ...FORM }, '/', 'elasticloadbalancing query undefined'],
  ['CloudFormation as a form', { ...signedFor('cloudformation'), ...FORM }, '/', undefined],
  ['DynamoDB in JSON', { ...signedFor('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '/', undefined],
  ['an object of S3', signedFor('s3'), '/bucket/key', undefined],
])('%s is recognized', (_, headers, path, expected) => {
  const recognized = recognizeRequest(headers, path);
  expect(recognized && `${recognized.service} ${recognized.protocol} ${recognized.operation}`).toBe(expected);
  if (recognized !== undefined) expect(recognized.region).toBe('eu-west-1');
});
