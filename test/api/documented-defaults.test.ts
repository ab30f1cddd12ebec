import { Duration, Size } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import * as library from '../../src';
import { scenarioOf } from '../../src/api/scenario-from-options';
import { documentedDefaults } from '../documented-defaults';
import { cpuTarget, searchPlan } from '../search-plan';
import { synthesize } from '../synthesize';

type Some = Record<string, unknown>;

const { Fault, Traffic, Workload } = library;
const at = Duration.minutes(1);

const LOADS = [
  { requestsPerSecond: 1, cpuPercent: 1 },
  { requestsPerSecond: 9, cpuPercent: 2 },
];

const { service } = synthesize();
const outcome = service.forecast({ traffic: Traffic.users(1, at), seeds: 1 });

/** What becomes of the options of each struct that has a default which is a value. */
const MEANT: Record<string, (some: Some) => unknown> = {
  ForecastOptions: (some) => ({
    ...scenarioOf(searchPlan(2, 6, [cpuTarget(60)]), { traffic: Traffic.users(1, at), ...some }),
    // a report lists what was left out; the result is the same.
    workloadDefaults: [],
  }),
  TaskFaultOptions: (some) => Fault.stopTask({ at, ...some })._fault(),
  CostOptions: (some) => outcome.monthlyCost(some),
  K6Iteration: (some) => Traffic.fromK6('{ "vus": 5, "duration": "1m" }', some)._traffic(),
  ServiceLoad: (some) =>
    Workload.fit([
      { requestsPerSecond: 1, cpuPercent: 1, ...some },
      { requestsPerSecond: 9, cpuPercent: 2 },
    ])._workload(),
  RecommendationObjective: (some) => service.plan().recommend({ cpus: [256], ...some }, { traffic: Traffic.users(1, at) }),
  SeasonalTrafficOptions: (some) => [Traffic.daily, Traffic.weekly].map((swing) => swing({ meanRequestsPerSecond: 5, ...some })._traffic()),
  WorkloadFitOptions: (some) => Workload.fit(LOADS, some)._workload(),
  WorkloadOptions: (some) => Workload.of({ cpuPerRequest: Duration.millis(1), ...some })._workload(),
};

const values = documentedDefaults().filter(({ file, value }) => file.startsWith('src/api/') && !value?.startsWith('- '));

test('every struct of a forecast with such defaults is looked at', () => {
  expect([...new Set(values.map(({ struct }) => struct))].sort()).toEqual(Object.keys(MEANT).sort());
});

test.each(values.map(({ name, ...rest }) => [name, rest] as const))('%s is left out as it says', (_, { struct, prop, value }) => {
  expect(MEANT[struct]!({ [prop]: evaluated(value!) })).toEqual(MEANT[struct]!({}));
});

/** A default in a doc block is an expression in the language of the examples. */
function evaluated(text: string): unknown {
  const names = { Duration, Size, ...library };
  return new Function(...Object.keys(names), `return ${text};`)(...Object.values(names));
}
