import type { Duration } from 'aws-cdk-lib';
import { type Alarm, CfnAlarmMuteRule } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/**
 * An alarm mute rule: a time of planned work, in which the alarms change their state but notify no topic.
 *
 * Deployments are still rolled back by alarms, as ECS reads their state.
 */
export class AlarmMuteRule {
  /**
   * Mutes alarm actions again and again.
   *
   * @param expression minute, hour, day of the month, month and day of the week, such as `0 2 * * SUN`
   * @param duration how long the actions are muted each time: from a minute to 15 days
   * @param timeZone an IANA time zone, such as `Europe/Berlin`; without it, UTC
   */
  public static cron(expression: string, duration: Duration, timeZone?: string): AlarmMuteRule {
    return new AlarmMuteRule(`cron(${expression})`, duration, timeZone);
  }

  /**
   * Mutes alarm actions once.
   *
   * @param time year, month, day and time, such as `2027-01-31T23:00`
   * @param duration how long the actions are muted: from a minute to 15 days
   * @param timeZone an IANA time zone, such as `Europe/Berlin`; without it, UTC
   */
  public static once(time: string, duration: Duration, timeZone?: string): AlarmMuteRule {
    return new AlarmMuteRule(`at(${time})`, duration, timeZone);
  }

  private constructor(
    /** @internal */
    public readonly _expression: string,

    /** @internal */
    public readonly _duration: Duration,

    /** @internal */
    public readonly _timeZone?: string,
  ) {}
}

/** Creates the mute rules of the alarms. */
export function muteAlarms(scope: Construct, alarms: readonly Alarm[], rules: readonly AlarmMuteRule[]): CfnAlarmMuteRule[] {
  return rules.map(
    ({ _expression: expression, _duration: duration, _timeZone: timezone }, index) =>
      new CfnAlarmMuteRule(scope, `MuteRule${index + 1}`, {
        description: `${scope.node.path}: planned work`,
        rule: { schedule: { expression, duration: duration.toIsoString(), timezone } },
        muteTargets: { alarmNames: alarms.map(({ alarmName }) => alarmName) },
      }),
  );
}
