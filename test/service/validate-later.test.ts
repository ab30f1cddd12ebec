import { Annotations as Acknowledged, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { Deployment, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../src';
import { newApp, synthesize } from '../synthesize';

/** What is warned of, without how to acknowledge it. */
function warningsOf(props: Parameters<typeof synthesize>[0]): string[] {
  const { annotations } = synthesize(props);
  return annotations.findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data).replace(/ \[ack: .*\]$/, ''));
}

describe('warns of', () => {
  test.each<[string, ScalableStatelessServiceProps, string]>([
    [
      'a target that no task can reach',
      { requestsPerSecondPerTask: 2501 },
      'requestsPerSecondPerTask is per second, and 0.25 vCPU serve at most 2500 requests per second: no task reaches 2501, so only the other policies scale the service. If it is per minute, divide it by 60',
    ],
    [
      'a target that a single client exceeds',
      { requestsPerSecondPerTask: 0.16 },
      'requestsPerSecondPerTask is per second for each task: with 0.16, 6 tasks have a target of 0.96 requests per second together, so a single client scales the service out to maxCapacity. Use a larger target',
    ],
    [
      'a third zone that the CDK does not know of',
      { maxAzs: 3 },
      'maxAzs is 3, and the VPC gets 2 zones: of a stack without account and region the CDK knows two, and of another one those of its region. Set env of the stack, or a maxAzs of 2',
    ],
  ])('%s', (_, props, sentence) => {
    expect(warningsOf(props)).toEqual([sentence]);
  });
});

describe('does not warn of', () => {
  test.each<ScalableStatelessServiceProps>([
    {},
    { requestsPerSecondPerTask: 2500 },
    { requestsPerSecondPerTask: 9999, cpu: 1024, memoryLimitMiB: 2048 },
    { requestsPerSecondPerTask: 0.17 },
    { requestsPerSecondPerTask: 0.01, scaleOnRequests: false },
  ])('%j', (props) => {
    expect(warningsOf(props)).toEqual([]);
  });

  test('a number that is a token', () => {
    expect(warningsOf((stack) => ({ minCapacity: new CfnParameter(stack, 'Min', { type: 'Number' }).valueAsNumber }))).toEqual([]);
  });

  test('a warning that is acknowledged', () => {
    const stack = new Stack(newApp(), 'Shop');
    const service = new ScalableStatelessService(stack, 'Search', { minCapacity: 1 });
    Acknowledged.of(service).acknowledgeWarning('cdk-scalable-stateless-service:redundancy');
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

describe('synthesis rejects', () => {
  test('a desired count of a service that scales', () => {
    const stack = new Stack(newApp(), 'Shop');
    const { service } = new ScalableStatelessService(stack, 'Search');
    (service.node.defaultChild as CfnService).desiredCount = 3;
    expect(() => Template.fromStack(stack)).toThrow(
      /do not set desiredCount \(3\): each deployment would reset the count that auto scaling has set\. Use minCapacity for the minimum/,
    );
  });

  test('a schedule with a bound beyond the other one', () => {
    const stack = new Stack(newApp(), 'Shop');
    const { scaling } = new ScalableStatelessService(stack, 'Search');
    scaling.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 8 });
    expect(() => Template.fromStack(stack)).toThrow(
      /minCapacity of schedule \w*Morning\w* must be at most 6, the maxCapacity of the service, got 8: set maxCapacity in schedule/,
    );
  });

  test.each([true, false])('a policy on the requests of one target group, with two target groups: %j', (hasTwo) => {
    const stack = new Stack(newApp(), 'Shop');
    const deployment = hasTwo ? Deployment.blueGreen() : Deployment.rolling();
    const { scaling, targetGroup } = new ScalableStatelessService(stack, 'Search', { deployment, scaleOnRequests: false });
    scaling.scaleOnRequestCount('Mine', { requestsPerTarget: 600, targetGroup });
    const synthesis = expect(() => Template.fromStack(stack));
    if (hasTwo)
      synthesis.toThrow(
        /do not add Mine with scaleOnRequestCount: it uses the requests of one target group, and deployments move the traffic between two/,
      );
    else synthesis.not.toThrow();
  });
});
