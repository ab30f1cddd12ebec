import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ContainerImage, ContainerInsights, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { type ScalableStatelessServiceProps, Tracing } from '../../../src';
import { idOf, propertiesOf, synthesize } from '../../synthesize';

/** What the dashboard holds, with names instead of references. */
function dashboardOf(props: ScalableStatelessServiceProps = {}): { properties: Record<string, unknown> }[] {
  const body = propertiesOf(synthesize(props).template, 'AWS::CloudWatch::Dashboard')['DashboardBody'] as {
    'Fn::Join': [string, unknown[]];
  };
  const text = body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  return JSON.parse(text).widgets;
}

describe('the dashboard', () => {
  const widgets = dashboardOf();
  const titled = (word: string) => widgets.find(({ properties }) => String(properties['title']).includes(word))!.properties;
  const lines = (word: string) => (titled(word)['annotations'] as { horizontal: { value: number }[] }).horizontal.map(({ value }) => value);

  test('asks one question with each graph', () => {
    expect(widgets.map(({ properties }) => properties['title'])).toEqual([
      'Healthy and unhealthy tasks',
      'Requests per task and minute',
      'CPU utilization, percent',
      'Response time, seconds',
      'Requests and server errors per minute',
      'Memory utilization, percent',
      'Cost of the tasks at on-demand prices of us-east-1, dollars per hour',
    ]);
  });

  test('shows what scaling follows beside its targets, and the tasks between their bounds', () => {
    expect(lines('Healthy and unhealthy')).toEqual([2, 6]);
    expect(lines('Requests per task')).toEqual([6000]);
    expect(lines('CPU')).toEqual([50]);
  });

  test('shows what the tasks cost on their processor', () => {
    const cost = (props?: ScalableStatelessServiceProps) => JSON.stringify(dashboardOf(props).at(-1)!.properties['metrics']);
    expect(cost()).toContain('tasks * 0.009875');
    expect(cost({ cpuArchitecture: CpuArchitecture.X86_64 })).toContain('tasks * 0.0123425');
  });

  test('can be left out', () => {
    const { template, service } = synthesize({ dashboard: false });
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
    expect(service.dashboard).toBeUndefined();
  });
});

describe('logs', () => {
  test('have the retention, encryption and removal policy of the props', () => {
    const { template } = synthesize((stack) => ({
      logRetention: RetentionDays.ONE_YEAR,
      logEncryptionKey: new Key(stack, 'Key'),
      logRemovalPolicy: RemovalPolicy.RETAIN,
    }));
    template.allResourcesProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [idOf(template, 'AWS::KMS::Key'), 'Arn'] },
    });
    template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' });
  });

  test('in buckets stay when the service goes, unless they are to be destroyed: they are emptied then', () => {
    synthesize().template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    const { template } = synthesize({ logRemovalPolicy: RemovalPolicy.DESTROY });
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
  });
});

test.each([
  [ContainerInsights.DISABLED, 'disabled'],
  [ContainerInsights.ENHANCED, 'enhanced'],
])('CloudWatch collects as much as %s', (containerInsights, Value) => {
  const { template } = synthesize({ containerInsights });
  expect(propertiesOf(template, 'AWS::ECS::Cluster')['ClusterSettings']).toEqual([{ Name: 'containerInsights', Value }]);
});

describe('traces', () => {
  const collectorImage = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/collector:1');
  const { template } = synthesize({ tracing: Tracing.xRay(collectorImage) });
  const [web, collector] = propertiesOf(template, 'AWS::ECS::TaskDefinition')['ContainerDefinitions'] as Record<string, unknown>[];

  test('go to a collector beside the container, without which it serves on', () => {
    expect(web!['Environment']).toEqual([
      { Name: 'OTEL_EXPORTER_OTLP_ENDPOINT', Value: 'http://localhost:4318' },
      { Name: 'OTEL_SERVICE_NAME', Value: 'Search' },
    ]);
    expect(collector).toMatchObject({ Name: 'collector', Essential: false, ReadonlyRootFilesystem: true });
  });

  test('may be handed to X-Ray, and find a way there', () => {
    expect(JSON.stringify(propertiesOf(template, 'AWS::IAM::Policy', 'TaskRole'))).toContain('xray:PutTraceSegments');
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
    expect(JSON.stringify(endpoints)).toContain('.xray');
  });

  test('by the public collector are warned of where it is out of reach', () => {
    const { annotations } = synthesize({ tracing: Tracing.xRay() });
    expect(annotations.findWarning('*', Match.stringLikeRegexp('aws-otel-collector'))).toHaveLength(1);
  });
});
