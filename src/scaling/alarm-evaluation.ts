import { type AlarmRule, breaches, type PeriodicAlarmRule } from '../plan/alarm-rule';
import type { AwsBehavior } from './aws-behavior';
import type { Datapoint, MetricSeries } from './metric-series';

/** A CloudWatch alarm on a metric series: its state, and whether it invokes its action now. */
export class AlarmEvaluation {
  private state: AlarmState = 'INSUFFICIENT_DATA';
  private invokesActionNow = false;
  private invokedAtSeconds = Number.NEGATIVE_INFINITY;
  /** The evaluation range of the last evaluation, oldest first. The array is reused. */
  private readonly evaluationRange: Datapoint[] = [];
  private readonly datapointsPerPeriod: number;

  public constructor(
    public readonly rule: PeriodicAlarmRule,
    private readonly series: MetricSeries,
    private readonly behavior: AwsBehavior,
  ) {
    this.datapointsPerPeriod = Math.max(1, Math.round(rule.periodSeconds / series.resolutionSeconds));
    series.retain(this.rangePeriods * this.datapointsPerPeriod);
  }

  /** The state after the last evaluation. */
  public get currentState(): AlarmState {
    return this.state;
  }

  public get isInAlarm(): boolean {
    return this.state === 'ALARM';
  }

  /** Whether the alarm invokes its action at this evaluation: when it goes into ALARM, and then once a minute. */
  public get invokesAction(): boolean {
    return this.invokesActionNow;
  }

  /** Whether it is evaluated more than once a minute: its period and its metric are shorter than that. */
  public get isHighResolution(): boolean {
    return this.rule.periodSeconds < this.behavior.periodSeconds && this.series.resolutionSeconds < this.behavior.periodSeconds;
  }

  /** The newest available datapoint, or the mean of the evaluated ones; undefined if there is none. */
  public value(statistic: AwsBehavior['decisionDatapoint'] = 'latest'): number | undefined {
    let count = 0;
    let sum = 0;
    for (let index = this.evaluationRange.length - 1; index >= 0 && count < this.rule.evaluationPeriods; index--) {
      const point = this.evaluationRange[index]!;
      if (Number.isNaN(point)) continue;
      if (statistic === 'latest') return point;
      count += 1;
      sum += point;
    }
    return count === 0 ? undefined : sum / count;
  }

  /** Evaluates the datapoints that are available now. */
  public evaluate(nowSeconds: number): void {
    this.series.read(nowSeconds, this.rangePeriods, this.datapointsPerPeriod, this.evaluationRange);
    const previousState = this.state;
    this.state = evaluateAlarm(this.rule, this.evaluationRange, previousState);
    // half a second of tolerance: timers of a rehearsal are not exact.
    const isDue = previousState !== 'ALARM' || nowSeconds - this.invokedAtSeconds > this.behavior.alarmActionSeconds - 0.5;
    this.invokesActionNow = this.state === 'ALARM' && isDue;
    if (this.invokesActionNow) this.invokedAtSeconds = nowSeconds;
  }

  /** Skips an evaluation that is not due for this alarm. */
  public skip(): void {
    this.invokesActionNow = false;
  }

  private get rangePeriods(): number {
    return this.rule.evaluationPeriods + this.behavior.extraEvaluationRangePeriods;
  }
}

/** The states of a CloudWatch alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/**
 * Evaluates an alarm over its evaluation range, oldest datapoint first. A missing one is NaN or undefined.
 *
 * Missing data is treated only if the range has fewer reported datapoints than evaluation periods.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(rule: AlarmRule, range: readonly (Datapoint | undefined)[], previousState: AlarmState): AlarmState {
  const { reportedCount, breachingCount, periodsSinceOldest } = countDatapoints(rule, range);
  const missingCount = rule.evaluationPeriods - reportedCount;
  const alarmIf = (count: number): AlarmState => (count >= rule.datapointsToAlarm ? 'ALARM' : 'OK');
  if (missingCount <= 0) return alarmIf(breachingCount);
  if (rule.treatMissingData === 'breaching') return alarmIf(breachingCount + missingCount);
  if (rule.treatMissingData === 'notBreaching') return alarmIf(breachingCount);
  const ignoresMissingData = rule.treatMissingData === 'ignore';
  if (reportedCount === 0) return ignoresMissingData ? previousState : 'INSUFFICIENT_DATA';
  if (breachingCount >= rule.datapointsToAlarm) return 'ALARM';
  if (breachingCount < reportedCount) return 'OK';
  // all reported datapoints breach: the alarm goes into ALARM once the oldest is at least `datapointsToAlarm` periods old.
  return !ignoresMissingData && periodsSinceOldest >= rule.datapointsToAlarm ? 'ALARM' : previousState;
}

interface DatapointCount {
  /** The reported datapoints that are evaluated: at most as many as evaluation periods, the newest. */
  readonly reportedCount: number;
  /** Those that breach. */
  readonly breachingCount: number;
  /** Periods from the oldest reported one to the newest, inclusive. */
  readonly periodsSinceOldest: number;
}

function countDatapoints(rule: AlarmRule, range: readonly (Datapoint | undefined)[]): DatapointCount {
  let reportedCount = 0;
  let breachingCount = 0;
  let periodsSinceOldest = 0;
  for (let index = range.length - 1; index >= 0 && reportedCount < rule.evaluationPeriods; index--) {
    const value = range[index];
    if (value === undefined || Number.isNaN(value)) continue;
    reportedCount += 1;
    periodsSinceOldest = range.length - index;
    if (breaches(rule, value)) breachingCount += 1;
  }
  return { reportedCount, breachingCount, periodsSinceOldest };
}
