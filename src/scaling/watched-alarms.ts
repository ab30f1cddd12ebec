import type { WatchedAlarm } from '../plan/alarm-rollback';
import { AlarmEvaluation } from './alarm-evaluation';
import type { AwsBehavior } from './aws-behavior';
import type { MetricFeed } from './metric-feed';

/** Called when an alarm has gone into ALARM, or is no longer. */
export type AlarmStateObserver = (alarmName: string, isInAlarm: boolean) => void;

/** Alarms that start no policy: ECS watches them during a deployment. */
export class WatchedAlarms {
  private readonly alarms: readonly { readonly name: string; readonly evaluation: AlarmEvaluation }[];

  public constructor(
    alarms: readonly WatchedAlarm[],
    feed: MetricFeed,
    behavior: AwsBehavior,
    private readonly onStateChange: AlarmStateObserver,
  ) {
    this.alarms = alarms.map((alarm) => ({
      name: alarm.alarmName,
      evaluation: new AlarmEvaluation(alarm.alarm, feed.series(alarm), behavior),
    }));
  }

  /** The alarms by their names. */
  public get namedAlarms(): ReadonlyMap<string, AlarmEvaluation> {
    return new Map(this.alarms.map(({ name, evaluation }) => [name, evaluation]));
  }

  /** Evaluates the alarms, once a minute. */
  public evaluate(nowSeconds: number): void {
    for (const { name, evaluation } of this.alarms) {
      const wasInAlarm = evaluation.isInAlarm;
      evaluation.evaluate(nowSeconds);
      if (evaluation.isInAlarm !== wasInAlarm) this.onStateChange(name, evaluation.isInAlarm);
    }
  }
}
