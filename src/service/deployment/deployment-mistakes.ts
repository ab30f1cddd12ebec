import { Token } from 'aws-cdk-lib';
import { DEFAULTS } from '../../plan/default-plan';
import { fewestTasks, mostTasks } from '../../plan/deployment';
import type { LoadBalancerProps } from '../load-balancer/load-balancer-props';
import type { ServicePlan } from '../plan-of-props';
import { wholeNumberMistakes } from '../whole-number';
import type { BlueGreenOptions } from './deployment';
import type { DeploymentProps } from './deployment-props';

const MOST_MINUTES = 1440;
const MOST_SECONDS = 2_147_483_647;
const SERVICE_NAME = /^[A-Za-z0-9_-]{1,255}$/;

/** Returns one sentence for each rule of a deployment that the props break. */
export function deploymentMistakes(plan: ServicePlan, props: DeploymentProps & LoadBalancerProps): string[] {
  const { deployment, serviceName } = props;
  const { healthCheckGracePeriodSeconds } = plan.deployment;
  return [
    ...percentMistakes(plan, props),
    ...(deployment?._hasTwoTargetGroups === true ? twoVersionMistakes(deployment._options, props) : rollingMistakes(props)),
    ...shiftMistakes(props),
    ...wholeNumberMistakes('healthCheckGracePeriod', healthCheckGracePeriodSeconds, 0, MOST_SECONDS, 'seconds'),
    ...wholeNumberMistakes('spotPercent', props.spotPercent, 0, 100),
    ...wholeNumberMistakes('onDemandBase', props.onDemandBase, 0, 100_000),
    ...(props.onDemandBase !== undefined && !props.spotPercent ? ['spotPercent must be given beside onDemandBase, got none'] : []),
    ...(serviceName === undefined || Token.isUnresolved(serviceName) || SERVICE_NAME.test(serviceName)
      ? []
      : [`serviceName must be 1 to 255 letters, digits, underscores and hyphens, got '${serviceName}' (${serviceName.length} characters)`]),
  ];
}

function percentMistakes({ deployment, policy }: ServicePlan, props: DeploymentProps): string[] {
  const { minimumHealthyPercent: least, maximumPercent: most } = deployment;
  const wrong = [...wholeNumberMistakes('minHealthyPercent', least, 0, 100), ...wholeNumberMistakes('maxHealthyPercent', most, 100, 200)];
  if (wrong.length > 0 || [least, most, policy.minCapacity].some(Token.isUnresolved)) return wrong;
  return [...blockedMistakes(policy.minCapacity, deployment), ...rebalancingMistakes(most, props)];
}

/** Rounding may leave ECS neither a task that it may stop nor one that it may start: every deployment then waits forever. */
function blockedMistakes(tasks: number, deployment: ServicePlan['deployment']): string[] {
  const [fewest, most] = [fewestTasks(tasks, deployment), mostTasks(tasks, deployment)];
  if (tasks < 1 || fewest < tasks || most > tasks) return [];
  const { minimumHealthyPercent: least, maximumPercent } = deployment;
  return [
    `maxHealthyPercent must leave room for one task more, or minHealthyPercent (${least}) for one less, with minCapacity (${tasks}): ` +
      `at least ${fewest} must stay and at most ${most} may run, which blocks every deployment, got ${maximumPercent}`,
  ];
}

function rebalancingMistakes(most: number, { availabilityZoneRebalancing }: DeploymentProps): string[] {
  const isOn = availabilityZoneRebalancing ?? DEFAULTS.availabilityZoneRebalancing;
  return isOn && most <= 100
    ? [
        `availabilityZoneRebalancing must be false where maxHealthyPercent (${most}) leaves no room to start a task before one is stopped, got true`,
      ]
    : [];
}

function rollingMistakes({ lifecycleHooks = [] }: DeploymentProps): string[] {
  return lifecycleHooks.length > 0
    ? ['lifecycleHooks must be left out where the deployment is rolling, which has no stages to call them at, got some']
    : [];
}

function twoVersionMistakes(options: BlueGreenOptions, props: DeploymentProps & LoadBalancerProps): string[] {
  const { testTraffic } = options;
  return [
    ...(props.circuitBreaker === true
      ? [
          'circuitBreaker must be left out where the deployment is not rolling, as ECS knows it there alone: rollbackOnAlarms takes its place, got true',
        ]
      : []),
    ...minutesMistakes('deployment.bakeTime', options.bakeTime),
    ...wholeNumberMistakes('deployment.testTraffic.port', testTraffic?.port, 1, 65_535),
    ...(testTraffic !== undefined && props.listener !== undefined
      ? ['deployment.testTraffic must be left out beside listener, whose load balancer is as it is, got some']
      : []),
    ...(testTraffic?.allowedFrom.length === 0 ? ['deployment.testTraffic.allowedFrom must name at least one peer, got none'] : []),
  ];
}

function shiftMistakes({ deployment }: DeploymentProps): string[] {
  const { _shift: shift, _strategy: strategy } = deployment ?? {};
  if (shift === undefined) return [];
  const [percentName, least, timeName] =
    strategy === 'CANARY' ? ['deployment.percent', 0.1, 'deployment.trialTime'] : ['deployment.stepPercent', 3, 'deployment.stepTime'];
  const percent = shift.stepPercent!;
  const isPercent = Token.isUnresolved(percent) || (percent >= least && percent <= 100);
  return [
    ...(isPercent ? [] : [`${percentName} must be from ${least} to 100, got ${percent}`]),
    ...minutesMistakes(timeName, shift.stepBakeTime),
  ];
}

function minutesMistakes(name: string, duration: BlueGreenOptions['bakeTime']): string[] {
  return wholeNumberMistakes(name, duration?.toMinutes({ integral: false }), 0, MOST_MINUTES, 'minutes');
}
