import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { type LifecycleHook, lifecycleHookErrors } from '../../src/plan/lifecycle-hooks';

const PAUSE: LifecycleHook = {
  targetType: 'PAUSE',
  stages: ['PRE_PRODUCTION_TRAFFIC_SHIFT'],
  timeoutMinutes: 1440,
  timeoutAction: 'ROLLBACK',
};

test.each<[Partial<LifecycleHook>, string[]]>([
  [{}, []],
  [{ timeoutMinutes: 20_160, timeoutAction: 'CONTINUE' }, []],
  [{ targetType: 'AWS_LAMBDA', stages: ['PRODUCTION_TRAFFIC_SHIFT', 'TEST_TRAFFIC_SHIFT'] }, []],
  [
    { stages: ['PRODUCTION_TRAFFIC_SHIFT'] },
    ['a deployment cannot pause at PRODUCTION_TRAFFIC_SHIFT: only a Lambda function can be a hook of that stage'],
  ],
  [{ stages: [] }, ['a lifecycle hook must name at least one stage, got none']],
  [{ timeoutMinutes: 0 }, ['the timeout of a lifecycle hook must be a whole number of minutes from 1 to 20160, got 0']],
  [{ timeoutMinutes: 1.5 }, ['the timeout of a lifecycle hook must be a whole number of minutes from 1 to 20160, got 1.5']],
  [{ timeoutAction: 'STOP' as 'ROLLBACK' }, ['the timeout action of a lifecycle hook must be one of ROLLBACK, CONTINUE, got STOP']],
  [{ targetType: 'LAMBDA' as 'PAUSE' }, ['the target type of a lifecycle hook must be one of AWS_LAMBDA, PAUSE, got LAMBDA']],
])('a pause with %j has the errors %j', (changes, errors) => {
  expect(lifecycleHookErrors({ ...PAUSE, ...changes }).map(formatError)).toEqual(errors);
});

test('a stage that ECS does not have is rejected', () => {
  const [error] = lifecycleHookErrors({ ...PAUSE, stages: ['BEFORE_INSTALL' as 'PRE_SCALE_UP'] });
  expect(formatError(error!)).toMatch(/^the stage of a lifecycle hook must be one of RECONCILE_SERVICE, .*, got BEFORE_INSTALL$/);
});
