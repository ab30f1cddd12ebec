import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { AwsBehavior, Fault, LatencyModel, Plan, Prices, Traffic, Workload } from '../../src';
import { synthesize } from '../synthesize';

/** What JavaScript can pass. */
type Anything = never;

const [at, duration] = [Duration.minutes(1), Duration.minutes(5)];
const { service } = synthesize();
const plan = service.plan();
const traffic = Traffic.users(1, at);

describe('an argument of another type is named, with what to pass', () => {
  test.each<readonly [call: () => unknown, message: string]>([
    [
      () => plan.forecast({ traffic: 'users 30 for 5m' as Anything }),
      "forecast options: traffic must be Traffic such as Traffic.users(30, Duration.minutes(5)) or Traffic.parse('users 30 for 5m'), " +
        "got 'users 30 for 5m'",
    ],
    [() => service.forecast(undefined as Anything), 'forecast options: options must be an object with traffic, workload, faults, '],
    [() => plan.forecast({ traffic, faults: 'stop 1 at 10m' as Anything }), "forecast options: faults must be a list, got 'stop 1 at 10m'"],
    [
      () => plan.forecast({ traffic, faults: ['stop 1 at 10m'] as Anything }),
      "faults[0] must be a Fault such as Fault.parse('stop 1 at 10m'), got 'stop 1 at 10m'",
    ],
    [() => plan.forecast({ traffic, imageSize: 50 as Anything }), 'imageSize must be a Size such as Size.mebibytes(50), got 50'],
    [
      () => plan.forecast({ traffic, policyChanges: [{ at: 60 as Anything, targetValue: 5 }] }),
      'policyChanges[0].at must be a Duration such as Duration.minutes(5), got 60',
    ],
    [
      () => plan.forecast({ traffic, behavior: 'cautious' as Anything }),
      "behavior must be an AwsBehavior such as AwsBehavior.cautious(), got 'cautious'",
    ],
    [() => Fault.stopTask({} as Anything), 'Fault.stopTask: at must be a Duration such as Duration.minutes(5), got none'],
    [() => Fault.killTask(undefined as Anything), 'Fault.killTask: options must be an object with at, count, got none'],
    [() => Fault.exhaustMemory(at as Anything), 'Fault.exhaustMemory: at must be a Duration such as Duration.minutes(5), got none'],
    [() => Fault.pauseTask({ at } as Anything), 'Fault.pauseTask: duration must be a Duration such as Duration.minutes(5), got none'],
    [() => Fault.failHealthCheck({ at, duration, count: '2' as Anything }), "Fault.failHealthCheck: count must be a number, got '2'"],
    [
      () => Fault.slowTask({ at, duration } as Anything, {} as Anything),
      'Fault.slowTask: speedPercent must be a number, got an object with',
    ],
    [() => Fault.crashAtStart({ at } as Anything), 'Fault.crashAtStart: duration must be a Duration'],
    [() => Fault.loseZone('10m' as Anything), "Fault.loseZone: options must be an object with at, duration, got '10m'"],
    [() => Fault.slowDependency(0.2 as Anything, { at, duration }), 'Fault.slowDependency: addedLatency must be a Duration'],
    [() => Fault.deploy({ at } as Anything), 'Fault.deploy: at must be a Duration such as Duration.minutes(5), got an object with at'],
    [
      () => Fault.continueDeployment(undefined as Anything),
      'Fault.continueDeployment: at must be a Duration such as Duration.minutes(5), got none',
    ],
    [
      () => Fault.rollbackDeployment(undefined as Anything),
      'Fault.rollbackDeployment: at must be a Duration such as Duration.minutes(5), got none',
    ],
    [() => Fault.badDeployment(undefined as Anything), 'Fault.badDeployment: at must be a Duration such as Duration.minutes(5), got none'],
    [() => Fault.parse(5 as Anything), 'Fault.parse: text must be a string, got 5'],
    [() => Plan.ofStack(undefined as Anything), 'Plan.ofStack: stack must be a Stack, got none'],
    [() => Plan.ofStack(new App() as Anything), 'Plan.ofStack: stack must be a Stack, got an instance of App'],
    [() => Plan.ofStack(new Stack(), 5 as Anything), 'Plan.ofStack: service must be a string, got 5'],
    [() => Plan.ofTemplate('{}' as Anything), "template must be an object such as Template.fromStack(stack).toJSON(), got '{}'"],
    [() => Plan.compare([plan] as Anything, { traffic }), 'Plan.compare: plans must be an object with names as keys, got a list'],
    [() => Plan.compare({ a: {} as Anything }, { traffic }), 'plans.a must be a Plan such as Plan.ofStack(stack), got an empty object'],
    [() => plan.withChanges({ scaleInCooldown: 60 as Anything }), 'plan changes: scaleInCooldown must be a Duration'],
    [() => plan.recommend({ p95: 100 as Anything }, { traffic }), 'recommendation objective: p95 must be a Duration'],
    [() => plan.recommend({ cpus: 256 as Anything }, { traffic }), 'recommendation objective: cpus must be a list, got 256'],
    [
      () => plan.forecast({ traffic, seeds: 1 }).monthlyCost({ prices: {} as Anything }),
      'cost options: prices must be Prices such as Prices.usEast1(), got an empty object',
    ],
    [() => Traffic.users('30' as Anything), "Traffic.users: count must be a number, got '30'"],
    [() => Traffic.users(30, 300 as Anything), 'Traffic.users: duration must be a Duration such as Duration.minutes(5), got 300'],
    [() => Traffic.rampUsers(30, undefined as Anything), 'Traffic.rampUsers: duration must be a Duration'],
    [() => Traffic.requestsPerSecond({} as Anything), 'Traffic.requestsPerSecond: rate must be a number, got an empty object'],
    [() => Traffic.rampRequestsPerSecond(5, '1m' as Anything), 'Traffic.rampRequestsPerSecond: duration must be a Duration'],
    [() => Traffic.parse(undefined as Anything), 'Traffic.parse: text must be a string, got none'],
    [
      () => Traffic.fromK6({ stages: [] } as Anything),
      'Traffic.fromK6: options must be JSON text such as JSON.stringify returns, got an object with stages',
    ],
    [() => Traffic.fromK6('{}', { sleep: 1 as Anything }), 'Traffic.fromK6: iteration.sleep must be a Duration'],
    [() => Traffic.fromLocust({ users: 5 } as Anything), 'Traffic.fromLocust: test must be JSON text such as JSON.stringify returns'],
    [() => Traffic.fromCsv([[0, 5]] as Anything), 'Traffic.fromCsv: csv must be a string, got a list'],
    [() => Traffic.daily(800 as Anything), 'Traffic.daily: options must be an object with meanRequestsPerSecond, '],
    [() => Traffic.weekly({} as Anything), 'Traffic.weekly: meanRequestsPerSecond must be a number, got none'],
    [() => traffic.followedBy('users 5 for 1m' as Anything), 'followedBy: next must be Traffic such as Traffic.users(30'],
    [() => traffic.hold(60 as Anything), 'hold: duration must be a Duration such as Duration.minutes(5), got 60'],
    [() => traffic.repeat('2' as Anything), "repeat: times must be a number, got '2'"],
    [() => traffic.withThinkTime(1 as Anything), 'withThinkTime: thinkTime must be a Duration'],
    [() => traffic.atMost('5' as Anything), "atMost: requestsPerSecond must be a number, got '5'"],
    [() => Workload.of(undefined as Anything), 'cpuPerRequest must be given, such as Duration.millis(2)'],
    [() => Workload.of({ cpuPerRequest: 2 as Anything }), 'workload options: cpuPerRequest must be a Duration'],
    [
      () => Workload.of({ cpuPerRequest: at, latencyModel: 'fast' as Anything }),
      "latencyModel must be one of even-share, quota-windows, got 'fast'",
    ],
    [() => Workload.fit({} as Anything), 'Workload.fit: loads must be a list, got an empty object'],
    [
      () => Workload.fit([{ cpuPercent: '5', requestsPerSecond: 1 }] as Anything),
      "Workload.fit: loads[0].cpuPercent must be a number, got '5'",
    ],
    [
      () => Workload.fit([{ cpuPercent: 5 }] as Anything),
      'Workload.fit: loads[0] must have requestsPerSecond (in Python, use ServiceLoad(...) rather than a dict), got an object with cpuPercent',
    ],
    [() => AwsBehavior.fromJson(undefined as Anything), 'behavior must be JSON text such as'],
    [() => Prices.fromJson({} as Anything), 'prices must be JSON text such as'],
  ])('%s', (call, message) => {
    expect(call).toThrow(message);
  });
});

test.each<readonly [call: () => unknown, message: string]>([
  [() => plan.forecast({ traffic, trafic: traffic } as Anything), 'forecast options: an option must be one of traffic, workload, '],
  [() => Fault.stopTask({ at, tasks: 2 } as Anything), "Fault.stopTask: an option must be one of at, count, got 'tasks'"],
  [
    () => Fault.slowTask(50, { at, duration, speed: 2 } as Anything),
    "an option of options must be one of at, count, duration, got 'speed'",
  ],
  [() => plan.withChanges({ minimum: 2 } as Anything), 'an option must be one of minCapacity, maxCapacity, targetCpuUtilizationPercent, '],
  [
    () => Workload.of({ cpuPerRequest: at, cpu: 5 } as Anything),
    'workload options: an option must be one of cpuPerRequest, cpuPerWakeUp, idleVcpu, ',
  ],
  [
    () => Plan.compare({ a: plan, b: plan }, { traffic }, { price: 5 } as Anything),
    "must be one of prices, outboundGigabytesPerMonth, got 'price'",
  ],
])('%s: an unknown option is reported with the known ones', (call, message) => {
  expect(call).toThrow(message);
});

test('all errors of a call are thrown together', () => {
  expect(() => Fault.pauseTask({ count: 'two', wait: 5 } as Anything)).toThrow(
    [
      'Fault.pauseTask: at must be a Duration such as Duration.minutes(5), got none',
      "Fault.pauseTask: count must be a number, got 'two'",
      'Fault.pauseTask: duration must be a Duration such as Duration.minutes(5), got none',
      "Fault.pauseTask: an option must be one of at, count, duration, got 'wait'",
    ].join('\n'),
  );
});

test('options of the right types pass, also if one is undefined or another class has the members', () => {
  class Options {
    public readonly at = at;
    public readonly member = 5;
  }
  expect(Fault.stopTask({ at, count: undefined })._fault()).toEqual(Fault.stopTask(new Options())._fault());
  expect(() =>
    Workload.of({ cpuPerRequest: Duration.millis(1), idleMemory: Size.mebibytes(50), latencyModel: LatencyModel.QUOTA_WINDOWS }),
  ).not.toThrow();
});
