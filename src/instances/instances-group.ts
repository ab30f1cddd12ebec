import { Duration } from 'aws-cdk-lib';
import {
  AdditionalHealthCheckType,
  AutoScalingGroup,
  type AutoScalingGroupProps,
  CfnAutoScalingGroup,
  HealthChecks,
  OnDemandAllocationStrategy,
  SpotAllocationStrategy,
} from 'aws-cdk-lib/aws-autoscaling';
import type { LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ServiceNetwork } from '../service/network/service-network';
import type { PlanFromProps } from '../service/plan-from-props';
import { secondsOf } from '../service/prop-rules';
import { hasMixedInstances, INSTANCE_DEFAULTS, instanceTypeOf, warmupSecondsOf } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';
import { HOOKS } from './launch-template';

/** The id of the group, by which instances know it before it is created. */
export const GROUP_ID = 'Group';

/**
 * Creates the Auto Scaling group, over the zones of the subnets.
 *
 * It has no desired capacity: each deployment would reset the number that scaling has set.
 */
export function createGroup(
  scope: Construct,
  network: ServiceNetwork,
  launchTemplate: LaunchTemplate,
  { policy, deployment, deregistrationDelaySeconds, container }: PlanFromProps,
  props: ScalableStatelessInstancesProps,
): AutoScalingGroup {
  const group = new AutoScalingGroup(scope, GROUP_ID, {
    vpc: network.vpc,
    vpcSubnets: network.taskSubnets,
    ...launchOf(launchTemplate, policy.minCapacity, props),
    minCapacity: policy.minCapacity,
    maxCapacity: policy.maxCapacity,
    healthChecks: HealthChecks.withAdditionalChecks({
      additionalTypes: [AdditionalHealthCheckType.ELB],
      gracePeriod: Duration.seconds(deployment.healthCheckGracePeriodSeconds),
    }),
    defaultInstanceWarmup: Duration.seconds(warmupSecondsOf(props)),
    minHealthyPercentage: deployment.minHealthyPercent,
    maxHealthyPercentage: deployment.maxHealthyPercent,
    cooldown: props.scaling?._simple?.cooldown,
  });
  const launchSeconds = secondsOf(props.launchTimeout) ?? INSTANCE_DEFAULTS.launchTimeoutSeconds;
  waitForInstances(group, policy.minCapacity, launchSeconds);
  addHooks(group, launchSeconds, Number(deregistrationDelaySeconds) + container.stopTimeoutSeconds);
  if (props.warmPool !== undefined) group.addWarmPool(props.warmPool);
  return group;
}

type Launch = Pick<AutoScalingGroupProps, 'launchTemplate' | 'mixedInstancesPolicy' | 'capacityRebalance'>;

/** One instance type, on demand; or several, of which some are Spot Instances. */
function launchOf(launchTemplate: LaunchTemplate, minCapacity: number, props: ScalableStatelessInstancesProps): Launch {
  const { additionalInstanceTypes = [], spotPercent = 0 } = props;
  if (!hasMixedInstances(props)) return { launchTemplate };
  return {
    mixedInstancesPolicy: {
      launchTemplate,
      launchTemplateOverrides: [instanceTypeOf(props), ...additionalInstanceTypes].map((instanceType) => ({ instanceType })),
      instancesDistribution: {
        onDemandAllocationStrategy: OnDemandAllocationStrategy.PRIORITIZED,
        onDemandBaseCapacity: props.onDemandBase ?? (spotPercent === 0 ? 0 : minCapacity),
        onDemandPercentageAboveBaseCapacity: 100 - spotPercent,
        spotAllocationStrategy: SpotAllocationStrategy.PRICE_CAPACITY_OPTIMIZED,
      },
    },
    capacityRebalance: spotPercent > 0,
  };
}

/** CloudFormation takes a group as created once its first instances serve; a group whose instances do not is rolled back. */
function waitForInstances(group: AutoScalingGroup, count: number, launchSeconds: number): void {
  const resource = group.node.defaultChild;
  if (!CfnAutoScalingGroup.isCfnAutoScalingGroup(resource)) return;
  resource.cfnOptions.creationPolicy = {
    resourceSignal: { count, timeout: Duration.seconds(launchSeconds * SIGNAL_ATTEMPTS).toIsoString() },
  };
}

/** An instance that did not serve in time is replaced once before CloudFormation stops waiting. */
const SIGNAL_ATTEMPTS = 2;

/** A margin after the time that an instance needs to drain, in which it asks for its state and completes the hook. */
const DRAIN_MARGIN_SECONDS = 60;

/**
 * Adds the lifecycle hooks as a part of the group: one that is added later would miss its first instances.
 *
 * An instance that does not serve in time is replaced; one that does not drain in time ends.
 */
function addHooks(group: AutoScalingGroup, launchSeconds: number, drainSeconds: number): void {
  const resource = group.node.defaultChild;
  if (!CfnAutoScalingGroup.isCfnAutoScalingGroup(resource)) return;
  resource.lifecycleHookSpecificationList = [
    {
      lifecycleHookName: HOOKS.launch,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      heartbeatTimeout: launchSeconds,
      defaultResult: 'ABANDON',
    },
    {
      lifecycleHookName: HOOKS.termination,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeout: Math.min(MAX_HEARTBEAT_SECONDS, drainSeconds + DRAIN_MARGIN_SECONDS),
      defaultResult: 'CONTINUE',
    },
  ];
}

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
export const MAX_HEARTBEAT_SECONDS = 7200;
