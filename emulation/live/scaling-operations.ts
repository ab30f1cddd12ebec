import { type Activity, describeActivity, type NotScaled } from '../../src/scaling/activity';
import type { Clock } from '../../src/time/clock';
import { type AwsCall, type AwsObject, list, number, type Operations, structures, text } from '../front/aws-call';
import { resourceIdOf } from './emulated-plan';
import type { LiveActivity } from './live-scaling';
import type { LiveService } from './live-service';
import type { LiveServices } from './live-services';

/** Operations of Application Auto Scaling that change what scales a service. */
const CHANGES = [
  'RegisterScalableTarget',
  'DeregisterScalableTarget',
  'PutScalingPolicy',
  'DeleteScalingPolicy',
  'PutScheduledAction',
  'DeleteScheduledAction',
];

/** The operations of Application Auto Scaling. */
export function scalingOperations(live: LiveServices): Operations {
  const changes = CHANGES.map((operation) => [
    `application-autoscaling ${operation}`,
    async ({ region }: AwsCall, passOn: () => Promise<AwsObject>): Promise<AwsObject> => {
      const output = await passOn();
      await live.reconcile(region);
      return output;
    },
  ]);
  return {
    ...(Object.fromEntries(changes) as Operations),
    'application-autoscaling DescribeScalingActivities': async (call) => {
      const activities = servicesOf(live, call).flatMap((service) =>
        activitiesOf(live, service, call.input.IncludeNotScaledActivities === true),
      );
      const sorted = activities.sort((one, other) => (other.StartTime as Date).getTime() - (one.StartTime as Date).getTime());
      const start = number(call.input.NextToken) ?? 0;
      const end = start + (number(call.input.MaxResults) ?? 50);
      return { ScalingActivities: sorted.slice(start, end), ...(end < sorted.length && { NextToken: String(end) }) };
    },
    'application-autoscaling DescribeScalableTargets': async ({ region }, passOn) => {
      const output = await passOn();
      const targets = structures(output.ScalableTargets).map((target) => {
        const service = live.all.find(({ record }) => record.region === region && resourceIdOf(record) === target.ResourceId);
        const bounds = service?.scaling.capacityBounds;
        // a scheduled action has changed them.
        return bounds === undefined ? target : { ...target, MinCapacity: bounds.min, MaxCapacity: bounds.max };
      });
      return { ...output, ScalableTargets: targets };
    },
  };
}

function servicesOf(live: LiveServices, { region, input }: AwsCall): readonly LiveService[] {
  if (input.ServiceNamespace !== undefined && input.ServiceNamespace !== 'ecs') return [];
  const resourceId = text(input.ResourceId);
  return live.all.filter(({ record }) => record.region === region && (resourceId === undefined || resourceIdOf(record) === resourceId));
}

/** The activities of a service, with the names that its alarms have in CloudWatch. */
function activitiesOf(live: LiveServices, service: LiveService, includesNotScaled: boolean): AwsObject[] {
  const { clock } = live.parts;
  const alarmNames = live.alarmNamesOf(service);
  const common = { ServiceNamespace: 'ecs', ResourceId: resourceIdOf(service.record), ScalableDimension: 'ecs:service:DesiredCount' };
  const scaled = service.scaling.activities.map((entry) => ({ ...common, ...describeScaled(clock, entry, alarmNames) }));
  const notScaled = includesNotScaled
    ? service.scaling.notScaled.map((entry) => ({ ...common, ...describeNotScaled(clock, entry, alarmNames) }))
    : [];
  return [...scaled, ...notScaled];
}

type AlarmNames = ReadonlyMap<string, readonly string[]>;

function describeScaled(clock: SpedUp, { activity, countsFromSeconds }: LiveActivity, alarmNames: AlarmNames): AwsObject {
  const { startSeconds, endSeconds, toCapacity, statusCode } = activity;
  return {
    ActivityId: activityIdOf(countsFromSeconds + startSeconds),
    Description: `Setting desired count to ${toCapacity}.`,
    Cause: causeOf(activity, alarmNames),
    StartTime: dateOf(clock, countsFromSeconds + startSeconds),
    EndTime: endSeconds === undefined ? undefined : dateOf(clock, countsFromSeconds + endSeconds),
    StatusCode: statusCode,
    StatusMessage:
      statusCode === 'Successful'
        ? `Successfully set desired count to ${toCapacity}. Change successfully fulfilled by ecs.`
        : `${describeActivity(activity)}.`,
  };
}

function describeNotScaled(clock: SpedUp, { activity, countsFromSeconds }: LiveActivity<NotScaled>, alarmNames: AlarmNames): AwsObject {
  const { startSeconds, endSeconds, reason, currentCapacity } = activity;
  return {
    ActivityId: activityIdOf(countsFromSeconds + startSeconds),
    Description: 'Attempting to scale due to alarm triggered',
    Cause: causeOf(activity, alarmNames),
    StartTime: dateOf(clock, countsFromSeconds + startSeconds),
    EndTime: dateOf(clock, countsFromSeconds + endSeconds),
    StatusCode: 'Failed',
    NotScaledReasons: [{ Code: reason, CurrentCapacity: currentCapacity }],
  };
}

type SpedUp = Clock & { readonly speed: number };

/** The moment of the wall clock at which the clock of the emulation showed this second. */
function dateOf(clock: SpedUp, seconds: number): Date {
  return new Date(Date.now() - ((clock.nowSeconds - seconds) / clock.speed) * 1000);
}

/** An ID in the form of a UUID, which an activity keeps. */
function activityIdOf(seconds: number): string {
  const digits = Math.round(seconds * 1_000_000)
    .toString(16)
    .padStart(32, '0');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}

/** The cause, in which an alarm has the name that CloudWatch has for it. */
function causeOf({ cause }: Pick<Activity, 'cause'>, alarmNames: AlarmNames): string {
  const [, side, policyName = ''] = /Alarm(High|Low) in state ALARM triggered policy (.*)$/.exec(cause) ?? [];
  const name = list(alarmNames.get(policyName)).find((alarmName) => String(alarmName).includes(`Alarm${side}`));
  return name === undefined ? cause : `monitor alarm ${String(name)} in state ALARM triggered policy ${policyName}`;
}
