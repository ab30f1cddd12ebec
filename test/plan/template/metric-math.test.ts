import { expect, test } from 'vitest';
import type { Statistic } from '../../../src/metrics/metric';
import { knownMetric } from '../../../src/plan/template/known-metric';
import { metricOfExpression, type Operand } from '../../../src/plan/template/metric-math';

const metric = (namespace: string, name: string, statistic: Statistic = 'Average', periodSeconds = 60): Operand =>
  knownMetric(namespace, name, statistic, periodSeconds);

const NAMED = new Map<string, Operand>([
  ['blue', metric('AWS/ApplicationELB', 'RequestCountPerTarget', 'Sum')],
  ['green', metric('AWS/ApplicationELB', 'RequestCountPerTarget', 'Sum')],
  ['latency', metric('AWS/ApplicationELB', 'TargetResponseTime', 'p95')],
  ['greenLatency', metric('AWS/ApplicationELB', 'TargetResponseTime', 'p95')],
  ['median', metric('AWS/ApplicationELB', 'TargetResponseTime', 'p50')],
  ['requests', metric('AWS/ApplicationELB', 'RequestCount', 'Sum')],
  ['requests5m', metric('AWS/ApplicationELB', 'RequestCount', 'Sum', 300)],
  ['hosts', metric('AWS/ApplicationELB', 'HealthyHostCount')],
  ['used', metric('ECS/ContainerInsights', 'CpuUtilized')],
  ['reserved', metric('ECS/ContainerInsights', 'CpuReserved')],
  ['queue', metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible')],
  ['both', { kind: 'expression', text: 'blue + green' }],
  ['circle', { kind: 'expression', text: 'circle + 1' }],
]);

const REQUESTS = { kind: 'metric', metric: 'ALBRequestCountPerTarget', statistic: 'Sum', scale: 1 };
const LATENCY = { kind: 'metric', metric: 'TargetResponseTime', statistic: 'p95', scale: 1 };

test.each([
  ['blue + green', REQUESTS],
  ['SUM([FILL(blue, 0), FILL(green, 0)])', REQUESTS],
  ['MAX([blue, green])', REQUESTS],
  ['MAX([latency, greenLatency])', LATENCY],
  ['both', REQUESTS],
  ['both / 60', { ...REQUESTS, scale: 1 / 60 }],
  ['requests / hosts', REQUESTS],
  ['requests5m / hosts', { ...REQUESTS, scale: 5 }],
  ['used / reserved * 100', { kind: 'metric', metric: 'ECSServiceAverageCPUUtilization', statistic: 'Average', scale: 1 }],
  ['IF(requests > 600, latency, 0)', { ...LATENCY, minRequestsPerMinute: 600 }],
  ['IF(FILL(requests5m, 0) >= 600, latency)', { ...LATENCY, minRequestsPerMinute: 120 }],
  ['IF(600 < requests, latency * 1000, 0)', { ...LATENCY, scale: 1000, minRequestsPerMinute: 600 }],
])('%s is followed', (text, followed) => {
  expect(metricOfExpression(text, NAMED)).toEqual(followed);
});

test.each([
  'queue / hosts',
  'blue + latency',
  'latency + latency',
  'SUM([latency, greenLatency])',
  'MAX([latency, median])',
  'IF(latency > 1, blue, 0)',
  'IF(requests > 600, latency, 9)',
  'circle',
  'unknown',
  'blue - green',
  'blue / 0',
  'ANOMALY_DETECTION_BAND(blue)',
  'requests',
])('%s is not', (text) => {
  expect(metricOfExpression(text, NAMED)).toBeUndefined();
});
