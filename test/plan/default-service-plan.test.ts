import { expect, test } from 'vitest';
import { DEFAULT_PLAN } from '../../src/plan/default-service-plan';
import { planOf } from '../../src/service/plan-from-props';

test('the default plan of the command is the plan of the construct without props', () => {
  expect(DEFAULT_PLAN).toMatchObject({ ...planOf({}), service: 'Service' });
});
