import { describe, expect, test } from 'vitest';
import { alarmsNotSimulated, assumedHookTime, pausedDeployment } from '../../src/advice/deployment-remarks';
import { parseFault } from '../../src/faults/fault-grammar';
import { canarySteps, type Deployment } from '../../src/plan/deployment-settings';
import type { LifecycleHook } from '../../src/plan/lifecycle-hooks';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const PAUSE: LifecycleHook = { targetType: 'PAUSE', stages: ['POST_SCALE_UP'], timeoutMinutes: 5, timeoutAction: 'ROLLBACK' };
const CHECK: LifecycleHook = { ...PAUSE, targetType: 'AWS_LAMBDA', stages: ['POST_SCALE_UP', 'PRODUCTION_TRAFFIC_SHIFT'] };

function scenario(deployment: Partial<Deployment>, faults: readonly string[]): Scenario {
  const plan = searchPlan(2, 4, [cpuTarget(70)]);
  return {
    plan: { ...plan, deployment: { ...plan.deployment, ...deployment } },
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic('rps 200 for 20m'),
    behavior: AWS_BEHAVIOR,
    faults: faults.map(parseFault),
    seed: 1,
  };
}

const shift = { trafficShift: { steps: canarySteps(10, 60), bakeSeconds: 60 } };

describe('a remark on a deployment', () => {
  test.each([
    [5, ['deploy at 2m'], true],
    [1440, ['deploy at 2m'], true],
    [1440, ['deploy at 2m', 'continue at 4m'], false],
    [1440, ['deploy at 2m', 'rollback at 4m'], false],
    [1440, [], false],
  ] as const)('with a timeout of %d minutes and %j reports a pause that no one continued: %s', (timeoutMinutes, faults, isReported) => {
    const one = scenario({ ...shift, lifecycleHooks: [{ ...PAUSE, timeoutMinutes }] }, faults);
    expect(pausedDeployment(one, forecast(one))).toEqual(
      isReported
        ? expect.stringMatching(/^the deployment paused at 2:\d\d and no one continued it: add the fault 'continue at TIME'/)
        : undefined,
    );
  });

  test('says what is assumed of its functions', () => {
    const one = scenario({ ...shift, lifecycleHooks: [CHECK] }, ['deploy at 2m']);
    expect(assumedHookTime(one, forecast(one))).toMatch('(POST_SCALE_UP, PRODUCTION_TRAFFIC_SHIFT) is assumed to succeed after 30 s');
    const without = scenario({ ...shift, lifecycleHooks: [CHECK] }, []);
    expect(assumedHookTime(without, forecast(without))).toBeUndefined();
  });

  test('names the alarms that are not simulated', () => {
    const rollbackAlarms = { watched: [], notSimulated: ['Errors', 'Queue'], evaluationSeconds: 60, rollsBack: true };
    const one = scenario({ rollbackAlarms }, ['deploy at 2m']);
    expect(alarmsNotSimulated(one, forecast(one))).toBe(
      'on AWS Errors, Queue also fail a deployment by going into ALARM: what they watch is not simulated',
    );
    const without = scenario({ rollbackAlarms }, []);
    expect(alarmsNotSimulated(without, forecast(without))).toBeUndefined();
  });
});
