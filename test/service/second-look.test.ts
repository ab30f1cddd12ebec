import { Annotations as Acknowledged, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { Deployment, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../src';
import { newApp, synthesize } from '../synthesize';

/** What is warned of, without how to acknowledge it. */
function warningsOf(props: Parameters<typeof synthesize>[0]): string[] {
  const { annotations } = synthesize(props);
  return annotations.findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data).replace(/ \[ack: .*\]$/, ''));
}

describe('warned of is', () => {
  test.each<[string, ScalableStatelessServiceProps, string]>([
    [
      'a target that no task could reach',
      { requestsPerSecondPerTask: 2501 },
      'requestsPerSecondPerTask is per second, and 0.25 vCPU serve at most 2500 requests per second: got 2501, which no task will reach, so that scaling follows the other signals alone. Was it meant per minute?',
    ],
    [
      'a target that any visitor exceeds',
      { requestsPerSecondPerTask: 0.16 },
      'requestsPerSecondPerTask is per second for each task, and 6 tasks are aimed at 0.96 requests per second together: got 0.16, with which any visitor asks for all tasks there may be',
    ],
    [
      'a single task',
      { minCapacity: 1 },
      'minCapacity is 1: the loss of one task leaves no task, and nobody is served until another one has started',
    ],
    [
      'three tasks of which two cannot carry the load',
      { minCapacity: 3, targetCpuUtilizationPercent: 67 },
      'minCapacity is 3, with the CPU of each at up to 67 %: the loss of one task leaves 2, which would need 3 x 67 / 2 = 101 % of theirs until others have started. a targetCpuUtilizationPercent of 66, or more tasks, would do',
    ],
    [
      'four tasks in two zones of which one cannot carry the load',
      { minCapacity: 4, targetCpuUtilizationPercent: 51 },
      'minCapacity is 4, with the CPU of each at up to 51 %: the loss of one zone leaves 2, which would need 4 x 51 / 2 = 102 % of theirs until others have started. a targetCpuUtilizationPercent of 50, or more tasks, would do',
    ],
  ])('%s', (_, props, sentence) => {
    expect(warningsOf(props)).toEqual([sentence]);
  });
});

describe('not warned of is', () => {
  test.each<ScalableStatelessServiceProps>([
    {},
    { requestsPerSecondPerTask: 2500 },
    { requestsPerSecondPerTask: 9999, cpu: 1024, memoryLimitMiB: 2048 },
    { requestsPerSecondPerTask: 0.17 },
    { requestsPerSecondPerTask: 0.01, scaleOnRequests: false },
    { minCapacity: 2, targetCpuUtilizationPercent: 50 },
    { minCapacity: 6, maxCapacity: 9, targetCpuUtilizationPercent: 66, availabilityZones: 3 },
  ])('%j', (props) => {
    // without an account and a region the CDK knows of two zones only.
    if (props.availabilityZones === undefined) expect(warningsOf(props)).toEqual([]);
    else expect(zonesWarned(props)).toEqual([]);
  });

  test('a number that only the deployment knows', () => {
    expect(warningsOf((stack) => ({ minCapacity: new CfnParameter(stack, 'Least', { type: 'Number' }).valueAsNumber }))).toEqual([]);
  });

  test('what was acknowledged', () => {
    const stack = new Stack(newApp(), 'Shop');
    const service = new ScalableStatelessService(stack, 'Search', { minCapacity: 1 });
    Acknowledged.of(service).acknowledgeWarning('cdk-scalable-stateless-service:redundancy');
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

describe('refused when the app is synthesized is', () => {
  test('a desired count beside scaling', () => {
    const stack = new Stack(newApp(), 'Shop');
    const { service } = new ScalableStatelessService(stack, 'Search');
    (service.node.defaultChild as CfnService).desiredCount = 3;
    expect(() => Template.fromStack(stack)).toThrow(
      /desiredCount must not be set, .*: minCapacity says how many there are at least, got 3/,
    );
  });

  test.each([true, false])('with two versions (%j), a policy that follows the requests of one target group', (hasTwo) => {
    const stack = new Stack(newApp(), 'Shop');
    const deployment = hasTwo ? Deployment.blueGreen() : Deployment.rolling();
    const { scaling, targetGroup } = new ScalableStatelessService(stack, 'Search', { deployment, scaleOnRequests: false });
    scaling.scaleOnRequestCount('Mine', { requestsPerTarget: 600, targetGroup });
    const synthesis = expect(() => Template.fromStack(stack));
    if (hasTwo) synthesis.toThrow(/Mine must not follow the requests of one target group where deployments change between two/);
    else synthesis.not.toThrow();
  });
});

function zonesWarned(props: ScalableStatelessServiceProps): unknown[] {
  const env = { account: '123456789012', region: 'eu-west-1' };
  const app = newApp({ 'availability-zones:account=123456789012:region=eu-west-1': ['a', 'b', 'c'] });
  const stack = new Stack(app, 'Shop', { env });
  new ScalableStatelessService(stack, 'Search', props);
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue());
}
