import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Chaos, type ChaosProps, Network, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../src';

const EXPERIMENT = 'AWS::FIS::ExperimentTemplate';
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

interface Scene {
  readonly stack: Stack;
  readonly search: ScalableStatelessService;
  readonly chaos: Chaos;
}

function scene(props: ScalableStatelessServiceProps = { network: Network.public() }, chaosProps: Partial<ChaosProps> = {}): Scene {
  const stack = new Stack(new App(), 'Shop');
  const search = new ScalableStatelessService(stack, 'Search', props);
  return { stack, search, chaos: new Chaos(stack, 'Chaos', { target: search, ...chaosProps }) };
}

/** The properties of the only experiment. */
function experimentIn({ stack }: Scene) {
  const [resource] = Object.values(Template.fromStack(stack).findResources(EXPERIMENT));
  return resource!['Properties'];
}

describe('an experiment', () => {
  test('is stopped by the alarms that users notice', () => {
    const one = scene();
    one.chaos.stopTasks('StopOneTask');
    const noticed = ['ServerErrors', 'SlowResponses', 'NoHealthyTask'].map((name) => Match.stringLikeRegexp(`^Search${name}Alarm`));
    Template.fromStack(one.stack).hasResourceProperties(EXPERIMENT, {
      StopConditions: noticed.map((name) => ({ Source: 'aws:cloudwatch:alarm', Value: { 'Fn::GetAtt': [name, 'Arn'] } })),
    });
  });

  test('is stopped by other alarms instead', () => {
    const one = scene(undefined, {});
    const { stack, search } = one;
    const alarm = new Alarm(stack, 'Alarm', { metric: search.metricCpuUtilization(), threshold: 90, evaluationPeriods: 1 });
    new Chaos(stack, 'Other', { target: search, stopAlarms: [alarm] }).stopTasks('StopOneTask');
    Template.fromStack(stack).hasResourceProperties(EXPERIMENT, {
      StopConditions: [{ Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Alarm'), 'Arn'] } }],
    });
  });

  test('fails where there is no task, is about one account, and has a log', () => {
    const one = scene();
    one.chaos.stopTasks('StopOneTask');
    expect(experimentIn(one)).toMatchObject({
      ExperimentOptions: { AccountTargeting: 'single-account', EmptyTargetResolutionMode: 'fail' },
      LogConfiguration: {
        LogSchemaVersion: 2,
        CloudWatchLogsConfiguration: { LogGroupArn: { 'Fn::GetAtt': [expect.stringMatching(/^ChaosLogGroup/), 'Arn'] } },
      },
      Tags: { Name: 'Shop/Chaos/StopOneTask' },
    });
  });

  test('may have any id', () => {
    const one = scene();
    for (const id of ['LogGroup', 'ExperimentRole', 'StopTasks', 'InstanceRole', 'Experiments']) one.chaos.stopTasks(id);
    one.chaos.stressCpu('SendCommand');
    Template.fromStack(one.stack).resourceCountIs(EXPERIMENT, 6);
  });

  test('is started by its id', () => {
    const { stack, chaos } = scene();
    const experiment = chaos.stopTasks('StopOneTask');
    expect(stack.resolve(experiment.startCommand)).toEqual({
      'Fn::Join': [
        '',
        [
          'aws fis start-experiment --experiment-template-id ',
          { 'Fn::GetAtt': [expect.stringMatching(/^ChaosExperimentsStopOneTask/), 'Id'] },
        ],
      ],
    });
  });
});

describe('stopTasks', () => {
  test.each([
    [{}, 'COUNT(1)'],
    [{ taskCount: 3 }, 'COUNT(3)'],
    [{ taskPercent: 50 }, 'PERCENT(50)'],
  ])('of %j chooses %s of the tasks of the service', (options, selectionMode) => {
    const one = scene();
    one.chaos.stopTasks('Stop', options);
    expect(experimentIn(one)).toMatchObject({
      Actions: { fault: { ActionId: 'aws:ecs:stop-task', Targets: { Tasks: 'tasks' } } },
      Targets: {
        tasks: {
          ResourceType: 'aws:ecs:task',
          SelectionMode: selectionMode,
          Parameters: {
            cluster: { Ref: expect.stringMatching(/^SearchCluster/) },
            service: { 'Fn::GetAtt': [expect.stringMatching(/^SearchService/), 'Name'] },
          },
        },
      },
    });
  });

  test('changes nothing in the tasks', () => {
    const one = scene({});
    one.chaos.stopTasks('Stop');
    const [definition] = Object.values(Template.fromStack(one.stack).findResources(TASK_DEFINITION));
    expect(definition!['Properties'].ContainerDefinitions).toHaveLength(1);
    expect(definition!['Properties']).not.toHaveProperty('PidMode');
  });
});

describe('stopTasksInZone', () => {
  test.each<[string, object, unknown]>([
    ['the first zone of the tasks', {}, { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
    ['the zone that is named', { availabilityZone: 'eu-central-1b' }, 'eu-central-1b'],
  ])('stops all tasks of %s', (_, options, zone) => {
    const one = scene();
    one.chaos.stopTasksInZone('LoseZone', options);
    expect(experimentIn(one).Targets.tasks).toMatchObject({
      SelectionMode: 'ALL',
      Filters: [{ Path: 'AvailabilityZone', Values: [zone] }],
    });
  });
});

describe('an experiment in the tasks', () => {
  test.each<[string, (chaos: Chaos) => unknown, object]>([
    ['uses all CPU for five minutes', (chaos) => chaos.stressCpu('Fault'), { duration: 'PT5M', percent: '100' }],
    [
      'uses some CPU for a while',
      (chaos) => chaos.stressCpu('Fault', { percent: 40, duration: Duration.hours(1) }),
      { duration: 'PT1H', percent: '40' },
    ],
    [
      'delays all packets by 200 ms',
      (chaos) => chaos.addNetworkLatency('Fault'),
      { duration: 'PT5M', delayMilliseconds: '200', jitterMilliseconds: '10', flowsPercent: '100', useEcsFaultInjectionEndpoints: 'true' },
    ],
    [
      'delays packets to some services',
      (chaos) =>
        chaos.addNetworkLatency('Fault', { delay: Duration.seconds(1), jitter: Duration.millis(0), sources: ['S3', '10.0.0.0/16'] }),
      {
        duration: 'PT5M',
        delayMilliseconds: '1000',
        jitterMilliseconds: '0',
        flowsPercent: '100',
        sources: 'S3,10.0.0.0/16',
        useEcsFaultInjectionEndpoints: 'true',
      },
    ],
  ])('%s', (_, add, parameters) => {
    const one = scene();
    add(one.chaos);
    expect(experimentIn(one).Actions.fault.Parameters).toEqual(parameters);
  });

  test('adds one agent to the tasks, which is not essential, for all experiments', () => {
    const one = scene();
    one.chaos.stressCpu('Cpu');
    one.chaos.addNetworkLatency('Latency');
    Template.fromStack(one.stack).hasResourceProperties(TASK_DEFINITION, {
      EnableFaultInjection: true,
      PidMode: 'task',
      ContainerDefinitions: [
        Match.objectLike({ Essential: true }),
        Match.objectLike({
          Name: 'ssm-agent',
          Essential: false,
          Environment: Match.absent(),
          Command: [{ Ref: Match.stringLikeRegexp('^ChaosInstanceRole') }],
        }),
      ],
    });
  });

  test('lets the tasks pass one role to Systems Manager only', () => {
    const one = scene();
    one.chaos.stressCpu('Cpu');
    Template.fromStack(one.stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'iam:PassRole',
            Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChaosInstanceRole'), 'Arn'] },
          },
        ],
      },
    });
  });
});

describe('the role of the experiments', () => {
  const actionsOf = (add: (chaos: Chaos) => unknown): string[] => {
    const one = scene();
    add(one.chaos);
    const policies = Object.values(Template.fromStack(one.stack).findResources('AWS::IAM::Policy'));
    const ofRole = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('ChaosExperimentRole'));
    return ofRole.flatMap(({ Properties }) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action),
    );
  };

  test('may stop tasks only for an experiment that stops tasks', () => {
    expect(actionsOf((chaos) => chaos.stopTasks('Stop'))).toContain('ecs:StopTask');
    expect(actionsOf((chaos) => chaos.stressCpu('Cpu'))).not.toContain('ecs:StopTask');
  });

  test('may send commands only for an experiment in the tasks', () => {
    expect(actionsOf((chaos) => chaos.stopTasks('Stop'))).not.toContain('ssm:SendCommand');
    expect(actionsOf((chaos) => chaos.addNetworkLatency('Latency'))).toEqual(
      expect.arrayContaining(['ssm:SendCommand', 'ec2:DescribeSubnets']),
    );
  });
});

describe('an experiment is rejected', () => {
  test.each<[string, (chaos: Chaos) => unknown, RegExp]>([
    ['with no task', (chaos) => chaos.stopTasks('Stop', { taskCount: 0 }), /taskCount must be a whole number from 1 to 5000, got 0/],
    [
      'with a count and a share',
      (chaos) => chaos.stopTasks('Stop', { taskCount: 1, taskPercent: 1 }),
      /taskCount must be left out beside taskPercent, got 1/,
    ],
    [
      'above all tasks',
      (chaos) => chaos.stopTasks('Stop', { taskPercent: 101 }),
      /taskPercent must be a whole number from 1 to 100, got 101/,
    ],
    [
      'of a second',
      (chaos) => chaos.stressCpu('Cpu', { duration: Duration.seconds(1) }),
      /duration must be from 1 minute to 12 hours, got 1 s/,
    ],
    ['without CPU', (chaos) => chaos.stressCpu('Cpu', { percent: 0 }), /percent must be a whole number from 1 to 100, got 0/],
    [
      'with a long delay',
      (chaos) => chaos.addNetworkLatency('Slow', { delay: Duration.minutes(2) }),
      /delay must be from 1 millisecond to 60 seconds, got 120 s/,
    ],
    [
      'with more jitter than delay',
      (chaos) => chaos.addNetworkLatency('Slow', { delay: Duration.millis(5), jitter: Duration.millis(6) }),
      /jitter must be at most as long as delay, got 0.006 s/,
    ],
    [
      'with a list in a source',
      (chaos) => chaos.addNetworkLatency('Slow', { sources: ['S3,DYNAMODB'] }),
      /sources must have no spaces and commas, got 'S3,DYNAMODB'/,
    ],
    [
      'with no source',
      (chaos) => chaos.addNetworkLatency('Slow', { sources: [] }),
      /sources must be left out, or have at least one source, got none/,
    ],
  ])('%s', (_, add, message) => {
    expect(() => add(scene().chaos)).toThrow(message);
  });

  test('in tasks without a route to the Internet, with what to use instead', () => {
    expect(() => scene({}).chaos.stressCpu('Cpu')).toThrow(
      /stressCpu needs tasks with a route to the Internet, such as in Network.public\(\)/,
    );
  });

  test('in tasks with ECS Exec', () => {
    const props = { network: Network.public(), enableExecuteCommand: true };
    expect(() => scene(props).chaos.addNetworkLatency('Slow')).toThrow(/addNetworkLatency needs enableExecuteCommand to be false/);
  });

  test('without an alarm, and with more than AWS FIS accepts', () => {
    const { stack, search } = scene();
    expect(() => new Chaos(stack, 'None', { target: search, stopAlarms: [] })).toThrow(/stopAlarms must be given/);
    const six = Array.from({ length: 6 }, () => search.alarms[0]!);
    expect(() => new Chaos(stack, 'Six', { target: search, stopAlarms: six })).toThrow(
      /the number of stopAlarms must be a whole number from 1 to 5, got 6/,
    );
  });
});

test('any share of the tasks is chosen as it is given', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (taskPercent) => {
      const one = scene();
      one.chaos.stopTasks('Stop', { taskPercent });
      expect(experimentIn(one).Targets.tasks.SelectionMode).toBe(`PERCENT(${taskPercent})`);
    }),
    { numRuns: 5 },
  );
});
