import { EventLog } from '../src/ecs/event-log';
import type { Fault } from '../src/faults/fault-kinds';
import { type FleetCounters, scaledCounters } from '../src/metrics/fleet-counters';
import { throwIfAny } from '../src/parse/input-error';
import { policyErrors } from '../src/plan/policy';
import type { Client } from '../src/run/client';
import type { Outcome, OutcomeEvent } from '../src/run/outcome';
import { type Run, type RunObserver, startRun } from '../src/run/run';
import type { Scenario } from '../src/run/scenario';
import { SpedUpClock } from '../src/time/sped-up-clock';
import { trafficSeconds } from '../src/traffic/traffic-phases';
import { type LocalFleet, localFleet } from './fleet/local-fleet';
import { readStartProgress } from './fleet/task-start';
import { LoadBalancer } from './load-balancer/local-load-balancer';
import { detectProcessSuspensions, type ProcessSuspension } from './process-suspensions';
import type { ProgressListener } from './progress-step';
import { type RehearsalTraffic, startTraffic } from './rehearsal-traffic';
import type { TaskRuntime } from './task-runtime/task-runtime';

/** What a rehearsal runs. */
export interface RehearsalParts {
  readonly scenario: Scenario;
  readonly paths: readonly string[];
  readonly speed: number;
  /** What the tasks counted in each second of the scenario before it; without it metrics begin with the traffic. */
  readonly historyPerSecond?: FleetCounters;
  readonly runtime: TaskRuntime;
  /** The port of the load balancer; 0 takes any free port. */
  readonly port: number;
  /** The speed of the cores that tasks run on, as a share of this machine's; 1 if left out. */
  readonly coreSpeed?: number;
  /** Whether another program sends the requests; the traffic of the scenario then gives only the duration. */
  readonly isTrafficExternal?: boolean;
  /** Gets notified of the progress until the traffic begins. */
  readonly onProgress?: ProgressListener;
  /** Rejects if the rehearsal must end at once, without an outcome. */
  readonly interrupted: Promise<never>;
}

/** A rehearsal in progress. */
export interface RunningRehearsal {
  readonly url: string;
  readonly fleet: LocalFleet;
  /** A reader of the requests that is independent of the timeline's. */
  readonly client: Client;
  /** Seconds of the scenario. */
  readonly nowSeconds: number;
  /** The events so far. */
  readonly events: readonly OutcomeEvent[];
  /** The scaling decisions so far that changed nothing, and why. */
  readonly notScaled: Run['notScaled'];
  /** The current minimum and maximum capacity. */
  readonly bounds: Run['bounds'];
  /** Why the last failed request failed, as text. */
  readonly lastFailure?: string;
  /** Injects a fault now. */
  inject(fault: Fault): void;
  /** Ends it early, with an outcome. */
  end(): void;
}

/** Gets notified of what happens during a rehearsal. */
export interface RehearsalObserver extends RunObserver {
  onReady?(rehearsal: RunningRehearsal): void;
  onEvent?(event: OutcomeEvent): void;
}

/** The outcome of a rehearsal, with the failed requests as an Application Load Balancer counts them. */
export interface RehearsalOutcome extends Outcome {
  readonly failures: {
    /** Malformed requests, and those whose client closed the connection before the response. */
    readonly HTTPCode_ELB_4XX_Count: number;
    readonly HTTPCode_ELB_502_Count: number;
    readonly HTTPCode_ELB_503_Count: number;
    readonly HTTPCode_ELB_504_Count: number;
    readonly HTTPCode_Target_5XX_Count: number;
    /** Why the last failed request failed, as text. */
    readonly last?: string;
  };
  /** The faults that a user injected, each with its time; those of the scenario are not included. */
  readonly manualFaults: readonly Fault[];
  /** When it ended, in seconds of the scenario. */
  readonly endedAtSeconds: number;
  /** How many requests were not sent because this machine was too slow, as text; undefined if all were sent. */
  readonly shortfall?: string;
  /** The periods in which this process was stopped while the time of the scenario went on. */
  readonly suspensions: readonly ProcessSuspension[];
}

/**
 * Rehearses a scenario: starts the tasks behind a load balancer, sends the traffic, injects the faults, and scales with the loop of
 * a forecast.
 *
 * Everything that it starts has ended when it returns or throws, except for the tasks, which are stopped when `runtime` is stopped.
 */
export async function rehearse(parts: RehearsalParts, observer: RehearsalObserver): Promise<RehearsalOutcome> {
  const { scenario, speed, port } = parts;
  const { healthCheck, routing, idleTimeoutSeconds } = scenario.plan;
  const { initialHealthChecks } = scenario.behavior;
  throwIfAny(policyErrors(scenario.plan.policy));
  // the clock of the fleet runs from the first start, that of the scenario once all tasks are healthy.
  const clock = new SpedUpClock(speed);
  const balancer = await LoadBalancer.start({ clock, healthCheck, routing, initialHealthChecks, idleTimeoutSeconds, port });
  const failure = new FailureSignal();
  const aborted = Promise.race([failure.promise, parts.interrupted, parts.runtime.supervisorExited]);
  const events = new EventLog(undefined, (event) => observer.onEvent?.(event));
  const fleet = localFleet(scenario, { ...parts, clock, balancer, onFailure: (reason) => failure.report(reason) }, events);
  const stopFleet = (): void => {
    fleet.stop();
    clock.stop();
  };
  try {
    parts.onProgress?.(() => readStartProgress(fleet.tasks.all));
    await Promise.race([fleet.tasks.waitUntilAllHealthy(), aborted]);
    parts.onProgress?.(() => ({ name: 'warming up' }));
    return await sendTraffic(parts, { fleet, balancer, aborted, events, stopFleet }, observer);
  } finally {
    stopFleet();
    await balancer.stop();
  }
}

/** A promise that rejects once a failure is reported, which may be at any time, or never. */
class FailureSignal {
  public report: (reason: Error) => void = () => {};
  public readonly promise = new Promise<never>((_, reject) => {
    this.report = reject;
  });
}

interface RunningService {
  readonly fleet: LocalFleet;
  readonly balancer: LoadBalancer;
  /** Rejects if the rehearsal cannot continue: tasks do not start, the supervisor has exited, or the user has interrupted the command. */
  readonly aborted: Promise<never>;
  readonly events: EventLog;
  /** Stops the clock of the fleet: no task is launched or replaced any more. */
  readonly stopFleet: () => void;
}

async function sendTraffic(parts: RehearsalParts, service: RunningService, observer: RehearsalObserver): Promise<RehearsalOutcome> {
  const { scenario, speed } = parts;
  const { fleet, balancer, events } = service;
  const traffic = await startTraffic({ ...parts, balancer, idleTimeoutSeconds: scenario.plan.idleTimeoutSeconds });
  await warmUp(traffic, service);
  fleet.tasks.startBilling();
  // failures of the warm-up are not counted.
  const countersBefore = balancer.counters;
  const clock = new SpedUpClock(speed);
  events.startClock(clock);
  // the counters are of the wall clock.
  const historyPerSecond = parts.historyPerSecond && scaledCounters(parts.historyPerSecond, 1 / speed);
  const runParts = { kind: 'rehearsal', fleet, client: traffic.client, historyPerSecond, events: events.entries } as const;
  const run = startRun(clock, scenario, runParts, observer);
  for (const fault of scenario.faults ?? []) clock.after(fault.atSeconds, () => fleet.inject(fault));
  const [manualFaults, suspensions] = [[] as Fault[], detectProcessSuspensions(clock)];
  try {
    traffic.start(scenario.traffic, clock);
    await Promise.race([
      waitForEnd(parts, service, { clock, run, traffic, manualFaults }, observer),
      traffic.generatorExited,
      service.aborted,
    ]);
    const endedAtSeconds = Math.min(clock.nowSeconds, trafficSeconds(scenario.traffic));
    // requests in flight are counted to their end, while nothing scales any more.
    run.stop();
    clock.stop();
    service.stopFleet();
    await traffic.stop();
    return {
      ...run.finish(),
      failures: failuresSince(balancer, countersBefore, traffic),
      manualFaults,
      endedAtSeconds,
      shortfall: traffic.shortfall,
      suspensions,
    };
  } finally {
    run.stop();
    clock.stop();
    await traffic.stop();
  }
}

async function warmUp(traffic: RehearsalTraffic, { aborted }: RunningService): Promise<void> {
  try {
    await Promise.race([traffic.warmUp(), traffic.generatorExited, aborted]);
  } catch (failure) {
    await traffic.stop();
    throw failure;
  }
}

interface RunningScenario {
  readonly clock: SpedUpClock;
  readonly run: Run;
  readonly traffic: RehearsalTraffic;
  readonly manualFaults: Fault[];
}

/** Waits until the scenario is over, or the user ends it. */
function waitForEnd(
  { scenario }: RehearsalParts,
  { fleet, balancer, events }: RunningService,
  { clock, run, traffic, manualFaults }: RunningScenario,
  observer: RehearsalObserver,
): Promise<void> {
  return new Promise<void>((resolve) => {
    clock.after(trafficSeconds(scenario.traffic), resolve);
    observer.onReady?.({
      url: balancer.url,
      fleet,
      client: traffic.createReader(),
      get nowSeconds() {
        return clock.nowSeconds;
      },
      events: events.entries,
      get notScaled() {
        return run.notScaled;
      },
      get bounds() {
        return run.bounds;
      },
      get lastFailure() {
        return traffic.lastFailure;
      },
      inject: (fault) => {
        manualFaults.push({ ...fault, atSeconds: clock.nowSeconds });
        fleet.inject(fault);
      },
      end: resolve,
    });
  });
}

function failuresSince(
  { counters }: LoadBalancer,
  before: LoadBalancer['counters'],
  traffic: RehearsalTraffic,
): RehearsalOutcome['failures'] {
  const since = (metric: Exclude<keyof RehearsalOutcome['failures'], 'last'>): number => counters[metric] - before[metric];
  return {
    HTTPCode_ELB_4XX_Count: since('HTTPCode_ELB_4XX_Count'),
    HTTPCode_ELB_502_Count: since('HTTPCode_ELB_502_Count'),
    HTTPCode_ELB_503_Count: since('HTTPCode_ELB_503_Count'),
    HTTPCode_ELB_504_Count: since('HTTPCode_ELB_504_Count'),
    HTTPCode_Target_5XX_Count: since('HTTPCode_Target_5XX_Count'),
    last: traffic.lastFailure,
  };
}
