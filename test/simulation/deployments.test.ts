import { describe, expect, test } from 'vitest';
import { parseFault } from '../../src/faults/fault-grammar';
import type { RollbackAlarms } from '../../src/plan/alarm-rollback';
import type { Deployment } from '../../src/plan/deployment-settings';
import { canarySteps } from '../../src/plan/deployment-settings';
import type { LifecycleHook } from '../../src/plan/lifecycle-hooks';
import type { Outcome } from '../../src/run/outcome';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

function deployed(changes: Partial<Deployment>, faults: readonly string[], traffic = 'rps 400 for 40m'): Outcome {
  const plan = searchPlan(2, 8, [cpuTarget(70)]);
  return forecast({
    plan: { ...plan, deployment: { ...plan.deployment, ...changes } },
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    faults: faults.map(parseFault),
    seed: 1,
  });
}

function kindsOf({ events }: Outcome): string[] {
  return events.filter(({ kind }) => kind !== 'task-lost' && kind !== 'replacement-healthy').map(({ kind }) => kind);
}

function secondsOf({ events }: Outcome, kind: string): number {
  return events.find((event) => event.kind === kind)?.atSeconds ?? Number.NaN;
}

describe('a bad deployment', () => {
  test('is rolled back after twelve failures in a row with a threshold of COUNT 12, later than with the default', () => {
    const [usual, patient] = [undefined, { type: 'COUNT', value: 12 } as const].map((circuitBreakerThreshold) =>
      deployed({ circuitBreakerThreshold }, ['bad deploy at 5m']),
    ) as [Outcome, Outcome];
    expect(patient.events.find(({ kind }) => kind === 'deployment-failed')!.description).toBe(
      '12 tasks of the new revision failed in a row: the circuit breaker rolled back',
    );
    expect(patient.events.filter(({ kind }) => kind === 'task-lost').length).toBeGreaterThanOrEqual(12);
    expect(secondsOf(patient, 'deployment-failed')).toBeGreaterThan(2 * (secondsOf(usual, 'deployment-failed') - 300) + 300);
    expect([usual, patient].map((outcome) => outcome.totals.failedRequests)).toEqual([0, 0]);
  });
});

describe('a canary that pauses before each step', () => {
  const pause: LifecycleHook = {
    targetType: 'PAUSE',
    stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
    timeoutMinutes: 15,
    timeoutAction: 'ROLLBACK',
  };
  const canary: Partial<Deployment> = { trafficShift: { steps: canarySteps(10, 300), bakeSeconds: 60 }, lifecycleHooks: [pause] };

  test('waits, and rolls back after the timeout if no one continues it', () => {
    const outcome = deployed(canary, ['deploy at 5m']);
    expect(kindsOf(outcome)).toEqual(['deployment-started', 'deployment-paused', 'deployment-failed', 'rolled-back']);
    expect(secondsOf(outcome, 'deployment-failed') - secondsOf(outcome, 'deployment-paused')).toBe(15 * 60);
    expect(outcome.timeline.at(-1)!.runningCount).toBe(2);
  });

  test('is complete with `continue at` for each step', () => {
    const outcome = deployed(canary, ['deploy at 5m', 'continue at 12m', 'continue at 20m']);
    expect(kindsOf(outcome)).toEqual([
      'deployment-started',
      'deployment-paused',
      'deployment-continued',
      'deployment-paused',
      'deployment-continued',
      'deployment-completed',
    ]);
    expect(secondsOf(outcome, 'deployment-completed')).toBeGreaterThan(21 * 60);
    expect(outcome.totals.failedRequests).toBe(0);
  });

  test('is rolled back with `rollback at`, and that a pause does not wait any more is reported', () => {
    const outcome = deployed(canary, ['deploy at 5m', 'rollback at 12m', 'continue at 20m']);
    expect(kindsOf(outcome)).toEqual(['deployment-started', 'deployment-paused', 'deployment-failed', 'rolled-back', 'fault']);
    expect(outcome.events.at(-1)).toMatchObject({ description: 'no deployment was paused that could continue', tasks: [] });
  });

  test('holds back scale-in as long as it is paused', () => {
    const traffic = 'rps 2600 for 15m, rps 400 for 65m';
    const paused = deployed({ ...canary, lifecycleHooks: [{ ...pause, timeoutMinutes: 1440 }] }, ['deploy at 16m'], traffic);
    const scaledIn = ({ activities }: Outcome): number =>
      activities.filter((activity) => activity.toCapacity < activity.fromCapacity).length;
    expect(scaledIn(deployed({}, [], traffic))).toBeGreaterThan(0);
    expect(scaledIn(paused)).toBe(0);
    expect(paused.notScaled.map(({ reason }) => reason)).toContain('TargetServicePutResourceAsUnscalable');
  });
});

describe('the alarms of a rolling deployment', () => {
  const slowResponses: RollbackAlarms = {
    watched: [
      {
        alarmName: 'Slow',
        metric: 'TargetResponseTime',
        statistic: 'p95',
        alarm: {
          comparisonOperator: 'GreaterThanOrEqualToThreshold',
          threshold: 0.5,
          evaluationPeriods: 3,
          datapointsToAlarm: 3,
          treatMissingData: 'notBreaching',
          periodSeconds: 60,
        },
      },
    ],
    notSimulated: [],
    evaluationSeconds: 180,
    rollsBack: true,
  };

  test('keep it open for their evaluation time', () => {
    const [without, watched] = [{}, { rollbackAlarms: slowResponses }].map((changes) => deployed(changes, ['deploy at 5m'])) as [
      Outcome,
      Outcome,
    ];
    expect(secondsOf(watched, 'bake-started')).toBe(secondsOf(without, 'deployment-completed'));
    expect(secondsOf(watched, 'deployment-completed') - secondsOf(watched, 'bake-started')).toBe(180);
    expect(watched.totals).toEqual(without.totals);
  });

  test('roll it back if responses become slow meanwhile', () => {
    const changes = { rollbackAlarms: { ...slowResponses, evaluationSeconds: 900 } };
    const outcome = deployed(changes, ['deploy at 5m', 'slow dependency by 800ms at 8m for 10m']);
    expect(kindsOf(outcome)).toEqual(['deployment-started', 'bake-started', 'fault', 'deployment-failed', 'rolled-back']);
    expect(outcome.events.find(({ kind }) => kind === 'deployment-failed')!.description).toBe('Slow went into ALARM: ECS rolled back');
    expect(secondsOf(outcome, 'deployment-failed')).toBeGreaterThan(8 * 60 + 180);
  });

  test('do nothing to a deployment that starts while one is in ALARM', () => {
    const outcome = deployed({ rollbackAlarms: slowResponses }, ['slow dependency by 800ms at 2m for 30m', 'deploy at 12m']);
    expect(kindsOf(outcome)).toEqual(['fault', 'deployment-started', 'deployment-completed']);
  });
});
