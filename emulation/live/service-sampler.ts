import type { LocalFleet } from '../../rehearsal/fleet/local-fleet';
import { type Cancel, type Clock, every } from '../../src/time/clock';
import { CounterHistory } from './counter-history';

/** How often the counters are sampled, in seconds of the emulation: as often as high-resolution metrics have a datapoint. */
const SAMPLE_SECONDS = 20;

/** Samples the counters of a live service, from which its metrics are computed. */
export class ServiceSampler {
  public readonly history = new CounterHistory();
  private readonly gaugeSeconds: Record<string, number> = {};
  private sampledAtMillis = Date.now();
  private readonly cancel: Cancel;

  /** @param onSample called after each sample. */
  public constructor(
    clock: Clock,
    private readonly fleet: LocalFleet,
    private readonly desiredCount: () => number,
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

  /** Adds a sample now, so that what is asked for is up to date. */
  public sample(): void {
    const atMillis = Date.now();
    const seconds = (atMillis - this.sampledAtMillis) / 1000;
    this.sampledAtMillis = atMillis;
    for (const [name, value] of Object.entries(this.gauges)) this.gaugeSeconds[name] = (this.gaugeSeconds[name] ?? 0) + value * seconds;
    this.history.add({ atMillis, counters: { ...this.fleet.counters, ...this.gaugeSeconds } });
  }

  /** Numbers that are averaged over time. */
  private get gauges(): Readonly<Record<string, number>> {
    const states = this.fleet.tasks.all.map(({ targetHealth }) => targetHealth?.state);
    const { runningCount } = this.fleet;
    return {
      healthyHostSeconds: states.filter((state) => state === 'healthy').length,
      unhealthyHostSeconds: states.filter((state) => state === 'unhealthy').length,
      runningTaskSeconds: runningCount,
      desiredTaskSeconds: this.desiredCount(),
      pendingTaskSeconds: this.fleet.tasks.all.filter(({ status }) => status === 'PROVISIONING' || status === 'PENDING').length,
    };
  }
}
