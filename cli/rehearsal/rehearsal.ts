import { refuse } from '../../src/plan/invalid-input';
import { policyMistakes } from '../../src/plan/policy';
import type { Outcome } from '../../src/scenario/outcome';
import { type Observer, startRun } from '../../src/scenario/run';
import type { Scenario } from '../../src/scenario/scenario';
import { arrivalAt, trafficSeconds } from '../../src/scenario/traffic';
import { WallTime } from '../../src/time/wall-time';
import { EventLog } from './event-log';
import { LoadBalancer } from './load-balancer/load-balancer';
import { ProcessFleet } from './process-fleet';
import type { TaskRuntime } from './tasks/task-runtime';
import { TrafficSender } from './traffic/traffic-sender';

/** Traffic that changes is set once in so many milliseconds of the wall clock. */
const TRAFFIC_STEP_MILLIS = 100;

/** What a rehearsal runs. */
export interface RehearsalParts {
  readonly scenario: Scenario;
  readonly paths: readonly string[];
  readonly speed: number;
  /** Where the load balancer listens; 0 takes any free port. */
  readonly port: number;
  readonly runtime: TaskRuntime;
  /** Rejects when the rehearsal shall end before its time. */
  readonly interrupted: Promise<never>;
}

/** What is told while a rehearsal goes on. */
export interface RehearsalObserver extends Observer {
  onReady?(url: string): void;
  /** A task ended that nobody had let go of. */
  onTaskLost?(how: string): void;
}

/** What a rehearsal came to, and how requests failed, counted as an Application Load Balancer counts them. */
export interface RehearsalOutcome extends Outcome {
  readonly failures: {
    readonly HTTPCode_ELB_502_Count: number;
    readonly HTTPCode_ELB_503_Count: number;
    readonly HTTPCode_ELB_504_Count: number;
    readonly HTTPCode_Target_5XX_Count: number;
    /** The last failure that the client saw, in words. */
    readonly last?: string;
  };
}

/**
 * Lets a scenario happen: starts the tasks behind a load balancer, sends the
 * traffic, and scales by the same loop that a forecast uses.
 *
 * Whatever it starts has ended when it returns, however it returns.
 */
export async function rehearse(parts: RehearsalParts, observer: RehearsalObserver): Promise<RehearsalOutcome> {
  const { scenario, speed, port } = parts;
  const { healthCheck, policy, routing } = scenario.plan;
  const { initialHealthChecks } = scenario.behavior;
  refuse(policyMistakes(policy));
  // the fleet's clock runs from the first start on, the scenario's only once all tasks are healthy.
  const time = new WallTime(speed);
  const balancer = await LoadBalancer.start({ time, healthCheck, routing, initialHealthChecks, port });
  const failure = new Failure();
  const endings = Promise.race([failure.happened, parts.interrupted, parts.runtime.lost]);
  const events = new EventLog();
  const fleet = new ProcessFleet({
    ...parts,
    time,
    balancer,
    onFailure: (reason) => failure.happen(reason),
    onTaskLost: (how) => {
      events.note('task-lost', `a task ended with ${how}`);
      observer.onTaskLost?.(how);
    },
    onReplaced: () => events.note('replacement-healthy', 'a task that took the place of another is healthy'),
  });
  try {
    await Promise.race([fleet.begin(policy.minCapacity), endings]);
    observer.onReady?.(balancer.url);
    return await sendTraffic(parts, { fleet, balancer, endings, events }, observer);
  } finally {
    fleet.stop();
    time.stop();
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
  readonly fleet: ProcessFleet;
  readonly balancer: LoadBalancer;
  readonly endings: Promise<never>;
  readonly events: EventLog;
}

async function sendTraffic(parts: RehearsalParts, service: RunningService, observer: Observer): Promise<RehearsalOutcome> {
  const { scenario, paths, speed } = parts;
  const client = await TrafficSender.start({ url: service.balancer.url, paths });
  const time = new WallTime(speed);
  service.events.startClock(time);
  const run = startRun(time, scenario, { kind: 'rehearsal', fleet: service.fleet, client, events: service.events.entries }, observer);
  const arrive = (): void => client.set(arrivalAt(scenario.traffic, time.nowSeconds), scenario.traffic.clientLimitRequestsPerSecond);
  const step = setInterval(arrive, TRAFFIC_STEP_MILLIS);
  try {
    arrive();
    const over = new Promise<void>((resolve) => time.after(trafficSeconds(scenario.traffic), resolve));
    await Promise.race([over, client.lost, service.endings]);
    run.stop();
    // what is still on its way counts, also where it is never answered.
    await client.stop();
    return { ...run.finish(), failures: failuresOf(service.balancer, client) };
  } finally {
    clearInterval(step);
    run.stop();
    time.stop();
    await client.stop();
  }
}

function failuresOf(balancer: LoadBalancer, client: TrafficSender): RehearsalOutcome['failures'] {
  const { HTTPCode_ELB_502_Count, HTTPCode_ELB_503_Count, HTTPCode_ELB_504_Count, HTTPCode_Target_5XX_Count } = balancer.counters;
  return { HTTPCode_ELB_502_Count, HTTPCode_ELB_503_Count, HTTPCode_ELB_504_Count, HTTPCode_Target_5XX_Count, last: client.lastFailure };
}
