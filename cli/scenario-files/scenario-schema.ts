import { FAULT_KINDS } from '../../src/faults/fault-rows';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';

const amount = { type: 'number', minimum: 0 };
const traffic = { type: 'string', minLength: 1 };
const duration = { type: 'string', pattern: '^(\\d+(\\.\\d+)?(us|ms|s|m|h|d))+$' };

/** An object with fields of given types, all of which but some must be there. */
function objectOf(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
  };
}

const workloadFields = Object.fromEntries(
  Object.entries(MEASURED_SEARCH_WORKLOAD).map(([name, value]) => [name, typeof value === 'number' ? amount : { type: typeof value }]),
);

/** The schema of a scenario file (JSON Schema, draft 7), which editors use: `scenario.schema.json` of this package. */
export const SCENARIO_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Scenario of an ECS service',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', description: 'The schema of this file, for editors.' },
    traffic: { ...traffic, description: "Phases such as 'users 30 for 10m, users 120 for 30m', or the name of a file in the same folder." },
    think: { ...duration, description: 'How long a user of a load test sleeps in each iteration.' },
    pacing: { ...duration, description: 'How long an iteration of a load test takes at least.' },
    requestsPerIteration: { type: 'integer', minimum: 1, description: 'How many requests an iteration of a load test sends.' },
    faults: {
      type: 'array',
      items: { oneOf: [{ type: 'string' }, { type: 'object', required: ['kind'], properties: { kind: { enum: [...FAULT_KINDS] } } }] },
      description: "What goes wrong: text such as 'stop 1 at 20m', or objects.",
    },
    workload: { type: 'object', additionalProperties: false, properties: workloadFields, description: 'What a request costs a task.' },
    behavior: { type: 'object', description: 'How AWS scales, where it is not documented.' },
    policyChanges: {
      type: 'array',
      items: objectOf({ atSeconds: amount, policyName: { type: 'string' }, targetValue: { type: 'number' } }, ['policyName']),
      description: 'Policies that are updated with another target while the scenario runs.',
    },
    predictedMinimums: {
      type: 'array',
      items: objectOf({ atSeconds: amount, minCapacity: amount }),
      description: 'The minimum capacities that predictive scaling sets.',
    },
    startsAt: {
      ...objectOf({ year: amount, month: amount, day: amount, hour: amount, minute: amount }),
      description: 'The start, for scheduled actions.',
    },
    history: { ...traffic, description: 'The traffic before the start.' },
    imageMegabytes: { ...amount, description: 'The size of the container image.' },
    seed: { type: 'integer', minimum: 0, description: 'The seed of the random numbers.' },
    set: { type: 'array', items: { type: 'string' }, description: "Changes of the plan such as 'minCapacity=3'." },
  },
} as const;
