import { items, type TemplateValue } from '../plan/template/template-value';
import { SERVICE } from './template/ecs-service';
import { evaluations, referencesIn } from './template/linted-template';
import { LOAD_BALANCER } from './template/load-balancing';
import { type ResourceChange, ResourceChanges } from './updates/resource-changes';
import { UPDATE_CHECKS } from './updates/update-checks';
import type { UpdateFailure, UpdateFinding } from './updates/update-finding';

/**
 * What an update does to a running service, from least to most.
 *
 * `in place`: the tasks and the load balancer stay. `new tasks one by one`: a deployment replaces the tasks, or an instance refresh the instances. `replaced`: the service or the
 * load balancer is replaced. `outage`: AWS accepts the update, and requests fail or nothing scales for a time. `rejected`: AWS rejects the
 * update or a part of it, or deletes a part of it with what it replaces.
 */
export type UpdateOutcome = 'in place' | 'new tasks one by one' | 'replaced' | UpdateFailure;

/** What an update does, and what it breaks. */
export interface UpdateReport {
  readonly outcome: UpdateOutcome;
  readonly findings: readonly UpdateFinding[];
}

/** The properties of a service whose change starts a deployment. */
const DEPLOYING = [
  ...['TaskDefinition', 'NetworkConfiguration', 'LoadBalancers', 'ServiceRegistries', 'CapacityProviderStrategy', 'PlatformVersion'],
  ...['ServiceConnectConfiguration', 'VolumeConfigurations', 'EnableExecuteCommand', 'PropagateTags', 'ForceNewDeployment'],
  ...['EnableECSManagedTags', 'VpcLatticeConfigurations', 'Monitoring'],
];

/** The parameters that are given before and after an update, by name. */
export interface UpdateParameters {
  readonly before?: Readonly<Record<string, string>>;
  readonly after?: Readonly<Record<string, string>>;
}

/** Compares two templates of one stack, with the given parameters and the defaults of the others. */
export function lintUpdate(from: TemplateValue, to: TemplateValue, { before, after }: UpdateParameters = {}): UpdateReport {
  const changes = new ResourceChanges(evaluations(from, before)[0]!, evaluations(to, after)[0]!);
  const found = UPDATE_CHECKS.map((check) => ({ ...check, problems: check.find(changes) })).filter(({ problems }) => problems.length > 0);
  const findings = found.flatMap(({ id, severity, problems }) => problems.map((problem) => ({ check: id, severity, ...problem })));
  return {
    outcome: outcomeOf(
      changes,
      found.flatMap(({ outcome }) => outcome ?? []),
    ),
    findings,
  };
}

function outcomeOf(changes: ResourceChanges, failures: readonly UpdateFailure[]): UpdateOutcome {
  // an update that is rejected is rolled back, whatever would have failed in it.
  if (failures.includes('rejected')) return 'rejected';
  if (failures.includes('outage')) return 'outage';
  const main = changes.all.filter(({ type }) => type === SERVICE || type === LOAD_BALANCER || type === GROUP).filter(serves);
  // instances may go once a service beside them has all requests.
  const isOtherLeft = main.some(({ type, change }) => type !== LOAD_BALANCER && change !== 'removed');
  const isLost = ({ type, change }: ResourceChange): boolean => change === 'removed' && !(type === GROUP && isOtherLeft);
  if (main.some((each) => each.change === 'replaced' || isLost(each))) return 'replaced';
  return main.some((each) => startsDeployment(each) || startsRefresh(changes, each)) ? 'new tasks one by one' : 'in place';
}

/** Whether requests reach a resource. A group without targets is the capacity of an ECS cluster, whose tasks move with their service. */
function serves({ type, before, after }: ResourceChange): boolean {
  return type !== GROUP || items((before ?? after)?.properties['TargetGroupARNs']).length > 0;
}

function startsDeployment({ type, properties }: ResourceChange): boolean {
  return type === SERVICE && properties.some((property) => DEPLOYING.includes(property));
}

/** An Auto Scaling group, whose instances are the tasks of its target group. */
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** The properties of a group whose change starts an instance refresh (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html). */
const REFRESHING = [
  'LaunchTemplate',
  'MixedInstancesPolicy',
  'VPCZoneIdentifier',
  'AvailabilityZones',
  'AvailabilityZoneIds',
  'PlacementGroup',
];

/** Whether the instances of a load-balanced group are replaced: a new version of its launch template has the same reference in the group. */
function startsRefresh(changes: ResourceChanges, { type, change, after, properties }: ResourceChange): boolean {
  if (type !== GROUP || (change !== 'updated' && change !== 'unchanged') || items(after?.properties['TargetGroupARNs']).length === 0)
    return false;
  const launch = [after?.properties['LaunchTemplate'], after?.properties['MixedInstancesPolicy']];
  const templates = launch.flatMap(referencesIn).filter((id) => changes.of(id)?.type === LAUNCH_TEMPLATE);
  return properties.some((property) => REFRESHING.includes(property)) || templates.some((id) => changes.of(id)?.change === 'updated');
}

const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';
