import { refuse } from '../../src/plan/invalid-input';
import { policyMistakes } from '../../src/plan/policy';
import type { Client } from '../../src/scenario/client';
import type { Fault } from '../../src/scenario/fault';
import type { Outcome, OutcomeEvent } from '../../src/scenario/outcome';
import { type Observer, type Run, startRun } from '../../src/scenario/run';
import type { Scenario } from '../../src/scenario/scenario';
import { trafficSeconds } from '../../src/scenario/traffic';
import { WallTime } from '../../src/time/wall-time';
import { EventLog } from './fleet/event-log';
import { RehearsedFleet } from './fleet/rehearsed-fleet';
import { LoadBalancer } from './load-balancer/load-balancer';
import type { PhaseListener } from './phase';
import { type Standstill, watchStandstills } from './standstills';
import { startPhase } from './start-phase';
import type { TaskRuntime } from './tasks/task-runtime';
import type { RehearsedTraffic } from './traffic/rehearsed-traffic';
import { startTraffic } from './traffic/start-traffic';

/** What a rehearsal runs. */
export interface RehearsalParts {
  readonly scenario: Scenario;
  readonly paths: readonly string[];
  readonly speed: number;
  /** Where the load balancer listens; 0 takes any free port. */
  readonly port: number;
  readonly runtime: TaskRuntime;
  /** Whether somebody else sends the requests: the traffic of the scenario says only how long it lasts. */
  readonly isExternal?: boolean;
  /** Told what is waited for until the traffic begins. */
  readonly onPhase?: PhaseListener;
  /** Rejects when the rehearsal shall end at once, without an outcome. */
  readonly interrupted: Promise<never>;
}

/** A rehearsal that goes on, to be watched and meddled with. */
export interface RunningRehearsal {
  readonly url: string;
  readonly fleet: RehearsedFleet;
  /** Sees the requests apart from the timeline, which does not miss what is seen here. */
  readonly client: Client;
  /** Seconds of the scenario. */
  readonly nowSeconds: number;
  /** What befell the tasks so far. */
  readonly events: readonly OutcomeEvent[];
  /** What scaling decided so far and did not do, and why. */
  readonly notScaled: Run['notScaled'];
  /** The least and the most tasks there may be now. */
  readonly bounds: Run['bounds'];
  /** The last failure that a client saw, in words. */
  readonly lastFailure?: string;
  /** Lets a fault happen now. */
  befall(fault: Fault): void;
  /** Ends it before its time, and sums up. */
  end(): void;
}

/** What is told while a rehearsal goes on. */
export interface RehearsalObserver extends Observer {
  onReady?(rehearsal: RunningRehearsal): void;
  onEvent?(event: OutcomeEvent): void;
}

/** What a rehearsal came to, and how requests failed, counted as an Application Load Balancer counts them. */
export interface RehearsalOutcome extends Outcome {
  readonly failures: {
    /** Malformed requests, and those whose client went before the answer came. */
    readonly HTTPCode_ELB_4XX_Count: number;
    readonly HTTPCode_ELB_502_Count: number;
    readonly HTTPCode_ELB_503_Count: number;
    readonly HTTPCode_ELB_504_Count: number;
    readonly HTTPCode_Target_5XX_Count: number;
    /** The last failure that the client saw, in words. */
    readonly last?: string;
  };
  /** The faults that befell the tasks by hand, besides those of the scenario, each when it did. */
  readonly faultsByHand: readonly Fault[];
  /** When it was over, in seconds of the scenario. */
  readonly endedAtSeconds: number;
  /** How far the requests stayed behind what was asked for; undefined where this machine made them all. */
  readonly shortfall?: string;
  /** When nothing was sent, seen or decided, although the scenario went on: this process was stopped. */
  readonly standstills: readonly Standstill[];
}

/**
 * Lets a scenario happen: starts the tasks behind a load balancer, sends the
 * traffic, lets the faults befall them, and scales by the same loop that a
 * forecast uses.
 *
 * Whatever it starts has ended when it returns, however it returns, but for the tasks: they end with their runtime.
 */
export async function rehearse(parts: RehearsalParts, observer: RehearsalObserver): Promise<RehearsalOutcome> {
  const { scenario, speed, port } = parts;
  const { healthCheck, policy, routing, idleTimeoutSeconds } = scenario.plan;
  const { initialHealthChecks } = scenario.behavior;
  refuse(policyMistakes(policy));
  // the fleet's clock runs from the first start on, the scenario's only once all tasks are healthy.
  const time = new WallTime(speed);
  const balancer = await LoadBalancer.start({ time, healthCheck, routing, initialHealthChecks, idleTimeoutSeconds, port });
  const failure = new Failure();
  const endings = Promise.race([failure.happened, parts.interrupted, parts.runtime.lost]);
  const events = new EventLog((event) => observer.onEvent?.(event));
  const fleet = new RehearsedFleet({
    ...parts,
    time,
    balancer,
    onFailure: (reason) => failure.happen(reason),
    onEvent: (kind, description, details) => events.note(kind, description, details),
  });
  const standStill = (): void => {
    fleet.stop();
    time.stop();
  };
  try {
    parts.onPhase?.(() => startPhase(fleet.tasks.map(({ rehearsed }) => rehearsed)));
    await Promise.race([fleet.begin(), endings]);
    parts.onPhase?.(() => ({ name: 'warming up' }));
    return await sendTraffic(parts, { fleet, balancer, endings, events, standStill }, observer);
  } finally {
    standStill();
    await balancer.stop();
  }
}

/** A failure that may come at any time, or never. */
class Failure {
  public happen: (reason: Error) => void = () => {};
  public readonly happened = new Promise<never>((_, reject) => {
    this.happen = reject;
  });
}

interface RunningService {
  readonly fleet: RehearsedFleet;
  readonly balancer: LoadBalancer;
  readonly endings: Promise<never>;
  readonly events: EventLog;
  /** Ends the time of the fleet: nothing is launched or replaced any more. */
  readonly standStill: () => void;
}

async function sendTraffic(parts: RehearsalParts, service: RunningService, observer: RehearsalObserver): Promise<RehearsalOutcome> {
  const { scenario, speed } = parts;
  const { fleet, balancer, events } = service;
  const traffic = await startTraffic({ ...parts, balancer, idleTimeoutSeconds: scenario.plan.idleTimeoutSeconds });
  await warmUp(traffic, service);
  fleet.beginToPay();
  // what failed while the tasks warmed up is nothing of the scenario.
  const countedBefore = balancer.counters;
  const time = new WallTime(speed);
  events.startClock(time);
  const run = startRun(time, scenario, { kind: 'rehearsal', fleet, client: traffic.client, events: events.entries }, observer);
  for (const fault of scenario.faults ?? []) time.after(fault.atSeconds, () => fleet.befall(fault));
  const faultsByHand: Fault[] = [];
  const standstills = watchStandstills(time);
  try {
    traffic.follow(scenario.traffic, time);
    await Promise.race([untilOver(parts, service, { time, run, traffic, faultsByHand }, observer), traffic.lost, service.endings]);
    const endedAtSeconds = Math.min(time.nowSeconds, trafficSeconds(scenario.traffic));
    // what is still on its way counts, also where it is never answered. The scenario is over meanwhile: nothing scales any more.
    run.stop();
    time.stop();
    service.standStill();
    await traffic.stop();
    return {
      ...run.finish(),
      failures: failuresOf(balancer, countedBefore, traffic),
      faultsByHand,
      endedAtSeconds,
      shortfall: traffic.shortfall,
      standstills,
    };
  } finally {
    run.stop();
    time.stop();
    await traffic.stop();
  }
}

async function warmUp(traffic: RehearsedTraffic, { endings }: RunningService): Promise<void> {
  try {
    await Promise.race([traffic.warmUp(), traffic.lost, endings]);
  } catch (failure) {
    await traffic.stop();
    throw failure;
  }
}

interface UnderWay {
  readonly time: WallTime;
  readonly run: Run;
  readonly traffic: RehearsedTraffic;
  readonly faultsByHand: Fault[];
}

/** Settles when the scenario is over, or somebody has ended it. */
function untilOver(
  { scenario }: RehearsalParts,
  { fleet, balancer, events }: RunningService,
  { time, run, traffic, faultsByHand }: UnderWay,
  observer: RehearsalObserver,
): Promise<void> {
  return new Promise<void>((resolve) => {
    time.after(trafficSeconds(scenario.traffic), resolve);
    observer.onReady?.({
      url: balancer.url,
      fleet,
      client: traffic.watcher(),
      get nowSeconds() {
        return time.nowSeconds;
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
      befall: (fault) => {
        faultsByHand.push({ ...fault, atSeconds: time.nowSeconds });
        fleet.befall(fault);
      },
      end: resolve,
    });
  });
}

function failuresOf({ counters }: LoadBalancer, before: LoadBalancer['counters'], traffic: RehearsedTraffic): RehearsalOutcome['failures'] {
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
