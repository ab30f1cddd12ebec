import { expect, test } from 'vitest';
import { planOfDefaults } from '../../cli/plan-of-defaults';
import { planOf } from '../../src/service/plan-of-props';

test('the command starts from the plan that the construct has without props', () => {
  expect(planOfDefaults('Service')).toMatchObject({ ...planOf({}), service: 'Service' });
});
