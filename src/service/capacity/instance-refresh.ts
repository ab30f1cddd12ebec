import { Duration, Token } from 'aws-cdk-lib';
import { type AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { throwIfAny } from '../../parse/input-error';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { alarmNameFor, foreignAlarmErrors } from '../deployment/alarm-name';
import { secondsOf, wholeNumberErrors } from '../prop-rules';

/**
 * Options of the instance refresh of a group.
 */
export interface InstanceRefreshOptions {
  /**
   * The percentages of replaced instances at which the refresh waits, in ascending order: whole numbers from 1 to 99.
   *
   * @default - 50; none where the list is empty
   */
  readonly checkpointPercentages?: number[];

  /**
   * The time that the refresh waits at a checkpoint: whole seconds, up to 48 hours.
   *
   * @default Duration.minutes(5)
   */
  readonly checkpointDelay?: Duration;

  /**
   * The time after the last instance was replaced in which an alarm still rolls the update back: whole seconds, up to 48 hours.
   *
   * @default Duration.minutes(0)
   */
  readonly bakeTime?: Duration;
}

/** The defaults of an instance refresh. */
export const REFRESH_DEFAULTS = { checkpointPercentages: [50], checkpointDelay: Duration.minutes(5) } as const;

/** What the refresh of a group is rendered from. */
export interface RefreshSettings {
  readonly options: InstanceRefreshOptions;
  readonly minHealthyPercent: number;
  readonly maxHealthyPercent: number;
  readonly warmupSeconds: number;

  /** The alarms of the construct that roll a refresh back. */
  readonly ownAlarms: readonly IAlarm[];

  /** Those of the caller. */
  readonly alarms: readonly IAlarm[];
}

/** All instances are replaced. */
const ALL_PERCENT = 100;

/**
 * Has CloudFormation replace the instances with an instance refresh, which a change of the launch template or of the subnets starts
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html).
 *
 * Unlike a rolling update, scaling goes on during a refresh, new instances start before old ones end, and an alarm rolls it back. The oldest supported
 * CDK does not know the policy.
 */
export function refreshInstances(group: AutoScalingGroup, settings: RefreshSettings): void {
  const resource = group.node.defaultChild;
  if (!CfnAutoScalingGroup.isCfnAutoScalingGroup(resource))
    throw new TypeError('the default child must be an AWS::AutoScaling::AutoScalingGroup');
  const { options, minHealthyPercent, maxHealthyPercent, warmupSeconds, ownAlarms, alarms } = settings;
  throwIfAny(alarms.flatMap((alarm) => foreignAlarmErrors(alarm, resource)));
  const checkpoints = options.checkpointPercentages ?? REFRESH_DEFAULTS.checkpointPercentages;
  const names = [...ownAlarms.map(({ alarmName }) => alarmName), ...alarms.map((alarm) => alarmNameFor(alarm, resource))];
  resource.addOverride('UpdatePolicy.AutoScalingInstanceRefresh', {
    Strategy: 'Rolling',
    Preferences: {
      MinHealthyPercentage: minHealthyPercent,
      MaxHealthyPercentage: maxHealthyPercent,
      InstanceWarmup: warmupSeconds,
      ...(checkpoints.length > 0 && {
        CheckpointPercentages: [...checkpoints, ALL_PERCENT],
        CheckpointDelay: secondsOf(options.checkpointDelay ?? REFRESH_DEFAULTS.checkpointDelay),
      }),
      ...(options.bakeTime !== undefined && { BakeTime: secondsOf(options.bakeTime) }),
      ...(names.length > 0 && { AlarmSpecification: { Alarms: names } }),
    },
  });
}

const MAX_DELAY_SECONDS = 172_800;

/** The most alarms of an instance refresh. */
export const MAX_REFRESH_ALARMS = 10;

/** Returns an error for each rule of an instance refresh that the props break. */
export function refreshErrors({ checkpointPercentages = [], checkpointDelay, bakeTime }: InstanceRefreshOptions = {}): ValidationError[] {
  if (checkpointPercentages.some(Token.isUnresolved))
    return [validationError('instanceRefresh.checkpointPercentages', 'be known at synthesis', 'a token')];
  const isAscending = checkpointPercentages.every((percent, index) => index === 0 || percent > checkpointPercentages[index - 1]!);
  return [
    ...checkpointPercentages.flatMap((percent) => wholeNumberErrors('instanceRefresh.checkpointPercentages', percent, 1, ALL_PERCENT - 1)),
    ...(isAscending
      ? []
      : [validationError('instanceRefresh.checkpointPercentages', 'be in ascending order', checkpointPercentages.join(', '))]),
    ...wholeNumberErrors('instanceRefresh.checkpointDelay', secondsOf(checkpointDelay), 0, MAX_DELAY_SECONDS, 'seconds'),
    ...wholeNumberErrors('instanceRefresh.bakeTime', secondsOf(bakeTime), 0, MAX_DELAY_SECONDS, 'seconds'),
  ];
}
