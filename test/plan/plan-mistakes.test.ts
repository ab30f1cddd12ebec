import { expect, test } from 'vitest';
import { planMistakes } from '../../src/plan/plan-mistakes';
import { cpuTarget, searchPlan } from '../search-plan';

const PLAN = searchPlan(2, 6, [cpuTarget(60)]);

test.each([undefined, 1, 60, 4000])('an idle timeout of %s seconds is sound', (idleTimeoutSeconds) => {
  expect(planMistakes({ ...PLAN, idleTimeoutSeconds })).toEqual([]);
});

test.each([0, -1, 4001, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses an idle timeout of %s seconds', (idleTimeoutSeconds) => {
  const mistake = `the idle timeout must be a whole number of seconds from 1 to 4000, got ${idleTimeoutSeconds}`;
  expect(planMistakes({ ...PLAN, idleTimeoutSeconds })).toEqual([mistake]);
});

test.each([0, 1.5])('refuses %s availability zones', (zoneCount) => {
  expect(planMistakes({ ...PLAN, zoneCount })).toEqual([`availability zones must be a whole number of at least 1, got ${zoneCount}`]);
});
