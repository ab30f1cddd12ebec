import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../src/recording/agreement';
import { closestTimingIndex, recordedScenario, sameCountsShare } from '../../src/recording/backtest';
import { fitRecording } from '../../src/recording/fit-recording';
import { observedOutcome } from '../../src/recording/observed-outcome';
import type { Recording } from '../../src/recording/recording';
import { trustGrade, trustLines } from '../../src/recording/trust';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecastSeeds } from '../../src/simulation/band';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';
import { describedActivities, reportedPeriods } from './as-reported';

const PLAN = searchPlan(2, 8, [cpuTarget(50)]);

/** A day in which the service scales out and in, twice. */
const SCENARIO: Scenario = {
  plan: PLAN,
  workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.003, idleVcpu: 0.02, baseLatencySeconds: 0.02 },
  traffic: parseTraffic(
    'rps 40 for 20m, rps 40..180 for 20m, rps 180 for 60m, rps 30 for 80m, rps 60 for 10m, rps 230 for 60m, rps 30 for 80m',
  ),
  behavior: AWS_BEHAVIOR,
  seed: 7,
};

function recordingOf(scenario: Scenario): Recording {
  const outcome = forecast(scenario);
  const reported = { plan: scenario.plan, periods: reportedPeriods(outcome), activities: describedActivities(outcome), speed: 1 };
  return { plan: scenario.plan, ignored: [], ...observedOutcome(reported), speed: 1 };
}

test('minutes that are left out of a fit count where it is judged', () => {
  const { plan, outcome, ...others } = recordingOf(SCENARIO);
  let count = 0;
  // a job takes 30 points of CPU in one of nine minutes.
  const timeline = outcome.timeline.map((row) => {
    const isJob = row.cpuUtilizationPercent !== undefined && count++ % 9 === 0;
    return isJob ? { ...row, cpuUtilizationPercent: row.cpuUtilizationPercent! + 30 } : row;
  });
  const fit = fitRecording({ plan, ...others, outcome: { ...outcome, timeline } });
  expect(fit.workload.cpuSecondsPerRequest).toBeCloseTo(SCENARIO.workload.cpuSecondsPerRequest, 3);
  // against the first fit, which the job has raised, they would be nearer.
  expect(fit.cpuPointsApart).toBeCloseTo(30, 0);
});

describe('a service whose requests all cost the same', () => {
  const recording = recordingOf(SCENARIO);
  const fit = fitRecording(recording);

  test('has the workload that it was recorded with', () => {
    expect(fit.workload.cpuSecondsPerRequest).toBeCloseTo(SCENARIO.workload.cpuSecondsPerRequest, 4);
    expect(fit.workload.idleVcpu).toBeCloseTo(SCENARIO.workload.idleVcpu, 2);
    expect(fit.workload.baseLatencySeconds).toBeCloseTo(SCENARIO.workload.baseLatencySeconds, 3);
    expect(fit.cpuPointsApart).toBeLessThan(1);
  });

  test('is forecast as it was, with the timing that it had', () => {
    const agreement = agreementOf(recording.outcome, forecast({ ...recordedScenario(recording, fit), seed: SCENARIO.seed }));
    expect(agreement.activities.observed).toBeGreaterThan(8);
    expect(agreement.activities).toMatchObject({ same: agreement.activities.observed, other: agreement.activities.observed });
    expect(agreement.activities.maxSecondsApart).toBeLessThan(60);
    expect(agreement.cpuPoints!.mean).toBeLessThan(1);
    expect(Math.abs(agreement.taskHours.percentApart)).toBeLessThan(1);
    expect(trustGrade(agreement)).toBe('close');
  });

  test('is predicted in its second half by the first, within 5 points of CPU and 3 % of the task-hours', () => {
    const half = recording.outcome.timeline.at(-1)!.atSeconds / 2;
    const scenario = { ...recordedScenario(recording, fitRecording(recording, half)), seed: SCENARIO.seed };
    const { activities, cpuPoints, taskHours } = agreementOf(recording.outcome, forecast(scenario), half);
    expect(activities.observed).toBeGreaterThan(3);
    expect(activities.same).toBe(activities.observed);
    expect(cpuPoints!.mean).toBeLessThan(5);
    expect(Math.abs(taskHours.percentApart)).toBeLessThan(3);
  });

  test('has the timing of the forecast that is closest to it', () => {
    const outcomes = forecastSeeds({ ...recordedScenario(recording, fit), seed: 5 }, 4);
    expect(closestTimingIndex(recording.outcome, outcomes)).toBe(SCENARIO.seed - 5);
    expect(sameCountsShare(recording.outcome, [recording.outcome, { ...recording.outcome, activities: [] }])).toBe(0.5);
  });
});

test('a service whose CPU does not follow its requests is not forecast, and the error says so', () => {
  const recording = recordingOf(SCENARIO);
  const timeline = recording.outcome.timeline.map((row) => ({ ...row, cpuUtilizationPercent: 60 - row.sentRequestsPerSecond / 10 }));
  expect(() => fitRecording({ ...recording, outcome: { ...recording.outcome, timeline } })).toThrow(
    'the CPU of a task must grow with its requests',
  );
});

test('a job that uses CPU each hour is left out of the fit, and the trust says that CPU has other reasons', () => {
  const recording = recordingOf(SCENARIO);
  const timeline = recording.outcome.timeline.map((row, index) =>
    index % 7 === 0 ? { ...row, cpuUtilizationPercent: row.cpuUtilizationPercent! + 25 } : row,
  );
  const fit = fitRecording({ ...recording, outcome: { ...recording.outcome, timeline } });
  expect(fit.workload.cpuSecondsPerRequest).toBeCloseTo(SCENARIO.workload.cpuSecondsPerRequest, 3);
  const agreement = agreementOf({ ...recording.outcome, timeline }, recording.outcome);
  expect(trustLines(agreement, fit).join('\n')).toContain('something else uses CPU');
});

test('under a constant load the CPU of a task is that of its requests alone, with a remark', () => {
  const fit = fitRecording(recordingOf({ ...SCENARIO, traffic: parseTraffic('rps 40 for 30m') }));
  expect(fit.workload.idleVcpu).toBeCloseTo(0, 2);
  expect(fit.remarks).toEqual([expect.stringContaining('each task had about 20.0 requests per second all the time')]);
});

test('a recording without steady minutes says how many it needs', () => {
  const recording = recordingOf({ ...SCENARIO, traffic: parseTraffic('rps 40 for 2m') });
  expect(() => fitRecording(recording)).toThrow('fitted to at least 3 minutes');
});
