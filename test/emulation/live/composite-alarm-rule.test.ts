import { expect, test } from 'vitest';
import { CompositeAlarmRuleError, evaluateCompositeAlarmRule } from '../../../emulation/live/composite-alarm-rule';
import type { AlarmState } from '../../../src/scaling/alarm-evaluation';

const STATES: Readonly<Record<string, AlarmState>> = { errors: 'ALARM', slow: 'OK', 'a "new" alarm': 'INSUFFICIENT_DATA' };

const evaluate = (rule: string): boolean => evaluateCompositeAlarmRule(rule, (name) => STATES[name]);

test.each<[string, boolean]>([
  ['ALARM(errors)', true],
  ['ALARM("errors")', true],
  ['ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors)', true],
  ['OK("errors")', false],
  ['INSUFFICIENT_DATA("a \\"new\\" alarm")', true],
  ['ALARM(unknown)', false],
  ['NOT OK(unknown)', true],
  ['(ALARM("slow") OR ALARM("errors"))', true],
  // AND is before OR.
  ['ALARM(errors) OR ALARM(slow) AND FALSE', true],
  ['(ALARM(errors) OR ALARM(slow)) AND FALSE', false],
  ['NOT ALARM(slow) AND NOT (ALARM(slow) OR FALSE)', true],
  ['AT_LEAST(2, ALARM, (errors, slow, unknown))', false],
  ['AT_LEAST(50%, NOT ALARM, (errors, slow))', true],
  ['TRUE', true],
])('%s is %s', (rule, expected) => {
  expect(evaluate(rule)).toBe(expected);
});

test.each([
  '',
  'ALARM(errors',
  'ALARM(errors) OK(slow)',
  'BROKEN(errors)',
  'AND TRUE',
  '"ALARM"(errors)))',
  'AT_LEAST(x, ALARM, (errors))',
])('the rule %j is an error', (rule) => {
  expect(() => evaluate(rule)).toThrow(CompositeAlarmRuleError);
});
