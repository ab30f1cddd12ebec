import { Duration, Stack } from 'aws-cdk-lib';
import { type AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { IConstruct } from 'constructs';
import { throwIfAny } from '../parse/input-error';
import { type ValidationError, validationError } from '../parse/validation-error';
import { knownErrors, secondsOf, wholeNumberErrors } from '../service/prop-rules';
import type { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import type {
  InterruptSpotOptions,
  NetworkLatencyOptions,
  StressCpuOptions,
  TargetInstancesOptions,
  TargetTasksOptions,
} from './experiment-options';

/** The quota of AWS FIS for one experiment template. */
const MAX_STOP_CONDITIONS = 5;

const MINUTE = 60;
const MAX_SECONDS = 12 * 60 * MINUTE;
const MAX_DELAY_SECONDS = 60;

/** What packets are delayed by where `delay` is left out. */
export const DEFAULT_DELAY = Duration.millis(200);

/** Rejects stop conditions that AWS FIS does not accept. */
export function validateStopConditions(scope: IConstruct, count: number): void {
  const rule =
    count === 0
      ? [
          validationError(
            'stopAlarms',
            'be given, at least one, where the service has no alarms of 5xx responses, slow responses or no healthy task',
          ),
        ]
      : wholeNumberErrors('the number of stopAlarms', count, 1, MAX_STOP_CONDITIONS);
  throwIfAny(rule, scope.node.path);
}

/** Rejects options of an experiment on some instances. */
export function validateTargetInstances(scope: IConstruct, options: TargetInstancesOptions): void {
  throwIfAny(instanceErrors(options), scope.node.path);
}

/** Rejects options of an experiment that interrupts Spot Instances, and a group that has none. */
export function validateInterruptSpot(scope: IConstruct, group: AutoScalingGroup, options: InterruptSpotOptions): void {
  const hasSpot = isPartlySpot(group);
  const errors = [
    ...instanceErrors(options),
    ...durationErrors('durationBeforeInterruption', options.durationBeforeInterruption, 2 * MINUTE, 15 * MINUTE, 'from 2 to 15 minutes'),
    ...(hasSpot ? [] : ['interruptSpotInstances needs Spot Instances: give the instances a spotPercent above 0']),
  ];
  throwIfAny(errors, scope.node.path);
}

function isPartlySpot(group: AutoScalingGroup): boolean {
  const resource = group.node.defaultChild;
  if (!CfnAutoScalingGroup.isCfnAutoScalingGroup(resource)) return false;
  const policy: CfnAutoScalingGroup.MixedInstancesPolicyProperty | undefined = Stack.of(group).resolve(resource.mixedInstancesPolicy);
  const distribution = policy?.instancesDistribution as CfnAutoScalingGroup.InstancesDistributionProperty | undefined;
  return distribution?.onDemandPercentageAboveBaseCapacity !== undefined && distribution.onDemandPercentageAboveBaseCapacity < 100;
}

/** Rejects options of an experiment on some tasks. */
export function validateTargetTasks(scope: IConstruct, options: TargetTasksOptions): void {
  throwIfAny(targetErrors(options), scope.node.path);
}

/** Rejects options of an experiment that uses CPU. */
export function validateStressCpu(scope: IConstruct, service: ScalableStatelessServiceBase, options: StressCpuOptions): void {
  const errors = [
    ...targetErrors(options),
    ...durationErrors('duration', options.duration, MINUTE, MAX_SECONDS, 'from 1 minute to 12 hours'),
    ...knownErrors({ percent: options.percent }),
    ...wholeNumberErrors('percent', options.percent, 1, 100),
    ...agentErrors(service, 'stressCpu'),
  ];
  throwIfAny(errors, scope.node.path);
}

/** Rejects options of an experiment that delays packets. */
export function validateNetworkLatency(scope: IConstruct, service: ScalableStatelessServiceBase, options: NetworkLatencyOptions): void {
  const { duration, delay, jitter, sources, flowsPercent } = options;
  const maxJitter = delay?.isUnresolved() ? MAX_DELAY_SECONDS : secondsOf(delay ?? DEFAULT_DELAY);
  const errors = [
    ...targetErrors(options),
    ...durationErrors('duration', duration, MINUTE, MAX_SECONDS, 'from 1 minute to 12 hours'),
    ...durationErrors('delay', delay, 0.001, MAX_DELAY_SECONDS, 'from 1 millisecond to 60 seconds'),
    ...durationErrors('jitter', jitter, 0, maxJitter, 'at most as long as delay'),
    ...(sources?.length === 0 ? [validationError('sources', 'be left out, or have at least one source', 'none')] : []),
    ...(sources ?? [])
      .filter((source) => /[\s,]/.test(source))
      .map((source) => validationError('sources', 'have no spaces and commas', `'${source}'`)),
    ...knownErrors({ flowsPercent }),
    ...wholeNumberErrors('flowsPercent', flowsPercent, 1, 100),
    ...agentErrors(service, 'addNetworkLatency'),
  ];
  throwIfAny(errors, scope.node.path);
}

function targetErrors({ taskCount, taskPercent }: TargetTasksOptions): ValidationError[] {
  return selectionErrors({ taskCount }, { taskPercent });
}

function instanceErrors({ instanceCount, instancePercent }: TargetInstancesOptions): ValidationError[] {
  return selectionErrors({ instanceCount }, { instancePercent });
}

/** One of a number and a percentage, each under its name. */
function selectionErrors(counted: Record<string, number | undefined>, share: Record<string, number | undefined>): ValidationError[] {
  const [[countName, count], [percentName, percent]] = [Object.entries(counted)[0]!, Object.entries(share)[0]!];
  const both = count !== undefined && percent !== undefined;
  return [
    ...knownErrors({ ...counted, ...share }),
    ...(both ? [validationError(countName, `be left out beside ${percentName}`, count)] : []),
    ...wholeNumberErrors(countName, count, 1, 5000),
    ...wholeNumberErrors(percentName, percent, 1, 100),
  ];
}

function durationErrors(name: string, duration: Duration | undefined, min: number, max: number, rule: string): ValidationError[] {
  if (duration === undefined) return [];
  if (duration.isUnresolved()) return [validationError(name, 'be known at synthesis', 'a token')];
  const seconds = secondsOf(duration);
  if (seconds >= min && seconds <= max) return [];
  return [validationError(name, `be ${rule}`, `${seconds} s`)];
}

/** What the SSM Agent needs of the tasks. */
function agentErrors(target: ScalableStatelessServiceBase, method: string): ValidationError[] {
  const resource = target.service.node.defaultChild;
  const hasExec = resource instanceof CfnService && resource.enableExecuteCommand === true;
  return [
    ...(target._surroundings.network.isClosed
      ? [
          `${method} needs tasks with a route to the Internet, such as in Network.public() or Network.privateWithNat(): the SSM Agent is downloaded`,
        ]
      : []),
    ...(hasExec ? [`${method} needs enableExecuteCommand to be false: ECS Exec has an SSM Agent of its own`] : []),
  ];
}
