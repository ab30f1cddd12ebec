import type { ScalingMetric } from '../../../src/metrics/metric';
import { type ScalingPolicy, scalingPolicy } from '../../../src/plan/policy';
import type { Plan } from '../../../src/plan/service-plan';
import type { SimpleScaling } from '../../../src/plan/step-scaling';
import type { TargetTracking } from '../../../src/plan/target-tracking';
import { cpuTarget, searchPlan } from '../../search-plan';
import { breachOperator } from './breach-operator';
import type { CaseConfig, CasePolicy } from './scaling-case';

/** What AWS takes where a policy of an ECS service does not say. */
const COOLDOWN_SECONDS = 300;

/** The size of the instances that the write-ups use. */
const INSTANCE_CPU_UNITS = 1024;

/** The plan that a case describes; where it is silent, that of the measured search service. */
export function planOfCase(config: CaseConfig): Plan {
  const plan = searchPlan(1, 1, []);
  const { health_interval_s: interval, healthy_threshold: threshold } = config.alb ?? {};
  return {
    ...plan,
    policy: policyOf(config),
    task: { cpu: config.vcpu === undefined ? defaultCpu(config) : config.vcpu * 1024, memoryMiB: config.memory_mib ?? 512 },
    healthCheck: {
      ...plan.healthCheck,
      ...(interval === undefined ? {} : { intervalSeconds: interval }),
      ...(threshold === undefined ? {} : { healthyThresholdCount: threshold }),
    },
    deployment: {
      ...plan.deployment,
      ...(config.minimum_healthy_percent === undefined ? {} : { minHealthyPercent: config.minimum_healthy_percent }),
      ...(config.maximum_percent === undefined ? {} : { maxHealthyPercent: config.maximum_percent }),
    },
  };
}

function defaultCpu({ platform }: CaseConfig): number {
  return platform === 'ec2-asg' ? INSTANCE_CPU_UNITS : 256;
}

/** A service with a desired count and no rules stays at it. */
function policyOf(config: CaseConfig): ScalingPolicy {
  const policies = config.policies ?? [];
  const tracking = policies.filter(({ type }) => type === 'target-tracking').map((policy) => trackingOf(policy));
  const isSilent = config.policies === undefined && config.min === undefined;
  return scalingPolicy({
    platform: config.platform === 'ec2-asg' ? 'ec2' : 'ecs',
    minCapacity: config.min ?? config.desired ?? 2,
    maxCapacity: config.max ?? (isSilent && config.desired !== undefined ? config.desired : 10),
    targetTracking: tracking.length === 0 && config.policies === undefined ? [cpuTarget(60)] : tracking,
    simpleScaling: policies.filter(({ type }) => type === 'simple').map(simpleOf),
    cpuReportSeconds: config.monitoring?.startsWith('basic') ? 300 : 60,
  });
}

function trackingOf({ metric, target, scale_out_cooldown_s, scale_in_cooldown_s }: CasePolicy): TargetTracking {
  return {
    name: metric!,
    metric: metric as ScalingMetric,
    targetValue: target!,
    scaleOutCooldownSeconds: scale_out_cooldown_s ?? COOLDOWN_SECONDS,
    scaleInCooldownSeconds: scale_in_cooldown_s ?? COOLDOWN_SECONDS,
    disableScaleIn: false,
  };
}

function simpleOf({ alarm, adjustment, cooldown_s }: CasePolicy, index: number): SimpleScaling {
  return {
    name: `Simple${index}`,
    alarmName: `Simple${index}Alarm`,
    metric: 'ASGAverageCPUUtilization',
    statistic: 'Average',
    alarm: {
      comparisonOperator: breachOperator(alarm!.operator),
      threshold: alarm!.threshold,
      periodSeconds: alarm!.period_s,
      evaluationPeriods: alarm!.evaluation_periods,
      datapointsToAlarm: alarm!.evaluation_periods,
      treatMissingData: 'missing',
    },
    adjustmentType: 'ChangeInCapacity',
    adjustment: adjustment!,
    cooldownSeconds: cooldown_s ?? COOLDOWN_SECONDS,
  };
}
