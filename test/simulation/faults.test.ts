import { describe, expect, test } from 'vitest';
import { parseFault } from '../../src/faults/fault-grammar';
import type { Fault } from '../../src/faults/fault-kinds';
import type { Plan } from '../../src/plan/service-plan';
import { eventLines } from '../../src/report/text/activity-text';
import { desiredCounts, type Outcome, type OutcomeEventKind } from '../../src/run/outcome';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const SEEDS = 20;

interface Changes {
  readonly tasks?: number;
  readonly plan?: Partial<Plan>;
  readonly workload?: Partial<Workload>;
  readonly traffic?: string;
}

/** The outcomes of many seeds for the search service under 30 users with faults. */
function outcomes(
  faults: readonly Fault[],
  { tasks = 2, plan = {}, workload = {}, traffic = 'users 30 for 10m' }: Changes = {},
): Outcome[] {
  return Array.from({ length: SEEDS }, (_, seed) =>
    forecast({
      plan: { ...searchPlan(tasks, 6, [cpuTarget(70)]), ...plan },
      workload: { ...MEASURED_SEARCH_WORKLOAD, ...workload },
      traffic: parseTraffic(traffic),
      behavior: AWS_BEHAVIOR,
      seed,
      faults,
    }),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function timesOf(outcome: Outcome, kind: OutcomeEventKind): number[] {
  return outcome.events.filter((event) => event.kind === kind).map(({ atSeconds }) => atSeconds);
}

function stops(...seconds: readonly number[]): Fault[] {
  return seconds.map((atSeconds) => ({ kind: 'stop-task', atSeconds, count: 1 }));
}

describe('a task that is stopped', () => {
  const runs = outcomes(stops(60));

  test('is replaced within 40 to 100 seconds, while the other one carries the load at 54 % of CPU', () => {
    expect(median(runs.map((run) => timesOf(run, 'replacement-healthy')[0]! - 60))).toSatisfy((s: number) => s > 40 && s < 100);
    const alone = runs.flatMap((run) => run.timeline).filter((row) => row.healthyCount === 1);
    expect(median(alone.map((row) => row.cpuUtilizationPercent!))).toBeGreaterThan(45);
    for (const run of runs) expect(desiredCounts(run)).toEqual([2]);
  });

  test('fails no request where it responds until it is deregistered', () => {
    for (const { totals } of runs) expect(totals.failedRequests).toBe(0);
  });

  test('fails half of the requests for 3 to 5 seconds where it exits at once', () => {
    for (const { totals } of outcomes(stops(60), { workload: { stopSeconds: 0 }, traffic: 'rps 500 for 5m' })) {
      expect(totals.failures['HTTP 502']).toBeGreaterThan(3 * 250);
      expect(totals.failures['HTTP 502']).toBeLessThan(5 * 250 + 20);
      expect(totals.failedRequests).toBe(totals.failures['HTTP 502']);
    }
  });
});

describe('all tasks that are stopped', () => {
  test('together cause an outage of 20 to 90 seconds: 503 first, then 502 from a task that does not listen yet', () => {
    const runs = outcomes([{ kind: 'stop-task', atSeconds: 60, count: 2 }]);
    expect(median(runs.map(({ totals }) => totals.outageSeconds))).toSatisfy((s: number) => s > 20 && s < 90);
    for (const { totals } of runs) {
      expect(totals.failures['HTTP 503']).toBeGreaterThan(0);
      expect(totals.failures['HTTP 502']).toBeGreaterThan(0);
    }
  });

  test('one after the other cause no outage', () => {
    for (const { totals } of outcomes(stops(60, 180, 300), { tasks: 3 })) expect(totals.outageSeconds).toBe(0);
  });

  test('one before the replacement of the other is healthy cause an outage', () => {
    for (const { totals } of outcomes(stops(60, 75))) expect(totals.outageSeconds).toBeGreaterThan(0);
    for (const { totals } of outcomes(stops(60, 75), { tasks: 3 })) expect(totals.outageSeconds).toBe(0);
  });
});

describe('a paused task', () => {
  const runs = outcomes([{ kind: 'pause-task', atSeconds: 60, count: 1, durationSeconds: 500 }]);

  test('holds the requests of all users until its health checks fail, and then fails them', () => {
    for (const { totals } of runs) {
      expect(totals.outageSeconds).toBeGreaterThan(20);
      expect(totals.failures['HTTP 504']).toBeGreaterThan(10);
      expect(totals.failures['HTTP 503']).toBe(0);
    }
  });

  test('is replaced before it is stopped', () => {
    for (const run of runs) {
      expect(run.totals.maxTasks).toBe(3);
      expect(timesOf(run, 'task-lost')).toHaveLength(1);
      expect(timesOf(run, 'replacement-healthy')).toHaveLength(1);
    }
  });

  test('that is unpaused before that responds to the held requests', () => {
    for (const { totals } of outcomes([{ kind: 'pause-task', atSeconds: 60, count: 1, durationSeconds: 20 }])) {
      expect(totals.failedRequests).toBe(0);
      expect(totals.maxTasks).toBe(2);
    }
  });

  test('that is unpaused after SIGTERM stops then, and not only at its stop timeout', () => {
    const paused = { kind: 'pause-task', atSeconds: 60, count: 1 } as const;
    const container = { ...searchPlan(2, 6, []).container, stopTimeoutSeconds: 400 };
    const paid = (durationSeconds: number) =>
      median(outcomes([{ ...paused, durationSeconds }], { plan: { container } }).map(({ totals }) => totals.taskHours * 3600));
    expect(paid(500) - paid(200)).toBeCloseTo(300, -1);
  });
});

describe('health checks', () => {
  test('that fail at all tasks make the load balancer fail open', () => {
    for (const { totals } of outcomes([{ kind: 'fail-health-check', atSeconds: 60, count: 2, durationSeconds: 60 }])) {
      expect(totals.outageSeconds).toBe(0);
    }
  });

  test('an overloaded task does not respond: it is replaced, and so is the next one', () => {
    const [run] = outcomes([], { tasks: 1, plan: { policy: searchPlan(1, 1, [cpuTarget(70)]).policy }, traffic: 'rps 6000 for 10m' });
    expect(timesOf(run!, 'task-lost').length).toBeGreaterThan(2);
  });
});

describe('a slow task', () => {
  const faults: Fault[] = [{ kind: 'slow-task', atSeconds: 60, count: 1, durationSeconds: 600, relativeSpeed: 0.1 }];
  const answered = (algorithm: Plan['routing']['algorithm']) => {
    const routing = { algorithm, slowStartSeconds: 0, enableAnomalyMitigation: false };
    return median(outcomes(faults, { plan: { routing } }).map(({ totals }) => totals.servedRequests));
  };

  test('delays all users with round robin, and much less with least outstanding requests', () => {
    expect(answered('round_robin')).toBeLessThan(0.75 * answered('least_outstanding_requests'));
  });
});

describe('a zone that is lost', () => {
  const runs = outcomes([{ kind: 'lose-zone', atSeconds: 60, durationSeconds: 400 }], { tasks: 4, traffic: 'rps 500 for 10m' });

  test('ends half of the tasks, which are replaced in the other zone', () => {
    for (const run of runs) {
      expect(timesOf(run, 'replacement-healthy')).toHaveLength(2);
      expect(run.timeline.at(-1)!.healthyCount).toBe(4);
      expect(run.totals.outageSeconds).toBe(0);
    }
  });

  test('recovers after its duration, with an event', () => {
    for (const run of runs) {
      expect(timesOf(run, 'zone-recovered')).toEqual([460]);
      expect(eventLines(run)).toContain('7:40  the lost zone recovered');
    }
  });

  test('ends all tasks where there is no other zone', () => {
    const [run] = outcomes([{ kind: 'lose-zone', atSeconds: 60, durationSeconds: 400 }], { plan: { zoneCount: 1 } });
    expect(run!.totals.outageSeconds).toBeGreaterThan(20);
  });
});

describe('a deployment', () => {
  test('of two tasks takes 60 to 300 seconds, runs at most four and fails no request', () => {
    const runs = outcomes([{ kind: 'deploy', atSeconds: 60 }]);
    const seconds = runs.map((run) => timesOf(run, 'deployment-completed')[0]! - 60);
    expect(median(seconds)).toSatisfy((s: number) => s > 60 && s < 300);
    expect(median(runs.map(({ totals }) => totals.maxTasks))).toBe(4);
    for (const { totals } of runs) {
      expect(totals.maxTasks).toBeLessThanOrEqual(4);
      expect(totals.failedRequests).toBe(0);
    }
  });

  test('at 50 and 100 percent runs at most the desired count, and at least half of it', () => {
    const deployment = { ...searchPlan(4, 6, []).deployment, minHealthyPercent: 50, maxHealthyPercent: 100 };
    for (const run of outcomes([{ kind: 'deploy', atSeconds: 60 }], { tasks: 4, plan: { deployment } })) {
      expect(run.totals.maxTasks).toBe(4);
      expect(Math.min(...run.timeline.map((row) => row.healthyCount))).toBeGreaterThanOrEqual(2);
      expect(timesOf(run, 'deployment-completed')).toHaveLength(1);
    }
  });

  test('whose tasks fail is rolled back after three of them, without a failed request', () => {
    for (const run of outcomes([{ kind: 'bad-deployment', atSeconds: 60 }])) {
      expect(timesOf(run, 'deployment-failed')).toHaveLength(1);
      expect(timesOf(run, 'rolled-back')).toHaveLength(1);
      expect(run.events.filter(({ kind }) => kind === 'task-lost')).toHaveLength(3);
      expect(run.totals.failedRequests).toBe(0);
    }
  });

  test('whose tasks fail goes on for ever without a circuit breaker, and each launched task is billed', () => {
    const deployment = { ...searchPlan(2, 6, []).deployment, hasCircuitBreaker: false };
    const [run] = outcomes([{ kind: 'bad-deployment', atSeconds: 60 }], { plan: { deployment } });
    expect(timesOf(run!, 'deployment-failed')).toEqual([]);
    expect(timesOf(run!, 'task-lost').length).toBeGreaterThan(15);
    expect(run!.totals.taskHours).toBeGreaterThan((2 * 10) / 60);
  });

  test('blocks scale-in while it is in progress, and no longer', () => {
    const deployment = { ...searchPlan(2, 6, []).deployment, hasCircuitBreaker: false };
    const traffic = 'users 30 for 40m';
    const cpu = { ...cpuTarget(70), scaleInCooldownSeconds: 0 };
    const policy = searchPlan(2, 6, [cpu]).policy;
    const surge: Fault[] = [{ kind: 'bad-deployment', atSeconds: 10 }];
    const behavior = 'rps 3000 for 10m, rps 100 for 30m';
    const held = outcomes(surge, { plan: { deployment, policy }, traffic: behavior })[0]!;
    const free = outcomes([], { plan: { deployment, policy }, traffic: behavior })[0]!;
    expect(desiredCounts(free).at(-1)).toBe(2);
    expect(desiredCounts(held).at(-1)).toBeGreaterThan(2);
    expect(desiredCounts(outcomes([], { traffic })[0]!)).toEqual([2]);
  });
});

test('tasks that crash at their start are replaced until they no longer crash', () => {
  const faults: Fault[] = [
    { kind: 'crash-at-start', atSeconds: 60, durationSeconds: 240 },
    { kind: 'kill-task', atSeconds: 60, count: 1 },
  ];
  for (const run of outcomes(faults)) {
    expect(timesOf(run, 'task-lost').length).toBeGreaterThan(3);
    expect(timesOf(run, 'replacement-healthy')[0]).toBeGreaterThan(300);
  }
});

describe('a slow dependency', () => {
  test('delays all users, uses no CPU and so causes no scale-out', () => {
    const [run] = outcomes([{ kind: 'slow-dependency', atSeconds: 120, durationSeconds: 300, addedSeconds: 1 }]);
    const slow = run!.timeline.find((row) => row.atSeconds === 240)!;
    expect(slow.servedRequestsPerSecond).toBeCloseTo(30 / 1.03, 0);
    expect(slow.p50Millis).toBeGreaterThan(1000);
    expect(slow.cpuUtilizationPercent).toBeLessThan(20);
    expect(desiredCounts(run!)).toEqual([2]);
  });

  test('beyond the idle timeout fails every request with 504', () => {
    const [run] = outcomes([{ kind: 'slow-dependency', atSeconds: 60, durationSeconds: 300, addedSeconds: 90 }]);
    expect(run!.totals.failures['HTTP 504']).toBeGreaterThan(30);
    expect(run!.totals.outageSeconds).toBeGreaterThan(295);
  });
});

test('a task that is out of memory is killed and replaced', () => {
  const [run] = outcomes([{ kind: 'exhaust-memory', atSeconds: 60, count: 1 }]);
  expect(timesOf(run!, 'replacement-healthy')).toHaveLength(1);
});

test.each([
  ['stop 1 at 1m', ['1:00  1 task was stopped (task 1)']],
  ['kill 2 at 1m', ['1:00  2 tasks were killed (tasks 1 and 2)']],
  ['exhaust memory of 1 at 1m', ['1:00  1 task was made to run out of memory (task 1)']],
  ['lose zone at 1m for 1m', ['1:00  a zone was lost for 60 s (task 1)']],
  ['deploy at 1m', ['1:00  a deployment of 2 tasks was started']],
  ['bad deploy at 1m', ['1:00  a deployment of 2 tasks, which fail, was started']],
  ['fail health checks of 1 at 1m for 1m', ['1:00  1 task was made to fail its health checks for 60 s (task 1)']],
])('"%s" and its immediate effects are one event', (fault, lines) => {
  const [run] = outcomes([parseFault(fault)]);
  const after = eventLines({ events: run!.events.filter(({ atSeconds }) => atSeconds <= 60) });
  expect(after).toEqual(lines);
});
