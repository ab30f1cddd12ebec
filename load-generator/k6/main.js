/**
 * Runs the script with the traffic of the plan, and writes the results as one line.
 *
 * The plan is JSON in the variable LOAD_TEST. Without traffic in it, the script has its own load.
 */
import * as script from './script.js';

export * from './script.js';
export { default } from './script.js';

const plan = JSON.parse(__ENV.LOAD_TEST);

/** Ramps of fewer users are steps of one user. k6 rounds down while users come and up while they go: half a user less on average. */
const MAX_STEPS = 200;

const SECONDS_AFTER_END = 30;

/** Rates are whole numbers in k6: per hundred seconds, a rate per second has two decimal places. */
const RATE_UNIT_SECONDS = 100;

export const options = {
  ...withoutLoad(script.options ?? {}),
  ...(plan.phases && { scenarios: scenariosOf(plan.phases) }),
  ...(plan.maxRequestsPerSecond && { rps: plan.maxRequestsPerSecond }),
  insecureSkipTLSVerify: !plan.verifyTlsCertificate,
  noCookiesReset: true,
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)'],
  thresholds: { ...script.options?.thresholds, ...thresholdsOf(plan.thresholds) },
};

/** The options of a script, without the load that the plan replaces. */
function withoutLoad(own) {
  if (!plan.phases) return own;
  const { stages, vus, duration, iterations, scenarios, rps, ...others } = own;
  return others;
}

/** One scenario for each run of phases with the same kind of load, think time and pacing. */
function scenariosOf(phases) {
  const scenarios = {};
  let startSeconds = 0;
  let last;
  for (const [kind, from, to, thinkSeconds, seconds, pacingSeconds] of phases) {
    if (last?.kind !== kind || last.thinkSeconds !== thinkSeconds || last.pacingSeconds !== pacingSeconds) {
      last = { kind, thinkSeconds, pacingSeconds, startSeconds, start: from, stages: [] };
      scenarios[`part${Object.keys(scenarios).length + 1}`] = last;
    }
    last.stages.push(...stagesOf(kind, from, to, seconds));
    startSeconds += seconds;
  }
  return Object.fromEntries(Object.entries(scenarios).map(([name, part]) => [name, scenarioOf(part)]));
}

function scenarioOf({ kind, thinkSeconds, pacingSeconds, startSeconds, start, stages }) {
  // no template literal of a name alone: CloudFormation has the same placeholders.
  const afterEnd = String(SECONDS_AFTER_END).concat('s');
  const shared = { startTime: `${Math.round(startSeconds * 1000)}ms`, gracefulStop: afterEnd, stages };
  if (kind === 'users') {
    const env = { THINK_SECONDS: String(thinkSeconds), PACING_SECONDS: String(pacingSeconds) };
    return { ...shared, env, executor: 'ramping-vus', startVUs: Math.round(start), gracefulRampDown: afterEnd };
  }
  return {
    ...shared,
    executor: 'ramping-arrival-rate',
    startRate: Math.round(start * RATE_UNIT_SECONDS),
    timeUnit: String(RATE_UNIT_SECONDS).concat('s'),
    preAllocatedVUs: Math.min(100, plan.maxVUs),
    maxVUs: plan.maxVUs,
  };
}

function stagesOf(kind, from, to, seconds) {
  const isRate = kind === 'rps';
  const steps = isRate ? 0 : Math.abs(Math.round(to) - Math.round(from));
  if (steps > 0 && steps <= MAX_STEPS) return userSteps(from, to, seconds);
  const [start, end] = [from, to].map((value) => Math.round(isRate ? value * RATE_UNIT_SECONDS : value));
  return [stage(0, start), stage(seconds, end)];
}

/** A ramp of users, one by one: each comes when the exact number is half a user above the last whole one. */
function userSteps(from, to, seconds) {
  const stages = [];
  const sign = Math.sign(to - from);
  let users = Math.round(from);
  let atSeconds = 0;
  while (users !== Math.round(to)) {
    const nextAtSeconds = ((users + sign / 2 - from) / (to - from)) * seconds;
    stages.push(stage(0, users), stage(nextAtSeconds - atSeconds, users));
    atSeconds = nextAtSeconds;
    users += sign;
  }
  return [...stages, stage(0, users), stage(seconds - atSeconds, users)];
}

function stage(seconds, target) {
  return { duration: `${Math.round(seconds * 1e6)}us`, target };
}

function thresholdsOf(limits) {
  const durations = [
    ['avg', limits.maxMeanMilliseconds],
    ['med', limits.maxP50Milliseconds],
    ['p(90)', limits.maxP90Milliseconds],
    ['p(95)', limits.maxP95Milliseconds],
    ['p(99)', limits.maxP99Milliseconds],
  ];
  const known = durations.filter(([, max]) => max !== undefined).map(([statistic, max]) => [statistic, max].join('<='));
  return {
    http_req_failed: [`rate<=${limits.maxFailedPercent / 100}`],
    http_reqs: ['count>='.concat(limits.minRequests)],
    ...(known.length > 0 && { http_req_duration: known }),
  };
}

export function handleSummary(data) {
  const own = script.handleSummary?.(data) ?? {};
  return { ...own, stdout: [...(own.stdout ? [own.stdout] : []), JSON.stringify(resultsOf(data)), ''].join('\n') };
}

function resultsOf({ metrics, state }) {
  const durations = metrics.http_req_duration?.values ?? {};
  const requests = metrics.http_reqs?.values.count ?? 0;
  const failedRequests = metrics.http_req_failed?.values.passes ?? 0;
  const seconds = state.testRunDurationMs / 1000;
  const failedThresholds = [...failedThresholdsOf(metrics), ...(seconds < plannedSeconds() ? ['the run was stopped before its end'] : [])];
  const numbers = {
    requests,
    failedRequests,
    failedPercent: requests === 0 ? 0 : (100 * failedRequests) / requests,
    droppedRequests: metrics.dropped_iterations?.values.count ?? 0,
    requestsPerSecond: requests / seconds,
    meanMilliseconds: durations.avg,
    p50Milliseconds: durations.med,
    p90Milliseconds: durations['p(90)'],
    p95Milliseconds: durations['p(95)'],
    p99Milliseconds: durations['p(99)'],
    maxMilliseconds: durations.max,
  };
  return {
    loadTest: plan.name,
    tool: 'k6',
    passed: failedThresholds.length === 0,
    failedThresholds,
    durationSeconds: seconds,
    maxUsers: metrics.vus_max?.values.max ?? 0,
    ...numbers,
    _aws: metricsOf(numbers),
  };
}

/** The length of the traffic, less what a clock may differ; 0 where the script has its own load. */
function plannedSeconds() {
  return (plan.phases ?? []).reduce((sum, [, , , , seconds]) => sum + seconds, 0) - 0.5;
}

function failedThresholdsOf(metrics) {
  return Object.entries(metrics).flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds)
      .filter(([, { ok }]) => !ok)
      .map(([rule]) => [name, rule].join(': ')),
  );
}

/** What CloudWatch needs to read the numbers as metrics: the embedded metric format. */
function metricsOf(numbers) {
  const names = Object.keys(numbers).filter((name) => numbers[name] !== undefined);
  return {
    Timestamp: Date.now(),
    CloudWatchMetrics: [
      { Namespace: 'LoadTest', Dimensions: [['loadTest']], Metrics: names.map((Name) => ({ Name, Unit: unitOf(Name) })) },
    ],
  };
}

function unitOf(name) {
  if (name.endsWith('Milliseconds')) return 'Milliseconds';
  if (name.endsWith('Percent')) return 'Percent';
  return name.endsWith('PerSecond') ? 'Count/Second' : 'Count';
}
