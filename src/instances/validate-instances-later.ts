import { Aspects, Stack, Token } from 'aws-cdk-lib';
import { type AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate, type LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { isCpuUtilization } from '../metrics/metric';
import { baselineVcpu, cpuCreditsOf } from '../plan/cpu-credits';
import { instanceSize } from '../plan/instance-types';
import { vcpuOf } from '../plan/task-size';
import { warnOfIdentityProvider } from '../service/load-balancer/identity-provider-route';
import type { Ingress } from '../service/load-balancer/ingress';
import { MissingEndpoints } from '../service/network/missing-endpoints';
import { type ServiceNetwork, zonesOf } from '../service/network/service-network';
import type { CalledService } from '../service/network/vpc-endpoints';
import { isLookingUp } from '../service/placeholders';
import type { PlanFromProps } from '../service/plan-from-props';
import { HighResolutionMetrics } from '../service/scaling/high-resolution-metrics';
import { platformErrors, warnOfBuildMachine } from '../service/task/image-platform';
import { warnOfRegistries } from '../service/task/image-registry';
import { lateListenerErrors } from '../service/validate-later';
import { configWarnings, warn } from '../service/warnings';
import type { InstanceImage } from './instance-image';
import { architectureOfInstances, instanceTypeOf } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';

/** The parts that are validated once all of them exist. */
export interface FinishedInstances {
  readonly network: ServiceNetwork;
  readonly ingress: Ingress;
  readonly image?: InstanceImage;
  readonly launchTemplate: LaunchTemplate;
  readonly group: AutoScalingGroup;

  /** The AWS services that the instances call, besides those that every task calls. */
  readonly called: readonly CalledService[];
}

/** Adds the warnings, and a validation at synthesis of what is added later. */
export function validateInstancesLater(
  scope: Construct,
  plan: PlanFromProps,
  parts: FinishedInstances,
  props: ScalableStatelessInstancesProps,
): void {
  const { network, ingress, image } = parts;
  const images = image === undefined ? [] : [image];
  const architecture = architectureOfInstances(props);
  warnOfRegistries(images, network);
  warnOfBuildMachine(images, architecture, { arch: process.arch, defaultPlatform: process.env['DOCKER_DEFAULT_PLATFORM'] });
  warnOfIdentityProvider(scope, network.vpc, ingress.loadBalancer, props);
  if (network.isClosed && network.endpoints === undefined) Aspects.of(scope).add(new MissingEndpoints(scope, network, parts.called));
  for (const { id, text } of configWarnings(plan, zonesOf(network), { ...props, highResolutionMetrics: undefined })) warn(scope, id, text);
  warnOfMetricCategory(scope, props);
  warnOfSpotPools(scope, props);
  warnOfCpuCredits(scope, plan, props);
  scope.node.addValidation({
    validate: () =>
      isLookingUp(scope)
        ? []
        : [
            ...desiredCapacityErrors(parts.group),
            ...lateListenerErrors(ingress),
            ...platformErrors(images, architecture),
            ...userDataErrors(parts.launchTemplate),
          ],
  });
}

function warnOfMetricCategory(scope: Construct, { highResolutionMetrics }: ScalableStatelessInstancesProps): void {
  if (highResolutionMetrics !== HighResolutionMetrics.PUBLISH_AND_SCALE) return;
  warn(
    scope,
    'metricCategory',
    'highResolutionMetrics is PUBLISH_AND_SCALE: the policy on CPU does nothing until the instances publish them, for which CloudFormation has no property. Create a metric category with CPUUtilization (aws ec2 create-metric-category), and associate it with each instance (aws ec2 monitor-instances in setUpCommands)',
  );
}

function warnOfSpotPools(scope: Construct, props: ScalableStatelessInstancesProps): void {
  const { spotPercent, additionalInstanceTypes = [] } = props;
  if (!spotPercent || additionalInstanceTypes.length > 0) return;
  warn(
    scope,
    'spotPools',
    `spotPercent is ${spotPercent}, and all Spot Instances are of type ${instanceTypeOf(props).toString()}: where AWS has none left, there is no other type to launch. Name similar ones in additionalInstanceTypes`,
  );
}

/** In standard mode, an instance without credits uses its baseline at most: above it, a target is never reached. */
function warnOfCpuCredits(scope: Construct, { policy }: PlanFromProps, props: ScalableStatelessInstancesProps): void {
  const type = instanceTypeOf(props).toString();
  const [size, credits] = [instanceSize(type), cpuCreditsOf(type)];
  const target = policy.targetTracking.find(({ metric }) => isCpuUtilization(metric))?.targetValue;
  if (size === undefined || credits?.mode !== 'standard' || target === undefined || Token.isUnresolved(target)) return;
  const baselinePercent = (100 * baselineVcpu(credits)) / vcpuOf(size);
  if (target < baselinePercent) return;
  warn(
    scope,
    'cpuCredits',
    `targetCpuUtilizationPercent is ${target}, and a ${type} without CPU credits uses ${baselinePercent} % of its CPU at most, its baseline: the policy on CPU then adds no instances, however much is sent to them. Use a target below ${baselinePercent}, or an instance type that is not burstable`,
  );
}

function desiredCapacityErrors({ node }: AutoScalingGroup): string[] {
  const resource = node.defaultChild;
  const capacity = CfnAutoScalingGroup.isCfnAutoScalingGroup(resource) ? resource.desiredCapacity : undefined;
  return capacity === undefined
    ? []
    : [
        `do not set desiredCapacity (${capacity}): each deployment would reset the number that scaling has set. Use minCapacity for the minimum`,
      ];
}

/** The size of user data before it is encoded: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const MAX_USER_DATA_BYTES = 16_384;

/** What only the deployment knows counts as its name in the template. */
function userDataErrors({ node }: LaunchTemplate): string[] {
  const resource = node.defaultChild;
  if (!CfnLaunchTemplate.isCfnLaunchTemplate(resource)) return [];
  const data: unknown = Stack.of(resource).resolve(resource.launchTemplateData);
  const text = (data as { userData?: { 'Fn::Base64'?: unknown } }).userData?.['Fn::Base64'];
  const bytes = Buffer.byteLength(textOf(text));
  return bytes <= MAX_USER_DATA_BYTES
    ? []
    : [
        `the user data of an instance has ${bytes} bytes, and EC2 allows ${MAX_USER_DATA_BYTES}: make setUpCommands or environment shorter, such as with a script in S3`,
      ];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] } | undefined)?.['Fn::Join'];
  return join === undefined ? JSON.stringify(value ?? '') : join[1].map(textOf).join(join[0]);
}
