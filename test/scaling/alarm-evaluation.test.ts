import { describe, expect, test } from 'vitest';
import type { AlarmRule } from '../../src/plan/alarm-rule';
import { evaluateAlarm } from '../../src/scaling/alarm-evaluation';

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** X breaches, 0 does not, - is missing; the table's RETAIN is the state before. */
function evaluateAll(points: string, datapointsToAlarm: number): string[] {
  const range = points.split(' ').map((point) => ({ X: 10, '0': 0, '-': undefined })[point]);
  return TREATMENTS.map((treatMissingData) => {
    const rule: AlarmRule = {
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm,
      treatMissingData,
    };
    const states = [evaluateAlarm(rule, range, 'OK'), evaluateAlarm(rule, range, 'ALARM')];
    return states[0] === states[1] ? states[0]! : 'RETAIN';
  });
}

// the tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
describe('missing data, 3 of 3', () => {
  test.each([
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT_DATA', 'RETAIN', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'RETAIN', 'ALARM', 'OK'],
  ])('%s is %s, %s, %s, %s', (points, ...states) => {
    expect(evaluateAll(points, 3)).toEqual(states);
  });
});

describe('missing data, 2 of 3', () => {
  test.each([
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', 'RETAIN', 'ALARM', 'OK'],
  ])('%s is %s, %s, %s, %s', (points, ...states) => {
    expect(evaluateAll(points, 2)).toEqual(states);
  });
});

test.each([
  ['GreaterThanThreshold', 5, 'OK'],
  ['GreaterThanThreshold', 5.1, 'ALARM'],
  ['LessThanThreshold', 5, 'OK'],
  ['LessThanThreshold', 4.9, 'ALARM'],
] as const)('%s 5 at %d is %s', (comparisonOperator, value, state) => {
  const rule: AlarmRule = { comparisonOperator, threshold: 5, evaluationPeriods: 1, datapointsToAlarm: 1, treatMissingData: 'missing' };
  expect(evaluateAlarm(rule, [value], 'OK')).toBe(state);
});
