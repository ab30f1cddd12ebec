import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService } from '../../../src';
import { newApp } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const ENV = { account: '123456789012', region: 'eu-west-1' };

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** What the roles of a task may do for the log, beside the log group of the service: as `actions on resources`. */
function permissionsWith(options: Record<string, string>, isOwnRole = false): string[] {
  const stack = new Stack(newApp(), 'Shop', { env: ENV });
  const taskRole = isOwnRole ? new Role(stack, 'Mine', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }) : undefined;
  new ScalableStatelessService(stack, 'Search', { image: IMAGE, taskRole, logDriver: LogDrivers.firelens({ options }) });
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const statements = policies.filter(([id]) => !id.includes('ExecutionRoleDefault') && !id.includes('FlowLog')).flatMap(statementsOf);
  return statements.map(({ Action, Resource }) => `${[Action].flat().join(' ')} on ${plain(Resource)}`);
}

function statementsOf([, { Properties }]: [string, { Properties?: { PolicyDocument: { Statement: Statement[] } } }]): Statement[] {
  return Properties!.PolicyDocument.Statement;
}

function plain(resource: unknown): string {
  return JSON.stringify(resource)
    .replaceAll(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, 'arn$1')
    .replaceAll('"', '');
}

const LOGS = 'logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogStreams logs:PutLogEvents';
const PULL = 'ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer ecr:BatchGetImage';

describe('a log router', () => {
  test('is pulled from the repository of AWS, and no other', () => {
    expect(permissionsWith({ Name: 'http' })).toContain(`${PULL} on arn:ecr:eu-west-1:*:repository/aws-for-fluent-bit`);
  });

  test.each<[Record<string, string>, string]>([
    [
      { Name: 'firehose', delivery_stream: 'clicks' },
      'firehose:PutRecordBatch on arn:firehose:eu-west-1:123456789012:deliverystream/clicks',
    ],
    [
      { Name: 'kinesis_firehose', delivery_stream: 'clicks' },
      'firehose:PutRecordBatch on arn:firehose:eu-west-1:123456789012:deliverystream/clicks',
    ],
    [{ Name: 'kinesis', stream: 'clicks', region: 'us-east-1' }, 'kinesis:PutRecords on arn:kinesis:us-east-1:123456789012:stream/clicks'],
    [{ Name: 'kinesis_streams', stream: 'clicks' }, 'kinesis:PutRecords on arn:kinesis:eu-west-1:123456789012:stream/clicks'],
    [
      { Name: 'cloudwatch', log_group_name: 'shop' },
      `${LOGS} on [arn:logs:eu-west-1:123456789012:log-group:shop,arn:logs:eu-west-1:123456789012:log-group:shop:*]`,
    ],
    [
      { Name: 'cloudwatch_logs', log_group_name: 'shop', log_retention_days: '7' },
      `${LOGS} logs:PutRetentionPolicy on [arn:logs:eu-west-1:123456789012:log-group:shop,arn:logs:eu-west-1:123456789012:log-group:shop:*]`,
    ],
    [{ Name: 'cloudwatch', log_group_name: '$(tag)' }, `${LOGS} on *`],
    [{ Name: 'firehose' }, 'firehose:PutRecordBatch on *'],
  ])('may write to what the log driver names: %j', (options, permission) => {
    expect(permissionsWith(options)).toContain(permission);
    expect(permissionsWith(options, true)).toContain(permission);
  });

  test('may write to nothing of AWS where it sends the log elsewhere', () => {
    expect(permissionsWith({ Name: 'http' }).filter((each) => !each.startsWith('ecr:'))).toEqual([]);
  });
});
