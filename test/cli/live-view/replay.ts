import type { LiveState, LiveTask, LiveTaskState } from '../../../cli/live-view/live-state';
import { parseFault } from '../../../src/faults/fault-grammar';
import type { Plan } from '../../../src/plan/service-plan';
import type { TargetTracking } from '../../../src/plan/target-tracking';
import type { Outcome, TimelineRow } from '../../../src/run/outcome';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { loadAt, trafficSeconds } from '../../../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { searchPlan } from '../../search-plan';
import { boundsOf } from './states';

/** The two signals of a service as the construct makes them. */
const BOTH_SIGNALS: readonly TargetTracking[] = [
  {
    name: 'Cpu',
    metric: 'ECSServiceAverageCPUUtilization',
    targetValue: 60,
    scaleOutCooldownSeconds: 120,
    scaleInCooldownSeconds: 300,
    disableScaleIn: false,
  },
  {
    name: 'Requests',
    metric: 'ALBRequestCountPerTarget',
    targetValue: 60_000,
    scaleOutCooldownSeconds: 120,
    scaleInCooldownSeconds: 300,
    disableScaleIn: false,
  },
];

/** The scenario of most examples: a surge that needs more tasks, a fault or two, and calm again. */
export function liveScenario(
  traffic = 'users 30 for 10m, users 30..120 for 5m, users 120 for 15m, users 20 for 30m',
  faults: readonly string[] = ['kill 1 at 18m', 'slow dependency by 200ms at 26m for 2m', 'bad deploy at 35m'],
  plan: Plan = searchPlan(2, 6, BOTH_SIGNALS),
): Scenario {
  const workload = MEASURED_SEARCH_WORKLOAD;
  return { plan, workload, traffic: parseTraffic(traffic), behavior: AWS_BEHAVIOR, seed: 1, faults: faults.map(parseFault) };
}

/** Replays the forecast of a scenario, moment by moment, as if it were a rehearsal. */
export function replay(scenario: Scenario, speed = 20): (nowSeconds: number) => LiveState {
  const outcome = forecast(scenario);
  return (nowSeconds) => stateAt(scenario, outcome, speed, nowSeconds);
}

function stateAt(scenario: Scenario, outcome: Outcome, speed: number, nowSeconds: number): LiveState {
  const past = outcome.timeline.filter(({ atSeconds }) => atSeconds <= nowSeconds);
  const row = outcome.timeline.find(({ atSeconds }) => atSeconds > nowSeconds) ?? outcome.timeline.at(-1)!;
  const sum = (read: (one: TimelineRow) => number): number => past.reduce((total, one) => total + read(one), 0);
  const activities = outcome.activities
    .filter(({ startSeconds }) => startSeconds <= nowSeconds)
    .map((activity) => {
      const isOpen = activity.endSeconds === undefined || activity.endSeconds > nowSeconds;
      return isOpen ? { ...activity, statusCode: 'InProgress' as const, endSeconds: undefined } : activity;
    });
  const desiredCount = activities.at(-1)?.toCapacity ?? scenario.plan.policy.minCapacity;
  const arrival = loadAt(scenario.traffic, nowSeconds);
  return {
    plan: scenario.plan,
    behavior: scenario.behavior,
    url: 'http://127.0.0.1:41233',
    speed,
    seed: scenario.seed,
    nowSeconds,
    totalSeconds: trafficSeconds(scenario.traffic),
    tasks: tasksOf(row, desiredCount, nowSeconds),
    desiredCount,
    bounds: boundsOf(scenario.plan),
    latestValues: {
      ...row,
      failedRequests: row.failedRequests / 60,
      scenarioRequestsPerSecond: arrival.kind === 'rps' ? arrival.value : undefined,
    },
    totals: {
      requests: Math.round(60 * sum((one) => one.sentRequestsPerSecond)),
      servedRequests: Math.round(60 * sum((one) => one.servedRequestsPerSecond)),
      failedRequests: Math.round(sum((one) => one.failedRequests)),
      lastFailure: sum((one) => one.failedRequests) > 0 ? 'HTTP 502 from the load balancer' : undefined,
    },
    timeline: past,
    activities,
    notScaled: outcome.notScaled
      .filter(({ startSeconds }) => startSeconds <= nowSeconds)
      .map((one) => ({ ...one, endSeconds: Math.min(nowSeconds, one.endSeconds) })),
    events: outcome.events.filter(({ atSeconds }) => atSeconds <= nowSeconds),
    faults: scenario.faults ?? [],
  };
}

/** A forecast keeps no list of its tasks at a moment: one is made up of what its timeline counts. */
function tasksOf(row: TimelineRow, desiredCount: number, nowSeconds: number): LiveTask[] {
  const { healthyCount, runningCount } = row;
  const counts: readonly (readonly [LiveTaskState, number])[] = [
    ['healthy', Math.min(healthyCount, desiredCount)],
    ['draining', healthyCount - desiredCount],
    ['starting', runningCount - healthyCount],
    ['launching', desiredCount - Math.max(runningCount, healthyCount)],
  ];
  const states = counts.flatMap(([state, count]) => Array.from({ length: Math.max(0, count) }, () => state));
  return states.map((state, index) => {
    const isServing = state === 'healthy' || state === 'draining';
    return {
      id: `${(0x3f2a91 + 0x9e3779 * index).toString(16).slice(-6)}`,
      state,
      zone: 'abc'[index % 2],
      revision: '1',
      ageSeconds: nowSeconds / (1 + index / 2),
      cpuPercent:
        isServing && row.cpuUtilizationPercent !== undefined
          ? Math.min(100, row.cpuUtilizationPercent * (0.93 + 0.04 * (index % 4)))
          : undefined,
      memoryPercent: isServing ? 12 + 2 * (index % 3) : undefined,
      servedRequestsPerSecond: isServing && state !== 'draining' ? row.servedRequestsPerSecond / Math.max(1, healthyCount) : undefined,
    };
  });
}
