import { Arn, ArnFormat, type CfnResource, Lazy, Names, Token } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { isOther } from '../prop-rules';
import { closesCycle, referencesIn } from './dependency-cycle';

/** CloudWatch allows a name of this length. */
const MAX_CHARACTERS = 255;

/**
 * The name of an alarm, for the ECS service.
 *
 * It is a reference, so that the alarm exists before the service, except where the alarm depends on the service, such as one on its CPU. The
 * name is then written out, and generated for an alarm without `alarmName`. ECS accepts the name of an alarm that is created later.
 */
export function alarmNameFor(alarm: IAlarm, service: CfnResource): string {
  const resource = resourceOf(alarm);
  if (resource === undefined) return alarm.alarmName;
  const given = resource.alarmName;
  const name = Lazy.uncachedString({
    produce: (context) => {
      const isGiven = given !== undefined && context.resolve(given) !== undefined;
      if (isGiven) return given;
      return closesCycle(resource, service) ? Names.uniqueResourceName(resource, { maxLength: MAX_CHARACTERS, separator: '-' }) : undefined;
    },
  });
  // only synthesis knows what the alarm depends on.
  if (Token.isUnresolved(given) || given === undefined) resource.alarmName = name;
  return Lazy.uncachedString({ produce: () => (closesCycle(resource, service) ? name : alarm.alarmName) });
}

/** The resource of an alarm of the app: its own, or the one that an alarm was imported from by a reference. */
function resourceOf(alarm: IAlarm): CfnAlarm | CfnCompositeAlarm | undefined {
  const candidates = [alarm.node.defaultChild, ...referencesIn(alarm, alarm.alarmName)];
  return candidates.find((candidate) => CfnAlarm.isCfnAlarm(candidate) || CfnCompositeAlarm.isCfnCompositeAlarm(candidate));
}

/** Returns an error for an alarm of another region or account: ECS looks an alarm up by its name, in those of the service. */
export function foreignAlarmErrors({ alarmArn, env }: IAlarm, { stack }: CfnResource): string[] {
  const { region, account } = Token.isUnresolved(alarmArn) ? env : Arn.split(alarmArn, ArnFormat.COLON_RESOURCE_NAME);
  return [
    ...(isOther(region, stack.region)
      ? [`rollbackAlarms must be in ${stack.region}, the region of the service, got one in ${region}`]
      : []),
    ...(isOther(account, stack.account)
      ? [`rollbackAlarms must be in ${stack.account}, the account of the service, got one in ${account}`]
      : []),
  ];
}
