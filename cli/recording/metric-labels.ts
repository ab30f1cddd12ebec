import { METRIC_COLUMNS, type PeriodField } from '../../src/recording/recorded-period';

/** Short names that people give to metrics in a query, by what they mean. */
const SHORT_NAMES: Readonly<Record<string, PeriodField>> = {
  requests: 'requests',
  cpu: 'cpuPercent',
  memory: 'memoryPercent',
  running: 'runningTasks',
  desired: 'desiredTasks',
  pending: 'pendingTasks',
  healthy: 'healthyHosts',
  p50: 'p50ResponseSeconds',
  p95: 'p95ResponseSeconds',
  p99: 'p99ResponseSeconds',
};

/** A statistic in a label. */
const STATISTIC = /^(average|sum|samplecount|minimum|maximum|min|max|p\d{2,3}|tm\d{2})$/;

/**
 * The metric that a label, an ID of a query or a heading means: the name of a metric, with or without its statistic, or a short name such as `cpu`. Undefined for
 * anything else, such as another statistic of the metric.
 */
export function fieldOfLabel(label: string): PeriodField | undefined {
  const text = label.trim().toLowerCase();
  const words = text.split(/[^a-z0-9]+/);
  const named = METRIC_COLUMNS.filter(({ metricName }) => words.join('').includes(metricName.toLowerCase().replaceAll('_', '')));
  // RequestCountPerTarget has the name of another metric in its own.
  if (/requestcountpertarget|unhealthyhostcount/.test(words.join(''))) return undefined;
  if (named.length > 0) {
    // the maximum of CPU, or p99.9 of a response time, is none of the metrics.
    const given = /\bp\d+\.\d/.test(text) ? 'other' : words.find((word) => STATISTIC.test(word));
    return named.find(({ statistic }) => given === undefined || given === statistic.toLowerCase())?.field;
  }
  return SHORT_NAMES[text.replace(/[^a-z0-9]/g, '')];
}
