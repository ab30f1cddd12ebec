import type { AlarmRule } from '../plan/alarm-rule';
import type { TargetTracking } from '../plan/target-tracking';
import { type AlarmState, evaluateAlarm } from './alarm';
import type { AwsBehavior } from './aws-behavior';
import { MetricHistory } from './metric-history';

/**
 * The two alarms that Application Auto Scaling makes for a target-tracking
 * policy: one that asks for more tasks and one that allows fewer.
 */
export class TargetTrackingAlarms {
  private readonly history: MetricHistory;
  private readonly highRule: AlarmRule;
  private readonly lowRule: AlarmRule;
  private highState: AlarmState = 'INSUFFICIENT_DATA';
  private lowState: AlarmState = 'INSUFFICIENT_DATA';
  private latestValue: number | undefined;

  public constructor(
    public readonly policy: TargetTracking,
    private readonly behavior: AwsBehavior,
  ) {
    this.highRule = rule('GreaterThanThreshold', policy.targetValue, behavior.highDatapoints);
    this.lowRule = rule('LessThanThreshold', policy.targetValue * behavior.lowThresholdShare, behavior.lowDatapoints);
    // a datapoint that is not visible yet is kept beside those that are looked at.
    this.history = new MetricHistory(2 * (behavior.lowDatapoints + behavior.spareDatapoints));
  }

  public get isHigh(): boolean {
    return this.highState === 'ALARM';
  }

  public get isLow(): boolean {
    return this.lowState === 'ALARM';
  }

  /** The newest visible value of the metric. */
  public get value(): number | undefined {
    return this.latestValue;
  }

  /** Reports the metric of the period that has ended. */
  public report(value: number | undefined, visibleAtSeconds: number): void {
    this.history.add(value, visibleAtSeconds);
  }

  /** Evaluates both alarms on what is visible now. */
  public evaluate(nowSeconds: number): void {
    this.highState = evaluateAlarm(this.highRule, this.range(this.highRule, nowSeconds), this.highState);
    const low = this.range(this.lowRule, nowSeconds);
    this.lowState = evaluateAlarm(this.lowRule, low, this.lowState);
    this.latestValue = low.filter((point) => point !== undefined).at(-1);
  }

  private range(alarm: AlarmRule, nowSeconds: number): (number | undefined)[] {
    return this.history.visible(nowSeconds, alarm.evaluationPeriods + this.behavior.spareDatapoints);
  }
}

function rule(comparisonOperator: AlarmRule['comparisonOperator'], threshold: number, datapoints: number): AlarmRule {
  return { comparisonOperator, threshold, evaluationPeriods: datapoints, datapointsToAlarm: datapoints, treatMissingData: 'missing' };
}
