import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { planErrors } from '../../src/plan/service-plan';
import { cpuTarget, searchPlan } from '../search-plan';

const PLAN = searchPlan(2, 6, [cpuTarget(60)]);

test.each([undefined, 1, 60, 4000])('an idle timeout of %s seconds is sound', (idleTimeoutSeconds) => {
  expect(planErrors({ ...PLAN, idleTimeoutSeconds })).toEqual([]);
});

test.each([0, -1, 4001, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('rejects an idle timeout of %s seconds', (idleTimeoutSeconds) => {
  const error = `the idle timeout must be a whole number of seconds from 1 to 4000, got ${idleTimeoutSeconds}`;
  expect(planErrors({ ...PLAN, idleTimeoutSeconds }).map(formatError)).toEqual([error]);
});

test.each([0, 1.5])('rejects %s availability zones', (zoneCount) => {
  expect(planErrors({ ...PLAN, zoneCount }).map(formatError)).toEqual([
    `the number of Availability Zones must be a whole number of at least 1, got ${zoneCount}`,
  ]);
});
