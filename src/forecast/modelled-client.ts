import { AWS_DEFAULTS } from '../plan/default-plan';
import { vcpuOf } from '../plan/task-size';
import type { Client, ClientReading } from '../scenario/client';
import { NO_FAILURES } from '../scenario/failures';
import type { Scenario } from '../scenario/scenario';
import { type Arrival, Arrivals, REFUSED_PAUSE_SECONDS } from '../scenario/traffic';
import { type Flow, flowThrough } from './flow';
import type { TaskServer } from './latency';
import { taskServerOf } from './task-server-of-workload';

/** A request that has waited longer is given up by the load balancer. */
const IDLE_TIMEOUT_SECONDS = AWS_DEFAULTS.idleTimeoutSeconds;

/** Sends the traffic of a scenario to modelled tasks, one stretch of time after the other. */
export class ModelledClient implements Client {
  private readonly service: TaskServer;
  private reading = emptyReading();
  /** Requests of an open load that arrived and are not answered yet. */
  private waiting = 0;
  private readonly arrivals: Arrivals;
  private arrival: Arrival;

  public constructor(private readonly scenario: Scenario) {
    this.service = taskServerOf(scenario.workload, vcpuOf(scenario.plan.task));
    this.arrivals = new Arrivals(scenario.traffic);
    this.arrival = this.arrivals.at(0);
  }

  /** Sends what arrives from a second of the scenario on, and returns how many requests the tasks worked on. */
  public send(fromSeconds: number, seconds: number, tasks: number): number {
    this.arrival = this.arrivals.at(fromSeconds);
    this.reading.seconds += seconds;
    if (tasks === 0) return this.fail(seconds, 0);
    const flow = flowThrough(this.arrival, tasks, this.service, this.scenario.traffic.clientLimitRequestsPerSecond);
    if (this.arrival.kind === 'rps' || flow.latency.mean <= IDLE_TIMEOUT_SECONDS) return this.answer(flow, seconds);
    // the tasks work as hard as they can, for users who are gone when the answer comes.
    this.fail(seconds, IDLE_TIMEOUT_SECONDS);
    return flow.capacityPerSecond * seconds;
  }

  public takeReading(): ClientReading {
    const { p50Seconds, p95Seconds, refusedRequests, givenUpRequests, ...reading } = this.reading;
    this.reading = emptyReading();
    const answered = reading.servedRequests;
    return {
      ...reading,
      failures: { ...NO_FAILURES, 'HTTP 503': refusedRequests, 'HTTP 504': givenUpRequests },
      inFlightRequests: this.waiting,
      users: this.arrival.kind === 'users' ? this.arrival.value : undefined,
      p50Millis: answered > 0 ? (1000 * p50Seconds) / answered : undefined,
      p95Millis: answered > 0 ? (1000 * p95Seconds) / answered : undefined,
    };
  }

  private answer(flow: Flow, seconds: number): number {
    const offered = this.waiting + flow.offeredPerSecond * seconds;
    const answered = Math.min(offered, flow.capacityPerSecond * seconds);
    const givenUp = Math.max(0, offered - answered - flow.capacityPerSecond * IDLE_TIMEOUT_SECONDS);
    this.waiting = offered - answered - givenUp;
    this.reading.requests += flow.offeredPerSecond * seconds;
    this.reading.servedRequests += answered;
    this.reading.givenUpRequests += givenUp;
    const waitSeconds = this.waiting / flow.capacityPerSecond;
    this.reading.latencySeconds += answered * (flow.latency.mean + waitSeconds);
    this.reading.p50Seconds += answered * (flow.latency.p50 + waitSeconds);
    this.reading.p95Seconds += answered * Math.min(flow.latency.p95 + waitSeconds, IDLE_TIMEOUT_SECONDS);
    return answered;
  }

  /** Nothing is answered: an open load is turned away as it comes, users give up after a wait and come back. */
  private fail(seconds: number, waitSeconds: number): number {
    const { kind, value, thinkSeconds } = this.arrival;
    const perUser = 1 / (thinkSeconds + this.scenario.workload.baseLatencySeconds + waitSeconds + REFUSED_PAUSE_SECONDS);
    const sent = value * seconds * (kind === 'users' ? perUser : 1);
    this.reading.requests += sent;
    this.reading[waitSeconds > 0 ? 'givenUpRequests' : 'refusedRequests'] += this.waiting + sent;
    if (this.waiting + sent > 0) this.reading.outageSeconds += seconds;
    this.waiting = 0;
    return 0;
  }
}

type Counted = 'requests' | 'servedRequests' | 'refusedRequests' | 'givenUpRequests' | 'seconds' | 'outageSeconds';

function emptyReading(): Record<Counted | 'latencySeconds' | 'p50Seconds' | 'p95Seconds', number> {
  return {
    requests: 0,
    servedRequests: 0,
    refusedRequests: 0,
    givenUpRequests: 0,
    seconds: 0,
    outageSeconds: 0,
    latencySeconds: 0,
    p50Seconds: 0,
    p95Seconds: 0,
  };
}
