import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, type PolicyValidationPluginReportBeta1, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EcsServiceChecks, ScalableStatelessService } from '../../src';
import { newSynthesizedFolder } from '../synthesized-folder';

let exitCode: typeof process.exitCode;
beforeEach(() => {
  ({ exitCode } = process);
  for (const method of ['log', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => {});
});
// the CDK reports a failed validation by the exit code.
afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
});

function appWith(plugin: EcsServiceChecks): App {
  return new App({
    outdir: newSynthesizedFolder(),
    policyValidationBeta1: [plugin],
    context: { '@aws-cdk/core:validationReportJson': true, 'aws:cdk:disable-asset-staging': true },
  });
}

/** What the plugin reports to the CDK, which writes the reports with errors only. */
function reportOf(app: App, plugin: EcsServiceChecks): PolicyValidationPluginReportBeta1 {
  return plugin.validate({ templatePaths: app.synth().stacks.map(({ templateFullPath }) => templateFullPath) });
}

test('a service with a broken target fails the synthesis, with the construct and the fix', () => {
  const plugin = new EcsServiceChecks();
  const app = appWith(plugin);
  const stack = new Stack(app, 'Shop');
  const { service } = new ApplicationLoadBalancedFargateService(stack, 'Web', {
    taskImageOptions: { image: ContainerImage.fromRegistry('nginx') },
  });
  const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 4 });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
  scaling.scaleOnCpuUtilization('Again', { targetUtilizationPercent: 70 });
  const written = JSON.parse(readFileSync(join(app.synth().directory, 'policy-validation-report.json'), 'utf8'));
  expect(written.pluginReports[0]).toMatchObject({
    summary: { status: 'failure' },
    violations: [
      {
        ruleName: 'metric-of-two-policies',
        severity: 'error',
        fix: expect.stringContaining('keep one of the two'),
        violatingConstructs: [{ constructPath: 'Shop/Web/Service/TaskCount/Target/Again/Resource' }],
      },
    ],
  });
  expect(process.exitCode).toBe(1);
});

test('our own service and the stock pattern have no findings', () => {
  const plugin = new EcsServiceChecks();
  const app = appWith(plugin);
  new ScalableStatelessService(new Stack(app, 'Own'), 'Web');
  new ApplicationLoadBalancedFargateService(new Stack(app, 'Stock'), 'Web', {
    taskImageOptions: { image: ContainerImage.fromRegistry('nginx') },
  });
  expect(reportOf(app, plugin)).toEqual({ success: true, violations: [] });
});

test('a warning does not fail the synthesis', () => {
  const plugin = new EcsServiceChecks();
  const app = appWith(plugin);
  new ScalableStatelessService(new Stack(app, 'Shop'), 'Web', { minCapacity: 1 });
  expect(reportOf(app, plugin)).toMatchObject({ success: true, violations: [{ ruleName: 'redundancy', severity: 'warning' }] });
});

test('a check can be left out', () => {
  const plugin = new EcsServiceChecks({ ignore: ['redundancy'] });
  const app = appWith(plugin);
  new ScalableStatelessService(new Stack(app, 'Shop'), 'Web', { minCapacity: 1 });
  expect(reportOf(app, plugin)).toEqual({ success: true, violations: [] });
});

test('a check that does not exist cannot be left out', () => {
  expect(() => new EcsServiceChecks({ ignore: ['redundant'] })).toThrow("got 'redundant'");
});

test('templates that are none are left out', () => {
  const folder = newSynthesizedFolder();
  const files = ['', '{}', 'Resources:', '[]', 'null', '{"Resources":{"A":null}}'].map((text, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, text);
    return file;
  });
  const report = new EcsServiceChecks().validate({ templatePaths: [...files, join(folder, 'none.json')] });
  expect(report).toEqual({ success: true, violations: [] });
});

test('an odd resource is no error', () => {
  const plugin = new EcsServiceChecks();
  const app = appWith(plugin);
  new CfnResource(new Stack(app, 'Shop'), 'Service', {
    type: 'AWS::ECS::Service',
    properties: { LoadBalancers: 'none', TaskDefinition: 3, NetworkConfiguration: [] },
  });
  expect(reportOf(app, plugin)).toEqual({ success: true, violations: [] });
});
