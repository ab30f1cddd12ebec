import { AWS_DEFAULTS } from '../default-plan';
import type { Deployment } from '../deployment-settings';
import type { Resource } from './resource';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** How the instances of a group are replaced by new ones. */
export interface Refresh {
  readonly deployment: Pick<Deployment, 'minHealthyPercent' | 'maxHealthyPercent' | 'replacesAtLeastOne' | 'batch' | 'checkpoints'>;
  readonly warmupSeconds: number;
  readonly ignored: readonly string[];
}

/**
 * Reads from the update policy of a group how it gets new instances: by an instance refresh, or a rolling update of CloudFormation. Without a policy, by an
 * instance refresh that a user starts.
 */
export function readRefresh(numbers: TemplateNumbers, group: Resource): Refresh {
  const rolling = field(group.updatePolicy, 'AutoScalingRollingUpdate');
  const preferences = field(field(group.updatePolicy, 'AutoScalingInstanceRefresh'), 'Preferences');
  const maintenance = group.properties.InstanceMaintenancePolicy;
  const percent = (name: 'Min' | 'Max', fallback: number): number => {
    const ofMaintenance = field(maintenance, `${name}HealthyPercentage`);
    const value = field(preferences, `${name}HealthyPercentage`) ?? (isUnset(ofMaintenance) ? undefined : ofMaintenance);
    return numbers.of(`${group.id} ${name}HealthyPercentage`, value ?? fallback);
  };
  const defaultWarmup = group.properties.DefaultInstanceWarmup;
  const warmup =
    field(preferences, 'InstanceWarmup') ??
    (isUnset(defaultWarmup) ? undefined : defaultWarmup) ??
    group.properties.HealthCheckGracePeriod ??
    AWS_DEFAULTS.healthCheckGracePeriodSeconds;
  const batch = rolling === undefined ? undefined : readBatch(numbers, group, rolling);
  return {
    deployment: {
      minHealthyPercent: percent('Min', AWS_DEFAULTS.refreshMinHealthyPercent),
      maxHealthyPercent: percent('Max', AWS_DEFAULTS.refreshMaxHealthyPercent),
      replacesAtLeastOne: true,
      ...(batch && { batch }),
      ...readCheckpoints(numbers, group, preferences),
    },
    warmupSeconds: rolling === undefined ? numbers.of(`${group.id} InstanceWarmup`, warmup) : 0,
    ignored: ignoredPreferences(group, preferences),
  };
}

/** -1 unsets a percentage or a warm-up. */
function isUnset(value: TemplateValue | undefined): boolean {
  return value === undefined || Number(value) === -1;
}

function readBatch(numbers: TemplateNumbers, group: Resource, rolling: TemplateValue): Deployment['batch'] {
  return {
    maxSize: numbers.of(`${group.id} MaxBatchSize`, field(rolling, 'MaxBatchSize') ?? 1),
    minInService: numbers.of(`${group.id} MinInstancesInService`, field(rolling, 'MinInstancesInService') ?? 0),
  };
}

/** The delay is an hour, if the checkpoints have none. */
function readCheckpoints(
  numbers: TemplateNumbers,
  group: Resource,
  preferences: TemplateValue | undefined,
): Pick<Deployment, 'checkpoints'> {
  const percents = items(field(preferences, 'CheckpointPercentages')).map((each) => numbers.of(`${group.id} CheckpointPercentages`, each));
  if (percents.length === 0) return {};
  const delay = field(preferences, 'CheckpointDelay') ?? AWS_DEFAULTS.checkpointDelaySeconds;
  return { checkpoints: { percents, delaySeconds: numbers.of(`${group.id} CheckpointDelay`, delay) } };
}

function ignoredPreferences({ id }: Resource, preferences: TemplateValue | undefined): string[] {
  const hasAlarms = items(field(field(preferences, 'AlarmSpecification'), 'Alarms')).length > 0;
  const lastPercent = Number(items(field(preferences, 'CheckpointPercentages')).at(-1) ?? ALL_PERCENT);
  return [
    ...(lastPercent < ALL_PERCENT
      ? [`${id} CheckpointPercentages: AWS ends the refresh at ${lastPercent} %, its last checkpoint; the forecast replaces all instances`]
      : []),
    ...(hasAlarms ? [`${id} AlarmSpecification: no alarm ends an instance refresh`] : []),
  ];
}

/** To replace all instances, the last checkpoint must be 100 (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html). */
const ALL_PERCENT = 100;
