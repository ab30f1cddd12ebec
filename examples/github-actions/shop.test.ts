import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Fault, Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { GitHubAccess } from './github-access';
import { Shop } from './shop';

const { shop } = new Shop(new App(), 'Shop');

// what the workflows forecast, so that a test fails on the same evening as they do.
const evening = JSON.parse(readFileSync(join(__dirname, 'evening.json'), 'utf8'));

describe('the shop', () => {
  test('serves the evening of the workflows, with a task stopped in it', async () => {
    const { cpuSecondsPerRequest, baseLatencySeconds, startUpSeconds } = evening.workload;
    const outcome = shop.forecast({
      traffic: Traffic.parse(evening.traffic),
      workload: Workload.of({
        cpuPerRequest: Duration.millis(1000 * cpuSecondsPerRequest),
        baseLatency: Duration.millis(1000 * baseLatencySeconds),
        startUpTime: Duration.seconds(startUpSeconds),
      }),
      faults: evening.faults.map((text: string) => Fault.parse(text)),
      seeds: 20,
    });
    expect(outcome.band.failedRequests.high).toBe(0);
    expect(outcome.band.maxTasks.high).toBeLessThanOrEqual(6);
    await expect(outcome.toSvg('An evening, with a task stopped')).toMatchFileSnapshot('forecast.svg');
  });
});

describe('the role of GitHub Actions', () => {
  const template = Template.fromStack(
    new GitHubAccess(new App(), 'GitHubAccess', { repository: 'example/shop', environments: ['production'] }),
  );

  test('is for one environment of one repository', () => {
    const [role] = Object.values(template.findResources('AWS::IAM::Role'));
    const [statement, ...others] = role!['Properties'].AssumeRolePolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': ['repo:example/shop:environment:production'],
        },
      },
    });
  });

  test('may take the roles of cdk bootstrap and do nothing else', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    const [statement, ...others] = policy!['Properties'].PolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Action: 'sts:AssumeRole', Effect: 'Allow' });
    expect(statement.Resource).toHaveLength(4);
    expect(JSON.stringify(statement.Resource)).not.toContain('*');
  });
});
