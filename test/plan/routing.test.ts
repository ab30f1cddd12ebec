import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { type Routing, routingErrors } from '../../src/plan/routing';

test.each<[Routing['algorithm'], number]>([
  ['round_robin', 0],
  ['round_robin', 30],
  ['round_robin', 900],
  ['least_outstanding_requests', 0],
  ['weighted_random', 0],
])('%s with a slow start of %d seconds is taken', (algorithm, slowStartSeconds) => {
  expect(routingErrors({ algorithm, slowStartSeconds, enableAnomalyMitigation: algorithm === 'weighted_random' })).toEqual([]);
});

test.each<[Routing['algorithm'], number, string]>([
  ['round_robin', 29, 'slow start must be 0 or a whole number of seconds from 30 to 900, got 29'],
  ['round_robin', 901, 'slow start must be 0 or a whole number of seconds from 30 to 900, got 901'],
  ['round_robin', 30.5, 'slow start must be 0 or a whole number of seconds from 30 to 900, got 30.5'],
  ['least_outstanding_requests', 30, 'slow start must be 0 with the algorithm least_outstanding_requests, got 30 seconds'],
  [
    'sticky' as Routing['algorithm'],
    0,
    'routing algorithm must be one of round_robin, least_outstanding_requests, weighted_random, got sticky',
  ],
])('%s with a slow start of %d seconds is refused', (algorithm, slowStartSeconds, sentence) => {
  expect(routingErrors({ algorithm, slowStartSeconds, enableAnomalyMitigation: algorithm === 'weighted_random' }).map(formatError)).toEqual(
    [sentence],
  );
});

test('anomalies are mitigated at random only', () => {
  expect(routingErrors({ algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: true }).map(formatError)).toEqual([
    'anomaly mitigation must go with the algorithm weighted_random, got round_robin',
  ]);
});

test.each([1, 86_400, 604_800])('stickiness may last %d seconds', (stickinessSeconds) => {
  expect(routingErrors({ algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false, stickinessSeconds })).toEqual([]);
});

test.each([0, 1.5, 604_801])('stickiness may not last %d seconds', (stickinessSeconds) => {
  expect(
    routingErrors({ algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false, stickinessSeconds }).map(formatError),
  ).toEqual([`stickiness must last a whole number of seconds from 1 to 604800, got ${stickinessSeconds}`]);
});
