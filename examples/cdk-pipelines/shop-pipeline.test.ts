import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Traffic, Workload } from 'cdk-scalable-stateless-service';
import { describe, expect, test } from 'vitest';
import { Shop } from './shop';
import { ShopPipeline } from './shop-pipeline';

const morning = JSON.parse(readFileSync(join(__dirname, 'morning.json'), 'utf8'));

test('the shop serves the morning that the pipeline forecasts', async () => {
  const outcome = new Shop(new App(), 'Shop').shop.forecast({
    traffic: Traffic.parse(morning.traffic),
    workload: Workload.of({
      cpuPerRequest: Duration.millis(1000 * morning.workload.cpuSecondsPerRequest),
      baseLatency: Duration.millis(1000 * morning.workload.baseLatencySeconds),
    }),
    seeds: 20,
  });
  expect(outcome.band.failedRequests.high).toBe(0);
  await expect(outcome.toSvg('A morning')).toMatchFileSnapshot('forecast.svg');
});

describe('the pipeline', () => {
  const connectionArn = 'arn:aws:codeconnections:eu-west-1:123456789012:connection/00000000-0000-0000-0000-000000000000';
  const template = Template.fromStack(new ShopPipeline(new App(), 'ShopPipeline', { repository: 'example/shop', connectionArn }));
  const [pipeline] = Object.values(template.findResources('AWS::CodePipeline::Pipeline'));
  const stages: { Name: string; Actions: { Name: string }[] }[] = pipeline!['Properties'].Stages;

  test('tests, forecasts beside the commit before, and synthesizes', () => {
    template.hasResourceProperties('AWS::CodeBuild::Project', {
      Source: {
        BuildSpec: Match.serializedJson(
          Match.objectLike({
            phases: Match.objectLike({
              build: { commands: Match.arrayWith(['npm test', Match.stringLikeRegexp('gate --base HEAD\\^'), 'npx cdk synth']) },
            }),
          }),
        ),
      },
    });
  });

  test('deploys to staging, and to production after an approval, and tries both', () => {
    expect(stages.map(({ Name }) => Name).slice(-2)).toEqual(['Staging', 'Production']);
    const [staging, production] = stages.slice(-2).map(({ Actions }) => Actions.map(({ Name }) => Name));
    expect(staging).toEqual(expect.arrayContaining(['Shop.Deploy', 'Try']));
    expect(production).toEqual(expect.arrayContaining(['Approve', 'Shop.Deploy', 'Try']));
  });
});
