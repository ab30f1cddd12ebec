import { InputError } from '../../src/parse/input-error';
import { describedTemplate } from '../../src/plan/described/described-template';
import { scaledResourceId } from '../../src/plan/described/service-description';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { field, items, type Section } from '../../src/plan/template/template-value';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';
import { planOfDescribed } from '../live-service/described-plan';
import type { RecordedResources } from './recorded-resources';
import { dateText } from './recorded-time';

/** Reads the plan of a recorded service. */
export function recordedPlan(resources: RecordedResources): ParsedPlan {
  const { clusterName, service, scalableTargets } = resources;
  const name = String(service.serviceName);
  if (items(service.loadBalancers).length === 0)
    throw new InputError([
      `the recorded service ${clusterName}/${name} has no target group: only services behind a load balancer can be forecast`,
    ]);
  if (!scalableTargets.some(({ ResourceId }) => ResourceId === scaledResourceId(clusterName, name)))
    throw new InputError([`the recorded service ${clusterName}/${name} does not scale: it has no scalable target`]);
  return planOfDescribed(resources, describedTemplate(resources));
}

interface RecordedTime {
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** What of the plan has changed since the start of the recording, as texts: the plan that is read is the last one. */
export function planChangeRemarks(
  { service, scalingPolicies, scalableTargets, trackingAlarms }: RecordedResources,
  time: RecordedTime,
): string[] {
  const changed = (name: string, moment: unknown): string[] =>
    within(moment, time).map((at) => `${name} at ${at}, within the recorded time: the forecast has the plan of after that from the start`);
  const began = scalableTargets.flatMap(({ CreationTime }) => changed('the service began to scale', CreationTime));
  const created = scalingPolicies.flatMap(({ PolicyName, CreationTime }) =>
    changed(`the policy ${String(PolicyName)} was created`, CreationTime),
  );
  const targets = alarmChanges(trackingAlarms).flatMap((moment) => changed('a target was changed', moment));
  return [
    // what is created has its policies and their alarms a moment later.
    ...([began, created, targets].find((texts) => texts.length > 0) ?? []),
    ...items(service.deployments).flatMap((deployment) =>
      within(field(deployment, 'createdAt'), time).map((at) => `a deployment began at ${at}: its additional tasks are not in the forecast`),
    ),
  ];
}

/** Application Auto Scaling updates both alarms of a policy when its target changes; they are created with it. */
function alarmChanges(alarms: readonly Section[]): readonly string[] {
  const moments = alarms.map(({ AlarmConfigurationUpdatedTimestamp }) => String(AlarmConfigurationUpdatedTimestamp ?? ''));
  return [...new Set(moments.map((moment) => moment.slice(0, '2026-11-30T10:00'.length)))].map((minute) => `${minute}:00Z`);
}

function within(moment: unknown, { fromSeconds, untilSeconds }: RecordedTime): string[] {
  const seconds = parseTimeSeconds(String(moment ?? ''));
  return seconds > fromSeconds && seconds < untilSeconds ? [dateText(seconds)] : [];
}
