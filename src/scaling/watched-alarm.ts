import type { PeriodicAlarmRule } from '../plan/alarm-rule';
import { type AlarmState, type Datapoint, evaluateAlarm } from './alarm';
import type { AwsBehavior } from './aws-behavior';
import type { MetricSeries } from './metric-series';

/** An alarm over a series, and what it says when it is looked at. */
export class WatchedAlarm {
  private state: AlarmState = 'INSUFFICIENT_DATA';
  private actsNow = false;
  private actedAtSeconds = Number.NEGATIVE_INFINITY;
  /** The periods that were looked at last, oldest first; the same list each time. */
  private readonly range: Datapoint[] = [];
  private readonly readingsPerPeriod: number;

  public constructor(
    private readonly rule: PeriodicAlarmRule,
    private readonly series: MetricSeries,
    private readonly behavior: AwsBehavior,
  ) {
    this.readingsPerPeriod = Math.max(1, Math.round(rule.periodSeconds / series.resolutionSeconds));
    series.keep(this.periods * this.readingsPerPeriod);
  }

  public get isRaised(): boolean {
    return this.state === 'ALARM';
  }

  /** Whether the alarm sets its action off at this evaluation: when it is raised, and then once a minute. */
  public get acts(): boolean {
    return this.actsNow;
  }

  /** Whether it is evaluated more than once a minute. */
  public get isFast(): boolean {
    return this.rule.periodSeconds < this.behavior.periodSeconds && this.series.resolutionSeconds < this.behavior.periodSeconds;
  }

  /** The newest value that the alarm sees, or the mean of those that it evaluates; undefined where it sees none. */
  public value(which: AwsBehavior['decisionDatapoint'] = 'latest'): number | undefined {
    let count = 0;
    let sum = 0;
    for (let index = this.range.length - 1; index >= 0 && count < this.rule.evaluationPeriods; index--) {
      const point = this.range[index];
      if (point === undefined) continue;
      if (which === 'latest') return point;
      count += 1;
      sum += point;
    }
    return count === 0 ? undefined : sum / count;
  }

  /** Looks at what is visible now. */
  public evaluate(nowSeconds: number): void {
    this.series.read(nowSeconds, this.periods, this.readingsPerPeriod, this.range);
    const before = this.state;
    this.state = evaluateAlarm(this.rule, this.range, before);
    // half a second: a rehearsal's clock is never quite on the minute.
    const isDue = before !== 'ALARM' || nowSeconds - this.actedAtSeconds > this.behavior.alarmActionSeconds - 0.5;
    this.actsNow = this.state === 'ALARM' && isDue;
    if (this.actsNow) this.actedAtSeconds = nowSeconds;
  }

  /** For an evaluation at which it is not this alarm's turn. */
  public rest(): void {
    this.actsNow = false;
  }

  private get periods(): number {
    return this.rule.evaluationPeriods + this.behavior.spareDatapoints;
  }
}
