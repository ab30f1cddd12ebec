import type { AwsObject } from '../../emulation/front/aws-call';
import { planOfService, resourceIdOf } from '../../emulation/live/emulated-plan';
import { InputError } from '../../src/parse/input-error';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';
import type { RecordedResources } from './recorded-resources';
import { dateText } from './recorded-time';

/** What a plan is not read from. */
const STATE_MEMBERS = ['clusterArn', 'createdAt', 'deployments', 'desiredCount', 'serviceArn', 'serviceName', 'taskDefinition'];

/** Reads the plan of a recorded service. */
export function recordedPlan(resources: RecordedResources): ParsedPlan {
  const { service, taskDefinition } = resources;
  if (!Array.isArray(service?.['loadBalancers']) || service['loadBalancers'].length === 0)
    throw new InputError(['the recorded service has no target group: only services behind a load balancer can be forecast']);
  const clusterArn = String(service['clusterArn']);
  const record = {
    region: String(service['serviceArn']).split(':')[3]!,
    arn: String(service['serviceArn']),
    name: String(service['serviceName']),
    clusterName: clusterArn.split('/').at(-1)!,
    clusterArn,
    settings: Object.fromEntries(Object.entries(service).filter(([name]) => !STATE_MEMBERS.includes(name))),
  };
  if (!resources.scalableTargets.some(({ ResourceId }) => ResourceId === resourceIdOf(record)))
    throw new InputError([`the recorded service ${record.clusterName}/${record.name} does not scale: it has no scalable target`]);
  const definition = {
    arn: String(taskDefinition['taskDefinitionArn']),
    family: String(taskDefinition['family']),
    settings: taskDefinition,
  };
  const { plan, ignored } = planOfService(record, definition, resources, Number(service['desiredCount'] ?? 1));
  return { plan: { ...plan, service: record.name }, ignored: ignored.filter((text) => !STATE.test(text)) };
}

/** What AWS describes of a resource besides its settings: its names, and what it is at the moment. */
const STATE_NAMES = [
  'Alarms',
  'AvailabilityZones',
  'CanonicalHostedZoneId',
  'CreatedTime',
  'CreationTime',
  'DNSName',
  'DesiredCount',
  'LoadBalancerArn',
  'LoadBalancerArns',
  'LoadBalancerName',
  'ListenerArn',
  'PolicyARN',
  'RuleArn',
  'ScalableTargetARN',
  'ScheduledActions.CreationTime',
  'ScheduledActions.ResourceId',
  'ScheduledActions.ScalableDimension',
  'ScheduledActions.ScheduledActionARN',
  'ScheduledActions.ServiceNamespace',
  'SecurityGroups',
  'State',
  'TargetGroupArn',
  'TargetGroupName',
  'TaskDefinitionArn',
  'VpcId',
  'AlarmArn',
  'AlarmConfigurationUpdatedTimestamp',
  'EvaluationState',
  'StateReason',
  'StateReasonData',
  'StateTransitionedTimestamp',
  'StateUpdatedTimestamp',
  'StateValue',
].join('|');
const STATE = new RegExp(`^\\w+ (${STATE_NAMES})(\\.\\S*)?(:| )`);

/** What of the plan has changed since the start of the recording, as texts: the plan that is read is the last one. */
export function planChangeRemarks(
  { service, scalingPolicies, scalableTargets, alarms }: RecordedResources,
  fromSeconds: number,
  untilSeconds: number,
): string[] {
  const changed = (name: string, moment: unknown): string[] => {
    const seconds = parseTimeSeconds(String(moment ?? ''));
    return seconds > fromSeconds && seconds < untilSeconds
      ? [`${name} at ${dateText(seconds)}, within the recorded time: the forecast has the plan as it was after that, from the start`]
      : [];
  };
  const ofPolicies = new Set(
    scalingPolicies.flatMap(({ Alarms }) => (Array.isArray(Alarms) ? Alarms : []).map((alarm) => (alarm as AwsObject)['AlarmName'])),
  );
  return [
    ...scalableTargets.flatMap(({ CreationTime }) => changed('the service began to scale', CreationTime)),
    ...scalingPolicies.flatMap(({ PolicyName, CreationTime }) => changed(`the policy ${PolicyName} was created`, CreationTime)),
    ...alarms
      .filter(({ AlarmName }) => ofPolicies.has(AlarmName))
      .flatMap(({ AlarmName, AlarmConfigurationUpdatedTimestamp }) =>
        changed(`the alarm ${AlarmName} was changed`, AlarmConfigurationUpdatedTimestamp),
      )
      .slice(0, 1),
    ...(Array.isArray(service['deployments']) ? service['deployments'] : []).flatMap((deployment) => {
      const seconds = parseTimeSeconds(String((deployment as AwsObject)['createdAt'] ?? ''));
      return seconds > fromSeconds && seconds < untilSeconds
        ? [`a deployment began at ${dateText(seconds)}: its additional tasks are not in the forecast`]
        : [];
    }),
  ];
}
