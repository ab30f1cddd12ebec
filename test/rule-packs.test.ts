import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../src';
import { Consumer, NAME, ROOT } from './consumer';
import { SERVICE_VARIANTS, type VariantsApp, variantsApp, WITHOUT_RECORDS } from './variants/service-variants';
import type { Variant } from './variants/variant';

/** What cdk-nag calls a pack of rules. */
interface RulePack {
  validateScope(scope: IConstruct): { violations: { ruleName: string }[] };
}

// cdk-nag asks for a newer CDK than the other tests run with.
const newest = new Consumer('copy', join(ROOT, 'test/newest-cdk'), ['aws-cdk-lib', 'constructs', 'cdk-nag']);
afterAll(() => newest.remove());

const nag: Record<string, new () => RulePack> = newest.require('cdk-nag');
const cdk: typeof import('aws-cdk-lib') = newest.require('aws-cdk-lib');
const { aws_iam } = cdk;
const { Certificate }: typeof import('aws-cdk-lib/aws-certificatemanager') = newest.require('aws-cdk-lib/aws-certificatemanager');
const { Port }: typeof import('aws-cdk-lib/aws-ec2') = newest.require('aws-cdk-lib/aws-ec2');
const { PolicyStatement }: typeof import('aws-cdk-lib/aws-iam') = newest.require('aws-cdk-lib/aws-iam');
const { Key }: typeof import('aws-cdk-lib/aws-kms') = newest.require('aws-cdk-lib/aws-kms');
const { Topic }: typeof import('aws-cdk-lib/aws-sns') = newest.require('aws-cdk-lib/aws-sns');
const { Bucket }: typeof import('aws-cdk-lib/aws-s3') = newest.require('aws-cdk-lib/aws-s3');
const ours: typeof import('../src') = newest.require(NAME);
const { Chaos, Deployment, Network, WebAcl, ScalableStatelessService } = ours;

const PAGE = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012';
const WEB_ACL = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1';
const BLUE_GREEN_POLICY = 'Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers';
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';

type PropsIn = (stack: Stack) => ScalableStatelessServiceProps;

/** The defaults, with HTTPS. */
const DEFAULTS: PropsIn = () => ({});

/** As they would be without a word from this package. */
const UNACKNOWLEDGED: PropsIn = () => ({ acknowledgeFindings: false, deployment: Deployment.blueGreen() });

/** Every prop that docs/security.md names against a finding, at once. */
const HARDENED: PropsIn = (stack) => ({
  logEncryptionKey: Key.fromKeyArn(stack, 'Key', KEY),
  webAcl: WebAcl.fromArn(WEB_ACL),
  deletionProtection: true,
  redirectHttp: false,
  accessLogsBucket: Bucket.fromBucketName(stack, 'Bucket', 'access-logs'),
  alarmTopic: Topic.fromTopicArn(stack, 'Topic', TOPIC),
});
const HARDENED_FLAGS = { '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': true };

let variants: VariantsApp;
beforeAll(() => {
  variants = variantsApp(newest.folder, { cdk, ours });
});

test('each prop is in one of at least forty variants', () => {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
  const props: { name: string }[] = types[`${NAME}.ScalableStatelessServiceProps`].properties;
  expect(props.map(({ name }) => name).filter((name) => !variants.props.has(name))).toEqual([]);
  expect(SERVICE_VARIANTS.length).toBeGreaterThanOrEqual(40);
});

describe('AwsSolutions finds', () => {
  test.each<[string, string[], PropsIn]>([
    ['nothing in the default service', [], DEFAULTS],
    ['nothing with two versions side by side', [], () => ({ deployment: Deployment.blueGreen() })],
    ['what is acknowledged, where it is not', ['EC23', `IAM4[${BLUE_GREEN_POLICY}]`, 'IAM5[Resource::*]'], UNACKNOWLEDGED],
    ['who may connect where plain HTTP is answered', ['EC23'], () => ({ certificate: undefined })],
    ['every variable of environment', ['ECS2'], () => ({ environment: { LOG_LEVEL: 'warn' } })],
  ])('%s', (_, expected, propsIn) => {
    expect(findingsOf('AwsSolutionsChecks', propsIn)).toEqual(expected);
  });

  test.each(SERVICE_VARIANTS.map((variant): [string, Variant] => [variant.title, variant]))(
    'nothing in %s, but what its props choose as the page says',
    (_, variant) => {
      expect(findingsIn('AwsSolutionsChecks', variants.stacks.get(variant)!)).toEqual(variant.chosenFindings ?? []);
      for (const finding of variant.chosenFindings ?? []) expect(PAGE).toMatch(new RegExp(`^\\| ${finding.replace(/\[.*/, '')}\\b`, 'm'));
    },
  );

  test('nothing in experiments of every kind, beyond what the service itself has', () => {
    const stack = stackOf(() => ({ network: Network.public() }));
    const service = stack.node.findChild('Search') as InstanceType<typeof ScalableStatelessService>;
    const without = findingsIn('AwsSolutionsChecks', stack);
    const chaos = new Chaos(stack, 'Chaos', { target: service });
    chaos.stopTasks('StopTasks');
    chaos.stopTasksInZone('LoseZone');
    chaos.stressCpu('StressCpu');
    chaos.addNetworkLatency('SlowNetwork');
    expect(findingsIn('AwsSolutionsChecks', stack)).toEqual(without);
  });

  test('what is done to the same role and the same security group later', () => {
    const stack = stackOf(DEFAULTS);
    const service = stack.node.findChild('Search') as InstanceType<typeof ScalableStatelessService>;
    service.executionRole.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    service.loadBalancer.connections.allowFromAnyIpv4(Port.SSH);
    expect(findingsIn('AwsSolutionsChecks', stack)).toEqual(['EC23', 'IAM5[Resource::*]']);
  });

  test('no other permission on everything than the one which logs in to the registry', () => {
    const stack = stackOf(DEFAULTS);
    const policies = stack.node.findAll().filter((each): each is CfnPolicy => each instanceof aws_iam.CfnPolicy);
    const everywhere = policies.flatMap(({ policyDocument }) =>
      stack.resolve(policyDocument).Statement.filter(({ Resource }: { Resource: unknown }) => Resource === '*'),
    );
    expect(everywhere.map(({ Action }) => Action)).toEqual(['ecr:GetAuthorizationToken']);
  });

  test('every acknowledgement in what the CDK knows of its resource, with the reason', () => {
    const metadata = stackOf(DEFAULTS)
      .node.findAll()
      .flatMap(({ node }) => node.metadata);
    const acknowledged = metadata.filter(({ type }) => type === ACKNOWLEDGED).flatMap(({ data }) => Object.entries<string>(data));
    const ours = acknowledged.filter(([id]) => id.includes('AwsSolutions-'));
    expect(ours.map(([id]) => id.replace(/^.*-/, ''))).toEqual(['EC23', 'EC23', 'IAM5[Resource::*]']);
    for (const [, reason] of ours) expect(reason).toMatch(/\.$/);
  });
});

describe.each([
  ['NIST', 'NIST80053R5Checks'],
  ['PCI', 'PCIDSS321Checks'],
  ['HIPAA', 'HIPAASecurityChecks'],
])('%s', (name, pack) => {
  test('finds in the default service what docs/security.md says, and nothing else', () => {
    const listed = rowsOfPage().filter(([, packs]) => packs!.startsWith('all') || packs!.split(', ').includes(name));
    expect(findingsOf(pack, DEFAULTS)).toEqual(listed.flatMap(([rules]) => rules!.split(', ')).sort());
  });

  test('finds no more than what no prop clears when all are given', () => {
    expect(findingsOf(pack, HARDENED, HARDENED_FLAGS)).toEqual(['IAMNoInlinePolicy', 'VPCNoUnrestrictedRouteToIGW']);
  });

  test('finds that a managed web ACL has no log', () => {
    expect(findingsOf(pack, () => ({ webAcl: WebAcl.managed() }))).toContain('WAFv2LoggingEnabled');
  });
});

describe('Serverless finds', () => {
  test.each<[string, string[], PropsIn]>([
    ['nothing in the default service', [], DEFAULTS],
    ['no queue for events of failed deployments that the topic would not take', ['EventBusDLQ'], HARDENED],
  ])('%s', (_, expected, propsIn) => {
    expect(findingsOf('ServerlessChecks', propsIn)).toEqual(expected);
  });
});

function stackOf(propsIn: PropsIn, context: Record<string, unknown> = {}): Stack {
  const stack = new cdk.Stack(
    new cdk.App({ context: { ...WITHOUT_RECORDS, ...context }, outdir: mkdtempSync(join(newest.folder, 'cdk.out-')) }),
    'Shop',
  );
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
  new ScalableStatelessService(stack, 'Search', { certificate, ...propsIn(stack) });
  return stack;
}

/** The rules that a service breaks, in the order of their names, without the name of the pack. */
function findingsOf(pack: string, propsIn: PropsIn, context?: Record<string, unknown>): string[] {
  return findingsIn(pack, stackOf(propsIn, context));
}

function findingsIn(pack: string, stack: Stack): string[] {
  const { violations } = new nag[pack]!().validateScope(stack);
  return violations.map(({ ruleName }) => ruleName.replace(/^[^-]+-/, '')).sort();
}

/** The table of NIST, PCI DSS and HIPAA: rules, packs and what clears them. */
function rowsOfPage(): string[][] {
  const [, section] = PAGE.split('### NIST');
  const [table] = section!.split('Besides');
  return [...table!.matchAll(/^\| (?!finding)(\w.*) \|$/gm)].map(([, row]) => row!.split(' | '));
}
