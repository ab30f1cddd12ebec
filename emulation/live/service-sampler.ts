import type { LocalFleet } from '../../rehearsal/fleet/local-fleet';
import type { LocalTask } from '../../rehearsal/fleet/local-task';
import type { LoadBalancer } from '../../rehearsal/load-balancer/local-load-balancer';
import { type Cancel, type Clock, every } from '../../src/time/clock';
import { CounterHistory } from './counter-history';
import { type LiveTraffic, TARGET_GROUP_PARTS, type TargetGroupPart } from './live-traffic';

/** How often the counters are sampled, in seconds of the emulation: as often as high-resolution metrics have a datapoint. */
const SAMPLE_SECONDS = 20;

/** What is sampled. */
interface SampledService {
  readonly fleet: LocalFleet;
  readonly balancer: LoadBalancer;
  readonly traffic: LiveTraffic;
  readonly desiredCount: number;
}

/** Samples the counters of a live service and of its target groups, from which its metrics are computed. */
export class ServiceSampler {
  /** Of the whole service. */
  public readonly history = new CounterHistory();
  private readonly groupHistories = { first: new CounterHistory(), alternate: new CounterHistory() };
  /** Gauges multiplied by seconds, for the service and for each part of its target groups. */
  private readonly gaugeSeconds = new Map<CounterHistory, Record<string, number>>();
  private sampledAtMillis = Date.now();
  private readonly cancel: Cancel;

  /** @param onSample called after each sample. */
  public constructor(
    clock: Clock,
    private readonly service: SampledService,
    onSample: () => void,
  ) {
    this.sample();
    this.cancel = every(clock, { firstAtSeconds: clock.nowSeconds + SAMPLE_SECONDS, periodSeconds: SAMPLE_SECONDS }, () => {
      this.sample();
      onSample();
    });
  }

  public stop(): void {
    this.cancel();
  }

  /** The counters of the target groups of one part. */
  public historyOf(part: TargetGroupPart): CounterHistory {
    return this.groupHistories[part];
  }

  /** Adds a sample now, so that what is asked for is up to date. */
  public sample(): void {
    const { fleet, balancer, traffic, desiredCount } = this.service;
    const atMillis = Date.now();
    const seconds = (atMillis - this.sampledAtMillis) / 1000;
    this.sampledAtMillis = atMillis;
    const tasks = fleet.tasks.all;
    const gauges = {
      ...targetGauges(tasks),
      runningTaskSeconds: fleet.runningCount,
      desiredTaskSeconds: desiredCount,
      pendingTaskSeconds: tasks.filter(({ status }) => status === 'PROVISIONING' || status === 'PENDING').length,
    };
    this.add(this.history, { atMillis, seconds, gauges, counters: { ...fleet.counters } });
    for (const part of TARGET_GROUP_PARTS) {
      const registered = tasks.filter(({ revision }) => traffic.partOf(revision) === part);
      const counters = { ...balancer.countersOf(part) };
      this.add(this.groupHistories[part], { atMillis, seconds, gauges: targetGauges(registered), counters });
    }
  }

  private add(history: CounterHistory, { atMillis, seconds, gauges, counters }: Sample): void {
    const sums = this.gaugeSeconds.get(history) ?? {};
    for (const [name, value] of Object.entries(gauges)) sums[name] = (sums[name] ?? 0) + value * seconds;
    this.gaugeSeconds.set(history, sums);
    history.add({ atMillis, counters: { ...counters, ...sums } });
  }
}

/** What is added to a history. */
interface Sample {
  readonly atMillis: number;
  /** Since the sample before. */
  readonly seconds: number;
  /** Numbers that are averaged over time. */
  readonly gauges: Readonly<Record<string, number>>;
  readonly counters: Readonly<Record<string, number>>;
}

function targetGauges(tasks: readonly LocalTask[]): Readonly<Record<string, number>> {
  const states = tasks.map(({ targetHealth }) => targetHealth?.state);
  return {
    healthyHostSeconds: states.filter((state) => state === 'healthy').length,
    unhealthyHostSeconds: states.filter((state) => state === 'unhealthy').length,
  };
}
