import { Token } from 'aws-cdk-lib';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { DEFAULTS } from '../../plan/default-plan';
import { maxRunningTasks, minHealthyTasks } from '../../plan/deployment-settings';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import type { NetworkProps } from '../network/network';
import type { PlanFromProps } from '../plan-from-props';
import { knownErrors, MAX_INTEGER, wholeNumberErrors } from '../prop-rules';
import type { TaskProps } from '../task/task-props';
import { capacityProviderErrors } from './capacity-providers';
import type { BlueGreenOptions, RollingOptions } from './deployment';
import type { DeploymentProps } from './deployment-props';
import type { DiscoveryProps } from './discovery-props';
import { discoveryErrors } from './discovery-validation';

const MAX_MINUTES = 1440;
const MAX_APPROVAL_MINUTES = 20_160;

/** The largest base of a capacity provider (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html). */
const MAX_BASE = 100_000;

const SERVICE_NAME = /^[A-Za-z0-9_-]{1,255}$/;

type Props = DeploymentProps & DiscoveryProps & LoadBalancerProps & NetworkProps & TaskProps;

/** Returns an error for each rule of a deployment that the props break. */
export function deploymentErrors(plan: PlanFromProps, props: Props): ValidationError[] {
  const { deployment, serviceName } = props;
  const { healthCheckGracePeriodSeconds } = plan.deployment;
  return [
    ...percentErrors(plan, props),
    ...(deployment?._hasTwoTargetGroups === true ? twoVersionErrors(deployment._options, props) : rollingErrors(plan, props)),
    ...discoveryErrors(props),
    ...shiftErrors(props),
    ...wholeNumberErrors('healthCheckGracePeriod', healthCheckGracePeriodSeconds, 0, MAX_INTEGER, 'seconds'),
    ...wholeNumberErrors('spotPercent', props.spotPercent, 0, 100),
    // the weights of both capacity providers are computed from it.
    ...knownErrors({ spotPercent: props.spotPercent }),
    ...capacityProviderErrors(props),
    ...wholeNumberErrors('onDemandBase', props.onDemandBase, 0, MAX_BASE),
    ...(props.onDemandBase !== undefined && !props.spotPercent ? [validationError('spotPercent', 'be given beside onDemandBase')] : []),
    ...(serviceName === undefined || Token.isUnresolved(serviceName) || SERVICE_NAME.test(serviceName)
      ? []
      : [
          validationError(
            'serviceName',
            'be 1 to 255 letters, digits, underscores and hyphens',
            `'${serviceName}' (${serviceName.length} characters)`,
          ),
        ]),
  ];
}

function percentErrors({ deployment, policy }: PlanFromProps, props: DeploymentProps): ValidationError[] {
  const { minHealthyPercent: min, maxHealthyPercent: max } = deployment;
  const wrong = [...wholeNumberErrors('minHealthyPercent', min, 0, 100), ...wholeNumberErrors('maxHealthyPercent', max, 100, 200)];
  if (wrong.length > 0 || [min, max, policy.minCapacity].some(Token.isUnresolved)) return wrong;
  return [...blockedErrors(policy.minCapacity, deployment), ...rebalancingErrors(max, props)];
}

/** After rounding, ECS may be able neither to stop nor to start a task: each deployment then waits forever. */
function blockedErrors(tasks: number, deployment: PlanFromProps['deployment']): ValidationError[] {
  const [fewest, max] = [minHealthyTasks(tasks, deployment), maxRunningTasks(tasks, deployment)];
  if (tasks < 1 || fewest < tasks || max > tasks) return [];
  const { minHealthyPercent: min, maxHealthyPercent } = deployment;
  const room = [
    'leave room for one task more, or ',
    { path: 'minHealthyPercent', value: min },
    ' for one less, with ',
    { path: 'minCapacity', value: tasks },
    `: at least ${fewest} must stay and at most ${max} may run, which blocks every deployment`,
  ];
  return [validationError('maxHealthyPercent', room, maxHealthyPercent)];
}

function rebalancingErrors(max: number, { availabilityZoneRebalancing }: DeploymentProps): ValidationError[] {
  const isOn = availabilityZoneRebalancing ?? DEFAULTS.availabilityZoneRebalancing;
  return isOn && max <= 100
    ? [
        validationError(
          'availabilityZoneRebalancing',
          ['be false where ', { path: 'maxHealthyPercent', value: max }, ' leaves no room to start a task before one is stopped'],
          true,
        ),
      ]
    : [];
}

function rollingErrors(plan: PlanFromProps, { deployment, lifecycleHooks = [] }: DeploymentProps): ValidationError[] {
  return [
    ...(lifecycleHooks.length > 0
      ? [validationError('lifecycleHooks', 'be left out with a rolling deployment, which has no lifecycle hooks', 'some')]
      : []),
    ...circuitBreakerErrors(plan, deployment?._options ?? {}),
    ...earlySuccessErrors(plan, deployment?._options ?? {}),
  ];
}

function circuitBreakerErrors({ deployment }: PlanFromProps, options: RollingOptions): ValidationError[] {
  const { circuitBreakerThreshold: threshold, resetOnHealthyTask } = options;
  const given = Object.entries({ circuitBreakerThreshold: threshold, resetOnHealthyTask }).filter(([, value]) => value !== undefined);
  const max = threshold?._type === 'COUNT' ? MAX_INTEGER : 100;
  return [
    ...(deployment.hasCircuitBreaker
      ? []
      : given.map(([name]) => validationError('circuitBreaker', `be true beside deployment.${name}`, false))),
    ...wholeNumberErrors(
      'deployment.circuitBreakerThreshold',
      threshold?._value,
      1,
      max,
      threshold?._type === 'COUNT' ? 'tasks' : 'percent',
    ),
  ];
}

function earlySuccessErrors({ deployment }: PlanFromProps, options: RollingOptions): ValidationError[] {
  const { earlySuccessHealthyPercent: percent, deferCleanup } = options;
  const { minHealthyPercent: min } = deployment;
  return [
    ...(deferCleanup === undefined || percent !== undefined
      ? []
      : [validationError('deployment.earlySuccessHealthyPercent', 'be given beside deployment.deferCleanup')]),
    ...wholeNumberErrors('deployment.earlySuccessHealthyPercent', percent, 0, 100),
    ...(percent === undefined || Token.isUnresolved(percent) || Token.isUnresolved(min) || percent >= min
      ? []
      : [validationError('deployment.earlySuccessHealthyPercent', ['be at least ', { path: 'minHealthyPercent', value: min }], percent)]),
  ];
}

function twoVersionErrors(options: BlueGreenOptions, props: DeploymentProps & LoadBalancerProps): ValidationError[] {
  const { testTraffic } = options;
  return [
    ...(props.circuitBreaker === true
      ? [
          validationError(
            'circuitBreaker',
            'be left out where the deployment is not rolling, as ECS has it for rolling deployments only: use rollbackOnServiceAlarms',
            true,
          ),
        ]
      : []),
    ...minutesErrors('deployment.bakeTime', options.bakeTime),
    ...minutesErrors('deployment.approval.timeout', options.approval?.timeout, 1, MAX_APPROVAL_MINUTES),
    ...wholeNumberErrors('deployment.testTraffic.port', testTraffic?.port, 1, 65_535),
    ...(testTraffic !== undefined && props.listener !== undefined
      ? [validationError('deployment.testTraffic', 'be left out with an existing listener', 'some')]
      : []),
    ...(testTraffic?.allowFrom.length === 0 ? [validationError('deployment.testTraffic.allowFrom', 'name at least one peer')] : []),
  ];
}

function shiftErrors({ deployment }: DeploymentProps): ValidationError[] {
  const { _shift: shift, _strategy: strategy } = deployment ?? {};
  if (shift === undefined) return [];
  const [percentName, min, timeName] = ['deployment.stepPercent', strategy === 'CANARY' ? 0.1 : 3, 'deployment.stepBakeTime'];
  const percent = shift.stepPercent!;
  const isPercent = Token.isUnresolved(percent) || (percent >= min && percent <= 100);
  return [
    ...(isPercent ? [] : [validationError(percentName, `be from ${min} to 100`, percent)]),
    ...minutesErrors(timeName, shift.stepBakeTime),
  ];
}

function minutesErrors(name: string, duration: BlueGreenOptions['bakeTime'], min = 0, max = MAX_MINUTES): ValidationError[] {
  return wholeNumberErrors(name, duration?.toMinutes({ integral: false }), min, max, 'minutes');
}
