import { Stack, Token } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ApplicationProtocolVersion } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { Network } from '../network/network';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import type { HealthCheckOptions } from '../target-group/target-group-props';
import { isHttpsPattern, type PatternProps, patternOf } from './pattern-facts';

type Props = ScalableStatelessServiceProps;

/** The props with those of the pattern that the service was created with as their defaults. */
export function withPropsOfPattern(scope: Construct, props: Props): Props {
  const pattern = patternOf(props);
  if (pattern === undefined) return props;
  const translated = {
    ...networkProps(scope, pattern, props),
    ...ingressProps(pattern),
    ...serviceProps(pattern),
    ...taskProps(pattern, props),
  };
  const chosen = { ...withoutUndefined(translated), ...withoutUndefined(props) };
  return { ...chosen, healthCheck: { ...defaultHealthCheck(chosen), ...props.healthCheck } };
}

/** The path of a target group without settings is that of Elastic Load Balancing, which has one of its own for gRPC. */
function defaultHealthCheck({ protocolVersion }: Props): HealthCheckOptions {
  return protocolVersion === ApplicationProtocolVersion.GRPC ? {} : { path: '/' };
}

function withoutUndefined(props: Props): Props {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

function networkProps(scope: Construct, pattern: PatternProps, props: Props): Props {
  return {
    cluster: props.cluster ?? pattern.cluster ?? defaultClusterOf(scope, pattern.vpc),
    network: pattern.assignPublicIp === true ? Network.public() : undefined,
    taskSubnets: pattern.taskSubnets,
    taskSecurityGroups: pattern.securityGroups === undefined ? undefined : [...pattern.securityGroups],
  };
}

/** The id of the cluster that the patterns of a stack share, unless they get one. */
const DEFAULT_CLUSTER_ID = 'EcsDefaultClusterMnL3mNNYN';

/** The cluster that the patterns of a stack share, with its VPC. */
function defaultClusterOf(scope: Construct, vpc: IVpc | undefined): Cluster {
  const stack = Stack.of(scope);
  const id = `${DEFAULT_CLUSTER_ID}${vpc === undefined ? '' : vpc.node.id}`;
  return (stack.node.tryFindChild(id) as Cluster | undefined) ?? new Cluster(stack, id, { vpc });
}

function ingressProps(pattern: PatternProps): Props {
  return {
    ...(pattern.loadBalancer === undefined ? newLoadBalancerProps(pattern) : { loadBalancer: pattern.loadBalancer }),
    ...(isHttpsPattern(pattern) ? httpsProps(pattern) : {}),
    listenerPort: pattern.listenerPort,
    targetProtocol: pattern.targetProtocol,
    protocolVersion: pattern.protocolVersion,
  };
}

function newLoadBalancerProps({ publicLoadBalancer, loadBalancerName, idleTimeout, ipAddressType }: PatternProps): Props {
  return { internetFacing: publicLoadBalancer, loadBalancerName, idleTimeout, ipAddressType };
}

/** A pattern does not listen on port 80 unless it redirects. */
function httpsProps({ certificate, domainName, domainZone, sslPolicy, redirectHTTP }: PatternProps): Props {
  return { certificate, domainName, hostedZone: domainZone, sslPolicy, redirectHttp: redirectHTTP ?? false };
}

function serviceProps(pattern: PatternProps): Props {
  return {
    ...capacityProps(pattern.desiredCount),
    serviceName: pattern.serviceName,
    healthCheckGracePeriod: pattern.healthCheckGracePeriod,
    minHealthyPercent: pattern.minHealthyPercent,
    maxHealthyPercent: pattern.maxHealthyPercent,
    propagateTags: pattern.propagateTags,
    enableECSManagedTags: pattern.enableECSManagedTags,
    enableExecuteCommand: pattern.enableExecuteCommand,
    cloudMapOptions: pattern.cloudMapOptions,
  };
}

/** No fewer tasks than there are, and a policy that may add as many. */
function capacityProps(desiredCount: number | undefined): Props {
  if (desiredCount === undefined || Token.isUnresolved(desiredCount) || desiredCount <= DEFAULTS.minCapacity) return {};
  return { minCapacity: desiredCount, maxCapacity: Math.max(2 * desiredCount, DEFAULTS.maxCapacity) };
}

/** The task definition of the pattern, unless the props describe another container. */
function taskProps(pattern: PatternProps, props: Props): Props {
  if (props.taskDefinition !== undefined) return {};
  if (pattern.taskDefinition !== undefined && props.image === undefined) return { taskDefinition: pattern.taskDefinition };
  const { image, environment, secrets, logDriver, executionRole, taskRole, containerPort, dockerLabels, entryPoint, command } =
    pattern.taskImageOptions ?? {};
  return {
    ...{ image, environment, secrets, logDriver, executionRole, taskRole, dockerLabels, entryPoint, command },
    containerPort: containerPort ?? PATTERN_CONTAINER_PORT,
    containerHealthCheck: pattern.healthCheck,
    cpu: pattern.cpu,
    memoryLimitMiB: pattern.memoryLimitMiB,
    ephemeralStorageGiB: pattern.ephemeralStorageGiB,
    cpuArchitecture: pattern.runtimePlatform?.cpuArchitecture,
    // a container that runs may write to its root file system.
    readonlyRootFilesystem: false,
  };
}

const PATTERN_CONTAINER_PORT = 80;
