import { refuse } from '../../src/plan/invalid-input';
import { policyMistakes } from '../../src/plan/policy';
import type { Outcome } from '../../src/scenario/outcome';
import { type Observer, startRun } from '../../src/scenario/run';
import type { Scenario } from '../../src/scenario/scenario';
import { arrivalAt, trafficSeconds } from '../../src/scenario/traffic';
import { WallTime } from '../../src/time/wall-time';
import { LoadBalancer } from './load-balancer/load-balancer';
import { ProcessFleet } from './process-fleet';
import type { TaskCommand, TaskProcesses } from './tasks/task-processes';
import { TrafficSender } from './traffic/traffic-sender';

/** Traffic that changes is set once in so many milliseconds of the wall clock. */
const TRAFFIC_STEP_MILLIS = 100;

/** What a rehearsal runs. */
export interface RehearsalParts {
  readonly scenario: Scenario;
  readonly command: TaskCommand;
  readonly paths: readonly string[];
  readonly speed: number;
  /** Where the load balancer listens; 0 takes any free port. */
  readonly port: number;
  readonly processes: TaskProcesses;
  /** Rejects when the rehearsal shall end before its time. */
  readonly interrupted: Promise<never>;
}

/** What is told while a rehearsal goes on. */
export interface RehearsalObserver extends Observer {
  onReady?(url: string): void;
}

/**
 * Lets a scenario happen: starts the tasks behind a load balancer, sends the
 * traffic, and scales by the same loop that a forecast uses.
 *
 * Whatever it starts has ended when it returns, however it returns.
 */
export async function rehearse(parts: RehearsalParts, observer: RehearsalObserver): Promise<Outcome> {
  const { scenario, speed, port } = parts;
  const { healthCheck, policy } = scenario.plan;
  refuse(policyMistakes(policy));
  // the fleet's clock runs from the first start on, the scenario's only once all tasks are healthy.
  const fleetTime = new WallTime(speed);
  const balancer = await LoadBalancer.start({
    time: fleetTime,
    healthCheck,
    initialHealthChecks: scenario.behavior.initialHealthChecks,
    port,
  });
  let fail: (failure: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const endings = Promise.race([failed, parts.interrupted, parts.processes.lost]);
  try {
    const fleet = new ProcessFleet({ ...parts, time: fleetTime, balancer, onFailure: fail });
    await Promise.race([fleet.begin(policy.minCapacity), endings]);
    observer.onReady?.(balancer.url);
    return await sendTraffic(parts, { fleet, url: balancer.url, endings }, observer);
  } finally {
    fleetTime.stop();
    await balancer.stop();
  }
}

interface Stage {
  readonly fleet: ProcessFleet;
  readonly url: string;
  readonly endings: Promise<never>;
}

async function sendTraffic(parts: RehearsalParts, stage: Stage, observer: Observer): Promise<Outcome> {
  const { scenario, paths, speed } = parts;
  const client = await TrafficSender.start({ url: stage.url, paths });
  const time = new WallTime(speed);
  const limit = scenario.traffic.clientLimitRequestsPerSecond;
  const step = setInterval(() => client.set(arrivalAt(scenario.traffic, time.nowSeconds), limit), TRAFFIC_STEP_MILLIS);
  client.set(arrivalAt(scenario.traffic, 0), limit);
  const run = startRun(time, scenario, { kind: 'rehearsal', fleet: stage.fleet, client }, observer);
  try {
    const over = new Promise<void>((resolve) => time.after(trafficSeconds(scenario.traffic), resolve));
    await Promise.race([over, stage.endings]);
    return run.finish();
  } finally {
    clearInterval(step);
    run.stop();
    time.stop();
    await client.stop();
  }
}
