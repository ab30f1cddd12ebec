import { array, assert, boolean, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeploymentCircuitBreaker } from '../../src/ecs/deployment-circuit-breaker';
import type { RollbackAlarms } from '../../src/plan/alarm-rollback';
import { canarySteps, type Deployment } from '../../src/plan/deployment-settings';
import type { LifecycleHook } from '../../src/plan/lifecycle-hooks';
import { GO_SECONDS, LAMBDA_SECONDS, START_SECONDS, serviceOfNumbers } from './pool-of-numbers';

const ROLLING: Deployment = {
  minHealthyPercent: 100,
  maxHealthyPercent: 200,
  hasCircuitBreaker: true,
  healthCheckGracePeriodSeconds: 0,
};

const PAUSE: LifecycleHook = {
  targetType: 'PAUSE',
  stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
  timeoutMinutes: 30,
  timeoutAction: 'ROLLBACK',
};

const CANARY: Deployment = { ...ROLLING, trafficShift: { steps: canarySteps(10, 600), bakeSeconds: 60 } };

type Service = ReturnType<typeof serviceOfNumbers>;

function revisionsOf({ pool }: Service): number[] {
  return pool.all.map((task) => task.revision);
}

function deployed(deployment: Deployment, isBad = false): Service {
  const service = serviceOfNumbers(deployment, 2);
  service.scheduler.deployments.start(isBad);
  return service;
}

describe('the circuit breaker', () => {
  test.each([
    ['COUNT', 1, 1],
    ['COUNT', 12, 12],
    ['BOUNDED_PERCENT', 10, 3],
    ['UNBOUNDED_PERCENT', 100, 2],
  ] as const)('with a threshold of %s %d rolls a deployment of two tasks back after %d failures', (type, value, failures) => {
    const service = deployed({ ...ROLLING, circuitBreakerThreshold: { type, value } }, true);
    service.clock.runUntil(600);
    expect(service.events).toEqual(['deployment-started', 'deployment-failed', 'rolled-back']);
    // tasks are launched in pairs, and the one that is left of the last pair may not have failed yet.
    const failed = service.pool.launchedCount - 2;
    expect(failed).toBeGreaterThanOrEqual(failures);
    expect(failed).toBeLessThanOrEqual(failures + 2);
    expect(service.descriptions.at(-2)).toMatch(new RegExp(`^${failures} tasks? of the new revision failed`));
  });

  test('without a rollback stops launching tasks, and leaves the old ones until the next deployment', () => {
    const service = deployed({ ...ROLLING, circuitBreakerRollsBack: false }, true);
    service.clock.runUntil(600);
    expect([service.scheduler.isDeploying, ...revisionsOf(service)]).toEqual([false, 0, 0]);
    expect(service.descriptions.at(-1)).toBe('3 tasks of the new revision failed in a row: the circuit breaker stopped the deployment');
    service.scheduler.deployments.start(false);
    service.clock.runUntil(1200);
    expect([service.events.at(-1), ...revisionsOf(service)]).toEqual(['deployment-completed', 2, 2]);
  });

  const outcomes = array(constantFrom('failed', 'healthy'), { maxLength: 40 });

  /** Whether a run of so many failures has no healthy task in it. */
  function hasRun(results: readonly string[], length: number): boolean {
    return results.join(',').includes(Array.from({ length }, () => 'failed').join(','));
  }

  test('counts failures in a row, or all of them if a healthy task does not reset the count', () => {
    assert(
      property(outcomes, boolean(), (results, resetOnHealthyTask) => {
        const threshold = { type: 'COUNT', value: 4 } as const;
        const circuitBreaker = new DeploymentCircuitBreaker({ ...ROLLING, circuitBreakerThreshold: threshold, resetOnHealthyTask });
        let isOpen = false;
        for (const result of results) {
          if (result === 'healthy') circuitBreaker.resetOnHealthyTask();
          else isOpen ||= circuitBreaker.countFailure(2) !== undefined;
        }
        const failures = results.filter((result) => result === 'failed').length;
        expect(isOpen).toBe(resetOnHealthyTask ? hasRun(results, 4) : failures >= 4);
      }),
    );
  });

  test('resets its count with each healthy task by default', () => {
    const circuitBreaker = new DeploymentCircuitBreaker(ROLLING);
    for (let round = 0; round < 5; round++) {
      expect([circuitBreaker.countFailure(2), circuitBreaker.countFailure(2)]).toEqual([undefined, undefined]);
      circuitBreaker.resetOnHealthyTask();
    }
  });
});

describe('a deployment with a pause before each step of a canary', () => {
  const waiting: Deployment = { ...CANARY, lifecycleHooks: [PAUSE] };

  test('waits with both revisions and no traffic to the new one, and is rolled back after the timeout', () => {
    const service = deployed(waiting);
    service.clock.runUntil(START_SECONDS + 60);
    expect(service.events).toEqual(['deployment-started', 'deployment-paused']);
    expect(service.pool.all.map(({ trafficShare }) => trafficShare)).toEqual([0.5, 0.5, 0, 0]);
    service.clock.runUntil(START_SECONDS + 30 * 60 + GO_SECONDS + 1);
    expect(service.events.slice(2)).toEqual(['deployment-failed', 'rolled-back']);
    expect(service.descriptions[2]).toBe('no one continued the deployment at PRE_PRODUCTION_TRAFFIC_SHIFT within 30m: ECS rolled back');
    expect(revisionsOf(service)).toEqual([0, 0]);
  });

  test('is complete once each of the two steps was continued', () => {
    const service = deployed(waiting);
    service.clock.runUntil(START_SECONDS + 60);
    service.scheduler.deployments.continue();
    expect(service.pool.all.map(({ trafficShare }) => trafficShare)).toEqual([0.45, 0.45, 0.05, 0.05]);
    service.clock.runUntil(START_SECONDS + 60 + 600);
    expect(service.events.slice(-1)).toEqual(['deployment-paused']);
    service.scheduler.deployments.continue();
    service.clock.runUntil(START_SECONDS + 60 + 600 + 60 + GO_SECONDS);
    expect([service.events.at(-1), ...revisionsOf(service)]).toEqual(['deployment-completed', 1, 1]);
  });

  test('continues after the timeout if that is its action', () => {
    const service = deployed({ ...CANARY, lifecycleHooks: [{ ...PAUSE, timeoutAction: 'CONTINUE' }] });
    service.clock.runUntil(START_SECONDS + 2 * 30 * 60 + 600 + 60 + GO_SECONDS);
    expect(service.events).toEqual([
      'deployment-started',
      'deployment-paused',
      'deployment-continued',
      'deployment-paused',
      'deployment-continued',
      'deployment-completed',
    ]);
  });

  test('is rolled back by request, and launches no task of the revision any more', () => {
    const service = deployed(waiting);
    service.clock.runUntil(START_SECONDS + 60);
    service.scheduler.deployments.rollBackByRequest();
    service.clock.runUntil(3 * 3600);
    expect(service.events.slice(2)).toEqual(['deployment-failed', 'rolled-back']);
    expect([service.pool.launchedCount, ...revisionsOf(service)]).toEqual([4, 0, 0]);
  });

  test('that another deployment replaces does not time out any more', () => {
    const service = deployed({ ...CANARY, lifecycleHooks: [{ ...PAUSE, stages: ['RECONCILE_SERVICE', 'POST_SCALE_UP'] }] });
    service.clock.runUntil(START_SECONDS + 60);
    service.scheduler.deployments.start(false);
    expect(service.events).toEqual(['deployment-started', 'deployment-paused', 'deployment-started', 'deployment-paused']);
    expect(service.descriptions.at(-1)).toMatch('RECONCILE_SERVICE');
    service.clock.runUntil(START_SECONDS + 30 * 60);
    expect(service.events.filter((kind) => kind === 'deployment-failed')).toEqual([]);
  });
});

test('a pause before the scale-up launches no task until it is continued', () => {
  const service = deployed({ ...CANARY, lifecycleHooks: [{ ...PAUSE, stages: ['PRE_SCALE_UP'] }] });
  service.clock.runUntil(300);
  expect([service.scheduler.isDeploying, ...revisionsOf(service)]).toEqual([true, 0, 0]);
  service.pool.kill(service.pool.all[0]!);
  expect(revisionsOf(service)).toEqual([0, 0]);
  service.scheduler.deployments.continue();
  expect(revisionsOf(service)).toEqual([0, 0, 1, 1]);
});

test.each([
  [['POST_SCALE_UP'], 1],
  [['POST_SCALE_UP', 'TEST_TRAFFIC_SHIFT', 'POST_TEST_TRAFFIC_SHIFT'], 3],
  [['PRE_PRODUCTION_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'], 4],
  [['POST_PRODUCTION_TRAFFIC_SHIFT', 'RECONCILE_SERVICE'], 1],
] as const)('a Lambda function at %j runs %d times in a canary of two steps', (stages, times) => {
  const hook: LifecycleHook = { targetType: 'AWS_LAMBDA', stages: [...stages], timeoutMinutes: 1440, timeoutAction: 'ROLLBACK' };
  const service = deployed({ ...CANARY, lifecycleHooks: [hook] });
  const endSeconds = START_SECONDS + 600 + 60 + times * LAMBDA_SECONDS + GO_SECONDS;
  service.clock.runUntil(endSeconds - 1);
  expect(service.events).toEqual(['deployment-started']);
  service.clock.runUntil(endSeconds);
  expect(service.events).toEqual(['deployment-started', 'deployment-completed']);
});

test.each([
  ['ROLLBACK', ['deployment-started', 'deployment-failed', 'rolled-back']],
  ['CONTINUE', ['deployment-started', 'deployment-continued', 'deployment-completed']],
] as const)('a Lambda function that has not responded at its timeout: %s', (timeoutAction, events) => {
  // no whole minute is shorter than the 30 seconds that a function takes here.
  const hook: LifecycleHook = { targetType: 'AWS_LAMBDA', stages: ['POST_SCALE_UP'], timeoutMinutes: 0.25, timeoutAction };
  const service = deployed({ ...CANARY, lifecycleHooks: [hook] });
  service.clock.runUntil(START_SECONDS + 14);
  expect(service.events).toEqual(['deployment-started']);
  service.clock.runUntil(3600);
  expect(service.events).toEqual(events);
});

test('a stage with a pause and a Lambda function waits for both', () => {
  const stages = ['POST_SCALE_UP'] as const;
  const hooks: LifecycleHook[] = [
    { ...PAUSE, stages },
    { ...PAUSE, stages, targetType: 'AWS_LAMBDA' },
  ];
  const service = deployed({ ...CANARY, lifecycleHooks: hooks });
  service.clock.runUntil(START_SECONDS + 1);
  service.scheduler.deployments.continue();
  service.clock.runUntil(START_SECONDS + LAMBDA_SECONDS - 1);
  expect(service.pool.all.at(-1)!.trafficShare).toBe(0);
  service.clock.runUntil(START_SECONDS + LAMBDA_SECONDS);
  expect(service.pool.all.at(-1)!.trafficShare).toBeGreaterThan(0);
});

test('what waits for nothing cannot be continued or rolled back: an event reports it', () => {
  const service = serviceOfNumbers(CANARY, 2);
  service.scheduler.deployments.continue();
  service.scheduler.deployments.rollBackByRequest();
  expect(service.descriptions).toEqual([
    'no deployment was paused that could continue',
    'no deployment was in progress that could be rolled back',
  ]);
});

describe('a rolling deployment with alarms', () => {
  const rollbackAlarms: RollbackAlarms = { watched: [], notSimulated: ['Errors'], evaluationSeconds: 180, rollsBack: true };
  const watched: Deployment = { ...ROLLING, rollbackAlarms };

  test('stays open for the bake time after the last old task is STOPPED', () => {
    const service = deployed(watched);
    service.clock.runUntil(START_SECONDS + GO_SECONDS);
    expect(service.events).toEqual(['deployment-started', 'bake-started']);
    expect(service.descriptions.at(-1)).toBe('all tasks are of the new revision: ECS watches the alarms for 3m, the bake time');
    service.clock.runUntil(START_SECONDS + GO_SECONDS + 179);
    expect([service.scheduler.isDeploying, ...revisionsOf(service)]).toEqual([true, 1, 1]);
    service.clock.runUntil(START_SECONDS + GO_SECONDS + 180);
    expect([service.scheduler.isDeploying, service.events.at(-1)]).toEqual([false, 'deployment-completed']);
  });

  test.each([
    [true, 'Errors went into ALARM: ECS rolled back', 0],
    [false, 'Errors went into ALARM: ECS stopped the deployment', 1],
  ])('that goes into ALARM in the bake time, with rollback %s: %s', (rollsBack, description, revision) => {
    const service = deployed({ ...ROLLING, rollbackAlarms: { ...rollbackAlarms, rollsBack } });
    service.clock.runUntil(START_SECONDS + GO_SECONDS + 60);
    service.scheduler.deployments.setAlarmState('Errors', true);
    service.clock.runUntil(600);
    expect(service.descriptions).toContain(description);
    expect([service.scheduler.isDeploying, ...revisionsOf(service)]).toEqual([false, revision, revision]);
  });

  test('ignores them all if one is in ALARM when it starts, and has no bake time then', () => {
    const service = serviceOfNumbers(watched, 2);
    service.scheduler.deployments.setAlarmState('Errors', true);
    service.scheduler.deployments.start(false);
    service.scheduler.deployments.setAlarmState('Slow', true);
    service.clock.runUntil(START_SECONDS + GO_SECONDS);
    expect(service.events).toEqual(['deployment-started', 'deployment-completed']);
  });

  test('does not roll back once it is complete', () => {
    const service = deployed(watched);
    service.clock.runUntil(600);
    service.scheduler.deployments.setAlarmState('Errors', true);
    service.clock.runUntil(1200);
    expect([service.events.at(-1), ...revisionsOf(service)]).toEqual(['deployment-completed', 1, 1]);
  });

  test('that shifts traffic bakes as long as it says, and its alarms roll it back', () => {
    const service = deployed({ ...CANARY, rollbackAlarms });
    service.clock.runUntil(START_SECONDS + 600 + 30);
    service.scheduler.deployments.setAlarmState('Errors', true);
    service.clock.runUntil(START_SECONDS + 600 + 30 + GO_SECONDS);
    expect(service.events).toEqual(['deployment-started', 'deployment-failed', 'rolled-back']);
    expect(service.pool.launchedCount).toBe(4);
  });
});

describe('early success', () => {
  const settings: Deployment = { ...ROLLING, minHealthyPercent: 50, maxHealthyPercent: 100 };

  /** A deployment of four tasks, two at a time. */
  function inPairs(cleanup: 'BLOCKING' | 'DEFERRED' | undefined, others: Partial<Deployment> = {}): Service {
    const earlySuccess = cleanup && { healthyPercent: 50, cleanup };
    const service = serviceOfNumbers({ ...settings, ...others, earlySuccess }, 4);
    service.scheduler.deployments.start(false);
    return service;
  }

  test('completes a deployment with half of its tasks, and ECS starts the others after it', () => {
    const service = inPairs('DEFERRED');
    // two old tasks are stopped, then two new ones start.
    service.clock.runUntil(START_SECONDS);
    expect(service.events).toEqual(['deployment-started', 'deployment-completed']);
    expect(service.descriptions.at(-1)).toMatch('early success: 2 of 4 tasks');
    service.clock.runUntil(600);
    expect(revisionsOf(service)).toEqual([1, 1, 1, 1]);
  });

  test('with a blocking cleanup waits until the old tasks are STOPPED, and not for the other new ones', () => {
    const [blocking, none] = [inPairs('BLOCKING'), inPairs(undefined)];
    for (const service of [blocking, none]) service.clock.runUntil(START_SECONDS + GO_SECONDS);
    expect(blocking.events).toEqual(['deployment-started', 'deployment-completed']);
    expect(none.events).toEqual(['deployment-started']);
    blocking.clock.runUntil(600);
    expect(revisionsOf(blocking)).toEqual([1, 1, 1, 1]);
  });

  test('bakes before it completes, if there are alarms', () => {
    const rollbackAlarms: RollbackAlarms = { watched: [], notSimulated: ['Errors'], evaluationSeconds: 120, rollsBack: true };
    const service = inPairs('DEFERRED', { rollbackAlarms });
    service.clock.runUntil(START_SECONDS + 119);
    expect(service.events).toEqual(['deployment-started', 'bake-started']);
    service.clock.runUntil(START_SECONDS + 120);
    expect(service.events.at(-1)).toBe('deployment-completed');
  });
});
