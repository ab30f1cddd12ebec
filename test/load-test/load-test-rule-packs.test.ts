import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { afterAll, describe, expect, test } from 'vitest';
import type { LoadTestProps, ScalableStatelessService } from '../../src';
import { Consumer, NAME, ROOT } from '../consumer';
import { WITHOUT_RECORDS } from '../variants/service-variants';
import { ENV, existingVpc, https } from '../variants/variant';

/** What cdk-nag calls a pack of rules. */
interface RulePack {
  validateScope(scope: IConstruct): { violations: { ruleName: string; resourceId?: string }[] };
}

// cdk-nag asks for a newer CDK than the other tests run with.
const newest = new Consumer('copy', join(ROOT, 'test/newest-cdk'), ['aws-cdk-lib', 'constructs', 'cdk-nag']);
afterAll(() => newest.remove());

const { AwsSolutionsChecks }: { AwsSolutionsChecks: new () => RulePack } = newest.require('cdk-nag');
const cdk: typeof import('aws-cdk-lib') = newest.require('aws-cdk-lib');
const ours: typeof import('../../src') = newest.require(NAME);
const library = { cdk, ours };
const { Duration } = cdk;

type PropsIn = (stack: Stack, target: ScalableStatelessService) => LoadTestProps;

const traffic = () => ours.Traffic.users(50, Duration.minutes(3));
const schedule = () => cdk.aws_scheduler.ScheduleExpression.cron({ hour: '3', minute: '0' });

describe('AwsSolutions finds', () => {
  test.each<[string, PropsIn, string[]]>([
    ['nothing in a load test with k6', (_, target) => ({ target, traffic: traffic() }), []],
    [
      'nothing in one with Locust, on a schedule, with an image that is built',
      (_, target) => ({
        target,
        traffic: traffic(),
        schedule: schedule(),
        engine: ours.LoadTestEngine.locust({ workers: 4, buildImage: true }),
      }),
      [],
    ],
    [
      'nothing in one of a URL, with a cluster of its own',
      (stack) => ({ url: 'https://shop.example.com', ...existingVpc(stack, library), traffic: traffic() }),
      [],
    ],
    [
      'nothing in one with an image in Amazon ECR, a key and no function',
      (stack, target) => ({
        target,
        traffic: traffic(),
        engine: ours.LoadTestEngine.k6({
          image: cdk.aws_ecs.ContainerImage.fromEcrRepository(new cdk.aws_ecr.Repository(stack, 'Images'), '7'),
        }),
        logEncryptionKey: new cdk.aws_kms.Key(stack, 'Key', { enableKeyRotation: true }),
        stopOnDelete: false,
      }),
      [],
    ],
    [
      'what is acknowledged, where it is not',
      (_, target) => ({ target, traffic: traffic(), acknowledgeFindings: false }),
      ['IAM5[Resource::*]', 'IAM5[Resource::arn:<AWS::Partition>:ecs:eu-west-1:123456789012:task/<SearchCluster4E056E97>/*]'],
    ],
  ])('%s', (_, propsIn, expected) => {
    expect(findingsOf(propsIn)).toEqual(expected);
  });
});

/** What cdk-nag finds in a service and its load test; the service alone has none. */
function findingsOf(propsIn: PropsIn): string[] {
  const app = new cdk.App({ context: WITHOUT_RECORDS, outdir: mkdtempSync(join(newest.folder, 'cdk.out-')) });
  const stack = new cdk.Stack(app, 'Shop', { env: ENV });
  const target = new ours.ScalableStatelessService(stack, 'Search', https(stack, library));
  new ours.LoadTest(stack, 'Load', propsIn(stack, target));
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  return violations.map(({ ruleName }) => ruleName.replace(/^[^-]+-/, '')).sort();
}
