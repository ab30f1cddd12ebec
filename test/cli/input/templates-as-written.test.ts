import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPlanSource, type TemplateChoice } from '../../../cli/input/template-source';
import { InputError } from '../../../src/parse/input-error';

const NEVER = new Promise<never>(() => {});
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes files into a folder of their own, and returns the name of the first. */
function files(contents: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(folder, 'case-'));
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(home, name)), { recursive: true });
    writeFileSync(join(home, name), text);
  }
  return join(home, Object.keys(contents)[0]!);
}

async function planOf(contents: Readonly<Record<string, string>>, choice: TemplateChoice = {}) {
  const { plan, ignored } = await readPlanSource({ template: files(contents), ...choice }, NEVER);
  return { plan, ignored, policy: plan.policy };
}

async function errorsOf(contents: Readonly<Record<string, string>>, choice: TemplateChoice = {}): Promise<readonly string[]> {
  const error: unknown = await planOf(contents, choice).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InputError) return error.errors;
  throw error ?? new Error('nothing was refused');
}

/** A shop as a person writes it, with short forms. */
const YAML = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, Default: test, AllowedValues: [test, live]}
  Capacity: {Type: CommaDelimitedList, Default: "3, 12"}
Mappings:
  Sizes:
    test: {Cpu: .5 vCPU, Memory: 1GB}
    live: {Cpu: 1 vCPU, Memory: 4 GB}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Not [!Condition IsLive]
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      HealthCheckPath: !Sub /\${Stage}/ready
      HealthCheckIntervalSeconds: !If [IsLive, 10, !Ref AWS::NoValue]
      TargetGroupAttributes:
        - {Key: deregistration_delay.timeout_seconds, Value: !Join ["", ["1", "5"]]}
        - !If [IsLive, {Key: slow_start.duration_seconds, Value: "60"}, !Ref "AWS::NoValue"]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: !FindInMap [Sizes, !Ref Stage, Cpu]
      Memory: !FindInMap [Sizes, !Ref Stage, Memory]
      ContainerDefinitions: [{Name: web, Image: shop}]
  Shop:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      LaunchType: FARGATE
      DeploymentConfiguration:
        DeploymentCircuitBreaker: {Enable: yes, Rollback: true}
      LoadBalancers: [{ContainerName: web, ContainerPort: 8080, TargetGroupArn: !Ref Targets}]
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      MinCapacity: !Select [0, !Ref Capacity]
      MaxCapacity: !Select [1, !Split [", ", !Join [", ", !Ref Capacity]]]
      ResourceId: !Sub service/\${Cluster}/\${Shop.Name}
  Cpu:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: !If [IsTest, 70, 45]
        PredefinedMetricSpecification: {PredefinedMetricType: ECSServiceAverageCPUUtilization}
  Requests:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Condition: IsLive
    Properties:
      ScalingTargetId: !Ref Target
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 600
        PredefinedMetricSpecification: {PredefinedMetricType: ALBRequestCountPerTarget}
`;

describe('a template in YAML', () => {
  test('has the defaults of its parameters', async () => {
    const { plan, policy } = await planOf({ 'shop.yaml': YAML });
    expect(policy).toMatchObject({ minCapacity: 3, maxCapacity: 12 });
    expect(policy.targetTracking.map(({ name, targetValue }) => [name, targetValue])).toEqual([['Cpu', 70]]);
    expect(plan).toMatchObject({
      task: { cpu: 512, memoryMiB: 1024 },
      healthCheck: { path: '/test/ready', intervalSeconds: 30 },
      deregistrationDelaySeconds: 15,
      routing: { slowStartSeconds: 0 },
      deployment: { hasCircuitBreaker: true },
    });
  });

  test.each<[string, TemplateChoice, Readonly<Record<string, string>>]>([
    ['options', { parameter: ['Stage=live', 'Capacity=4,9'] }, {}],
    [
      'a file for the AWS CLI',
      {},
      { 'given.json': '[{"ParameterKey":"Stage","ParameterValue":"live"},{"ParameterKey":"Capacity","ParameterValue":"4,9"}]' },
    ],
    ['a file for CodePipeline', {}, { 'given.json': '{"Parameters":{"Stage":"live","Capacity":"4,9"},"Tags":{}}' }],
    [
      'a file that leaves a value as it was',
      { parameter: ['Capacity=4,9'] },
      {
        'given.json':
          '[{"ParameterKey":"Stage","ParameterValue":"live"},{"ParameterKey":"Capacity","UsePreviousValue":true},{"ParameterKey":"Other","UsePreviousValue":true}]',
      },
    ],
    ['a file of pairs', {}, { 'given.json': '["Stage=live","Capacity=4,9"]' }],
    ['a file in YAML', {}, { 'given.yaml': 'Stage: live\nCapacity: "4,9"' }],
  ])('has the parameters of %s', async (_, choice, given) => {
    const [file] = Object.keys(given);
    const template = files({ 'shop.yaml': YAML, ...given });
    const source = { template, ...choice, ...(file !== undefined && { parametersFile: join(dirname(template), file) }) };
    const { plan } = await readPlanSource(source, NEVER);
    expect(plan.policy).toMatchObject({ minCapacity: 4, maxCapacity: 9 });
    expect(plan.policy.targetTracking.map(({ targetValue }) => targetValue)).toEqual([45, 600]);
    expect(plan).toMatchObject({
      task: { cpu: 1024, memoryMiB: 4096 },
      healthCheck: { intervalSeconds: 10 },
      routing: { slowStartSeconds: 60 },
    });
  });

  test.each([
    ['a byte order mark', `\uFEFF${YAML}`],
    ['a document marker', `---\n${YAML}`],
    ['what get-template prints, as a text', JSON.stringify({ TemplateBody: YAML, StagesAvailable: ['Original'] })],
    ['what get-template prints in YAML', `TemplateBody: |${YAML.replaceAll('\n', '\n  ')}\nStagesAvailable: [Original]`],
  ])('may have %s', async (_, text) => {
    expect((await planOf({ 'shop.yaml': text })).policy).toMatchObject({ minCapacity: 3, maxCapacity: 12 });
  });

  test('has the default of a parameter whose previous value a file keeps', async () => {
    const template = files({ 'shop.yaml': YAML, 'given.json': '[{"ParameterKey":"Capacity","UsePreviousValue":true}]' });
    const { plan } = await readPlanSource({ template, parametersFile: join(dirname(template), 'given.json') }, NEVER);
    expect(plan.policy).toMatchObject({ minCapacity: 3, maxCapacity: 12 });
  });

  test('rejects a parameter that it does not have, or does not allow', async () => {
    expect(await errorsOf({ 'shop.yaml': YAML }, { parameter: ['Stge=live', 'Stage=prod'] })).toEqual([
      "--parameter must be one of Stage, Capacity, got 'Stge'",
      "--parameter Stage must be one of test, live, got 'prod'",
    ]);
    expect(await errorsOf({ 'shop.yaml': YAML }, { parameter: ['Stage'] })).toEqual([
      "--parameter must be NAME=VALUE, such as 'MinCapacity=2', got 'Stage'",
    ]);
  });
});

describe('what only a deployment knows', () => {
  const UNKNOWN = YAML.replace('MinCapacity: !Select [0, !Ref Capacity]', 'MinCapacity: !Ref Min')
    .replace(/MaxCapacity: .*/, 'MaxCapacity: !ImportValue "shared-max"')
    .replace('[IsTest, 70, 45]', '[IsTest, "{{resolve:ssm:/shop/cpu}}", 45]')
    .replace('Value: !Join ["", ["1", "5"]]', 'Value: !GetAtt Lookup.Delay')
    .replace('Default: test, ', '')
    .replace('  Capacity:', '  Min: {Type: "AWS::SSM::Parameter::Value<String>", Default: /shop/min}\n  Capacity:');

  test('is asked for by name, all at once', async () => {
    const asked = (await errorsOf({ 'shop.yaml': UNKNOWN })).map((error) => /--parameter '([^']*)=…'/.exec(error)?.[1]);
    expect(asked).toContain('Stage');
    const errors = await errorsOf({ 'shop.yaml': UNKNOWN }, { parameter: ['Stage=test'] });
    expect(errors.map((error) => /--parameter '([^']*)=…'/.exec(error)?.[1])).toEqual([
      'Min',
      'ImportValue:shared-max',
      'resolve:ssm:/shop/cpu',
      'Lookup.Delay',
    ]);
  });

  test('is given by those names', async () => {
    const parameter = ['Stage=test', 'Min=2', 'ImportValue:shared-max=7', 'resolve:ssm:/shop/cpu=33', 'Lookup.Delay=21'];
    const { plan, policy } = await planOf({ 'shop.yaml': UNKNOWN }, { parameter });
    expect(policy).toMatchObject({ minCapacity: 2, maxCapacity: 7, targetTracking: [{ targetValue: 33 }] });
    expect(plan.deregistrationDelaySeconds).toBe(21);
  });

  test('is the size of a task whose definition is elsewhere', async () => {
    const elsewhere = YAML.replace('TaskDefinition: !Ref Task', 'TaskDefinition: !ImportValue task');
    expect((await errorsOf({ 'shop.yaml': elsewhere })).map((error) => error.split(',')[0])).toEqual([
      'Shop.Cpu must be known',
      'Shop.Memory must be known',
    ]);
    const { plan } = await planOf({ 'shop.yaml': elsewhere }, { parameter: ['Shop.Cpu=2 vCPU', 'Shop.Memory=8 GB'] });
    expect(plan.task).toEqual({ cpu: 2048, memoryMiB: 8192 });
  });

  test('is a target group elsewhere, of which the defaults of AWS are assumed', async () => {
    const elsewhere = YAML.replace('TargetGroupArn: !Ref Targets', 'TargetGroupArn: !ImportValue targets');
    const { plan, ignored } = await planOf({ 'shop.yaml': elsewhere });
    expect(plan.healthCheck.intervalSeconds).toBe(30);
    expect(ignored.join('\n')).toContain('Shop LoadBalancers TargetGroupArn: the target group is not in this template');
  });
});

describe('nested stacks', () => {
  const parent = (url: string) => `
Parameters: {Stage: {Type: String, Default: live}}
Resources:
  Shop:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ${url}
      Parameters: {Stage: !Ref Stage, Capacity: !GetAtt Numbers.Outputs.Capacity}
  Numbers:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: numbers.yaml}
`;
  const numbers = 'Resources: {}\nOutputs: {Capacity: {Value: "5,6"}}';

  test.each([
    './nested/shop.yaml',
    'https://s3.amazonaws.com/bucket/folder/shop.yaml',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it.
    '!Sub "https://${Bucket}.s3.amazonaws.com/shop.yaml?versionId=1"',
  ])('are read from %s, with the parameters and outputs of the stacks around them', async (url) => {
    const { plan, policy } = await planOf({
      'parent.yaml': parent(url),
      'numbers.yaml': numbers,
      'shop.yaml': YAML,
      'nested/shop.yaml': YAML,
    });
    expect(plan.service).toBe('Shop/Shop');
    expect(policy).toMatchObject({ minCapacity: 5, maxCapacity: 6 });
    expect(policy.targetTracking.map(({ targetValue }) => targetValue)).toEqual([45, 600]);
  });

  test('whose files are not beside the template are named', async () => {
    expect(await errorsOf({ 'parent.yaml': parent('./nested/shop.yaml'), 'numbers.yaml': numbers })).toEqual([
      'the template has no AWS::ECS::Service, only nested stacks whose files are not beside it, such as Shop (./nested/shop.yaml): give the file with the service',
    ]);
  });

  test('have the pseudo parameters of the stack around them', async () => {
    const regional = YAML.replace('IsLive: !Equals [!Ref Stage, live]', 'IsLive: !Equals [!Ref AWS::Region, eu-west-1]');
    const around = { 'parent.yaml': parent('shop.yaml'), 'numbers.yaml': numbers, 'shop.yaml': regional };
    const targets = async (region: string) =>
      (await planOf(around, { parameter: [`AWS::Region=${region}`] })).policy.targetTracking.map(({ targetValue }) => targetValue);
    expect(await targets('eu-west-1')).toEqual([45, 600]);
    expect(await targets('us-east-1')).toEqual([70]);
  });

  test('ask for what their own conditions depend on', async () => {
    const regional = YAML.replace('IsLive: !Equals [!Ref Stage, live]', 'IsLive: !Equals [!Ref AWS::Region, eu-west-1]');
    const conditions = 'Conditions: {IsTest: !Equals [!Ref AWS::AccountId, "1"]}';
    const errors = await errorsOf({ 'parent.yaml': conditions + parent('shop.yaml'), 'numbers.yaml': numbers, 'shop.yaml': regional });
    expect(new Set(errors.map((error) => /--parameter '([^']*)=…'/.exec(error)?.[1]))).toEqual(new Set(['AWS::Region']));
  });

  test('that contain themselves end', async () => {
    const endless = 'Resources: {Again: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: endless.yaml}}}';
    expect(await errorsOf({ 'endless.yaml': endless })).toEqual(['stacks must be nested at most 10 deep, got a stack inside itself']);
  });
});

describe('a cloud assembly', () => {
  const stack = (templateFile: string, displayName: string, stackName = displayName) => ({
    type: 'aws:cloudformation:stack',
    properties: { templateFile, stackName },
    displayName,
  });
  const assembly = {
    'manifest.json': JSON.stringify({
      artifacts: {
        Network: stack('Network.template.json', 'Network'),
        'assembly-Live': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Live' } },
        'assembly-Test': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Test' } },
      },
    }),
    'Network.template.json': '{"Resources":{}}',
    'assembly-Live/manifest.json': JSON.stringify({ artifacts: { Live1: stack('Live1.template.json', 'Live/Shop', 'live-shop') } }),
    'assembly-Live/Live1.template.json': YAML.replace('Default: test', 'Default: live'),
    'assembly-Test/manifest.json': JSON.stringify({ artifacts: { Test1: stack('Test1.template.json', 'Test/Shop') } }),
    'assembly-Test/Test1.template.json': YAML,
  };
  const chosen = async (choice: TemplateChoice) => {
    const home = dirname(files(assembly));
    const { plan, dispose } = await readPlanSource(
      { ...choice, ...(choice.app === undefined ? { template: home } : { app: home }) },
      NEVER,
    );
    dispose();
    return plan.policy.targetTracking[0]!.targetValue;
  };

  test.each(['Live/Shop', 'live-shop', 'Live1', 'Live/*', 'L*Shop'])('has the stack of a stage by %s', async (name) => {
    expect(await chosen({ stack: name })).toBe(45);
    // the folder is not deleted: it was not synthesized.
    expect(await chosen({ app: '', stack: name })).toBe(45);
  });

  test('has the only stack whose service exists with the given parameters', async () => {
    const optional = YAML.replace('  Stage:', '  Create: {Type: String, Default: "false"}\n  Stage:')
      .replace('Conditions:', 'Conditions:\n  IsCreated: !Equals [!Ref Create, "true"]')
      .replace('Type: AWS::ECS::Service', 'Type: AWS::ECS::Service\n    Condition: IsCreated');
    const artifacts = { Network: stack('Network.template.json', 'Network'), Shop: stack('Shop.template.json', 'Shop') };
    const contents = {
      'manifest.json': JSON.stringify({ artifacts }),
      'Network.template.json': '{"Resources":{}}',
      'Shop.template.json': optional,
    };
    const template = dirname(files(contents));
    const { plan } = await readPlanSource({ template, parameter: ['Create=true'] }, NEVER);
    expect(plan.service).toBe('Shop');
    await expect(readPlanSource({ template }, NEVER)).rejects.toThrow('got none in Network, Shop');
  });

  test('has the only stack with an Auto Scaling group behind a load balancer', async () => {
    const group = (targets: readonly object[]): string =>
      JSON.stringify({
        Resources: {
          Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 8080 } },
          Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: 't2.micro' } } },
          Group: {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: {
              MinSize: '1',
              MaxSize: '4',
              LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' }, Version: '1' },
              TargetGroupARNs: targets,
            },
          },
          Policy: {
            Type: 'AWS::AutoScaling::ScalingPolicy',
            Properties: {
              AutoScalingGroupName: { Ref: 'Group' },
              PolicyType: 'TargetTrackingScaling',
              TargetTrackingConfiguration: {
                PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
                TargetValue: 50,
              },
            },
          },
        },
      });
    const artifacts = { Jobs: stack('Jobs.template.json', 'Jobs'), Web: stack('Web.template.json', 'Web') };
    const contents = {
      'manifest.json': JSON.stringify({ artifacts }),
      // such as the capacity of a cluster.
      'Jobs.template.json': group([]),
      'Web.template.json': group([{ Ref: 'Targets' }]),
    };
    const { plan } = await readPlanSource({ template: dirname(files(contents)) }, NEVER);
    expect(plan.instances?.type).toBe('t2.micro');
  });

  test('asks for a stack if there are several, or none of that name', async () => {
    await expect(chosen({})).rejects.toThrow(
      'the app has 2 stacks with a service: choose one with --stack, got none (Live/Shop, Test/Shop)',
    );
    await expect(chosen({ stack: '*/Shop' })).rejects.toThrow("choose one with --stack, got '*/Shop' (Live/Shop, Test/Shop)");
    await expect(chosen({ stack: 'Shop' })).rejects.toThrow("--stack must be one of Live/Shop, Network, Test/Shop, got 'Shop'");
  });
});
