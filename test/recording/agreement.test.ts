import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../src/recording/agreement';
import { matchActivities } from '../../src/recording/matched-activities';
import { trustGrade } from '../../src/recording/trust';
import type { Outcome } from '../../src/run/outcome';
import type { Activity } from '../../src/scaling/activity';
import { runOf } from '../report/runs';

function activity(startSeconds: number, fromCapacity: number, toCapacity: number): Activity {
  const counts = { baseCapacity: fromCapacity, computedCapacity: toCapacity, fromCapacity, toCapacity };
  return { startSeconds, statusCode: 'Successful', origin: 'target-tracking', cause: '', ...counts };
}

describe('activities that belong together', () => {
  test.each([
    ['the nearest in the same direction', [activity(300, 2, 3)], [activity(100, 2, 3), activity(280, 2, 3)], ['300 280']],
    ['not those in the other direction', [activity(300, 2, 3)], [activity(300, 3, 2)], []],
    ['not those more than an hour apart', [activity(0, 2, 3)], [activity(3700, 2, 3)], []],
    ['rather those with the same counts', [activity(300, 2, 4)], [activity(270, 2, 3), activity(400, 2, 4)], ['300 400']],
    [
      'one for each, in their order',
      [activity(60, 2, 3), activity(120, 3, 4), activity(900, 4, 3)],
      [activity(90, 2, 4), activity(880, 4, 3)],
      ['120 90', '900 880'],
    ],
  ])('are %s', (_, observed, others, pairs) => {
    expect(matchActivities(observed, others).map(([one, other]) => `${one.startSeconds} ${other.startSeconds}`)).toEqual(pairs);
  });
});

describe('the agreement of an outcome', () => {
  const { outcome } = runOf('users 30 for 5m, users 120 for 15m');

  test('with itself is complete', () => {
    const agreement = agreementOf(outcome, outcome);
    expect(agreement.activities).toMatchObject({ observed: 2, other: 2, same: 2, sameDirection: 0, maxSecondsApart: 0 });
    expect(agreement.cpuPoints).toEqual({ mean: 0, p90: 0, max: 0, bias: 0 });
    expect(agreement.taskHours.percentApart).toBe(0);
    expect(trustGrade(agreement)).toBe('close');
  });

  test('counts points of CPU over whole rows, also where those of the recording are longer', () => {
    const shifted: Outcome = {
      ...outcome,
      timeline: outcome.timeline.map((row) => ({ ...row, cpuUtilizationPercent: row.cpuUtilizationPercent! + 4 })),
    };
    const fiveMinutes: Outcome = {
      ...outcome,
      timeline: outcome.timeline
        .filter(({ atSeconds }) => atSeconds % 300 === 0)
        .map((row) => {
          const rows = outcome.timeline.filter(({ atSeconds }) => atSeconds > row.atSeconds - 300 && atSeconds <= row.atSeconds);
          return { ...row, cpuUtilizationPercent: rows.reduce((sum, each) => sum + each.cpuUtilizationPercent!, 0) / rows.length };
        }),
    };
    for (const recorded of [outcome, fiveMinutes]) {
      const { cpuPoints } = agreementOf(recorded, shifted);
      expect(cpuPoints!.mean).toBeCloseTo(4, 6);
      expect(cpuPoints!.bias).toBeCloseTo(4, 6);
    }
  });

  test('only has what comes after a second', () => {
    const after = outcome.activities[0]!.startSeconds + 1;
    const { activities, taskHours } = agreementOf(outcome, outcome, after);
    expect(activities.observed).toBe(1);
    expect(taskHours.observed).toBeLessThan(agreementOf(outcome, outcome).taskHours.observed);
  });

  test.each([
    ['fair', { ...outcome, timeline: outcome.timeline.map((row) => ({ ...row, cpuUtilizationPercent: row.cpuUtilizationPercent! + 7 })) }],
    ['poor', { ...outcome, activities: [] }],
  ])('is %s where it is apart', (grade, other) => {
    expect(trustGrade(agreementOf(outcome, other))).toBe(grade);
  });
});
