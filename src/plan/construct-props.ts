import { DEFAULTS } from './default-plan';
import type { Plan } from './service-plan';
import type { TargetTracking } from './target-tracking';

/** The props of a `ScalableStatelessService` that has the numbers of a plan, as TypeScript to paste. Props that have their default are left out. */
export function constructProps(plan: Plan): string {
  const { task, policy, container, healthCheck, infrastructure, deployment } = plan;
  const target = (metric: string): TargetTracking | undefined => policy.targetTracking.find((each) => each.metric === metric);
  const [cpu, memory, requests] = ['CPUUtilization', 'MemoryUtilization']
    .map((name) => target(`ECSServiceAverage${name}`))
    .concat(target('ALBRequestCountPerTarget'));
  const cooldowns = cpu ?? requests ?? memory;
  return written([
    ['containerPort', container.port, DEFAULTS.containerPort],
    ['cpu', task.cpu, undefined],
    ['memoryLimitMiB', task.memoryMiB, undefined],
    ['cpuArchitecture', infrastructure.architecture === 'ARM64' ? { code: 'CpuArchitecture.ARM64' } : undefined, undefined],
    ['minCapacity', policy.minCapacity, undefined],
    ['maxCapacity', policy.maxCapacity, undefined],
    ['targetCpuUtilizationPercent', cpu?.targetValue, undefined],
    ['requestsPerSecondPerTask', requests === undefined ? undefined : requests.targetValue / 60, undefined],
    ['targetMemoryUtilizationPercent', memory?.targetValue, undefined],
    ...(cooldowns === undefined
      ? []
      : ([
          ['scaleOnCpu', cpu !== undefined, true],
          ['scaleOnRequests', requests !== undefined, true],
        ] as const)),
    ['scaleOutCooldown', duration(cooldowns?.scaleOutCooldownSeconds), undefined],
    ['scaleInCooldown', duration(cooldowns?.scaleInCooldownSeconds), undefined],
    ['spotPercent', 100 * infrastructure.spotShare, 0],
    ['onDemandBase', infrastructure.spotShare > 0 ? infrastructure.onDemandBase : undefined, undefined],
    [
      'healthCheck',
      {
        code: `{ path: ${JSON.stringify(healthCheck.path)}, interval: ${seconds(healthCheck.intervalSeconds)}, timeout: ${seconds(healthCheck.timeoutSeconds)}, healthyThresholdCount: ${healthCheck.healthyThresholdCount}, unhealthyThresholdCount: ${healthCheck.unhealthyThresholdCount} }`,
      },
      undefined,
    ],
    ['healthCheckGracePeriod', duration(deployment.healthCheckGracePeriodSeconds), undefined],
    ['deregistrationDelay', duration(plan.deregistrationDelaySeconds), undefined],
    ['minHealthyPercent', deployment.minHealthyPercent, DEFAULTS.minHealthyPercent],
    ['maxHealthyPercent', deployment.maxHealthyPercent, DEFAULTS.maxHealthyPercent],
  ]);
}

type PropValue = number | boolean | { readonly code: string } | undefined;

function written(props: readonly (readonly [string, PropValue, PropValue])[]): string {
  const lines = props
    .filter(([, value, fallback]) => value !== undefined && value !== fallback)
    .map(([name, value]) => `  ${name}: ${typeof value === 'object' ? value.code : String(value)},`);
  return ['{', ...lines, '}'].join('\n');
}

function duration(count: number | undefined): PropValue {
  return count === undefined ? undefined : { code: seconds(count) };
}

function seconds(count: number): string {
  return `Duration.seconds(${count})`;
}
