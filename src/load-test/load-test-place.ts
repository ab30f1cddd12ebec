import { type IVpc, Peer, Port, SecurityGroup, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, type IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IDependable } from 'constructs';
import { InstancesBase } from '../instances/instances-base';
import { isInternal } from '../service/load-balancer/load-balancer';
import type { EndpointsOfService } from '../service/network/vpc-endpoints';
import { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import type { LoadTestProps } from './load-test-props';
import { portsOf } from './target-url';

/** The network and the cluster of a load test. */
export interface LoadTestPlace {
  readonly vpc: IVpc;
  readonly cluster: ICluster;
  readonly subnets: SubnetSelection;
  readonly hasPublicIp: boolean;

  /** Whether all subnets are isolated: the load test can pull an image from ECR only. */
  readonly isClosed: boolean;
  readonly endpoints?: EndpointsOfService;
  readonly securityGroup: SecurityGroup;

  /** The resources that a task needs to start, and that cannot be deleted while it runs. */
  readonly dependencies: readonly IDependable[];
}

/** The network and the cluster that the props name, or those of the target. */
export function placeOf(scope: Construct, url: string, props: LoadTestProps): LoadTestPlace {
  const surroundings = surroundingsOf(props);
  const vpc = (props.vpc ?? props.cluster?.vpc ?? surroundings?.network.vpc)!;
  const subnets = subnetsOf(vpc, props);
  const selected = vpc.selectSubnets(subnets);
  const isClosed =
    !selected.hasPublic && selected.subnets.every((subnet) => vpc.isolatedSubnets.some(({ subnetId }) => subnetId === subnet.subnetId));
  const isInVpcOfTarget = vpc === surroundings?.network.vpc;
  const securityGroup = new SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'Load test: out to the target',
    allowAllOutbound: false,
  });
  allowRequests(securityGroup, url, isInVpcOfTarget ? loadBalancerOf(props) : undefined);
  const cluster = props.cluster ?? (isInVpcOfTarget ? surroundings?.cluster : undefined) ?? createCluster(scope, vpc);
  return {
    vpc,
    cluster,
    subnets,
    hasPublicIp: props.assignPublicIp ?? selected.hasPublic,
    isClosed,
    endpoints: isInVpcOfTarget ? surroundings?.network.endpoints : undefined,
    securityGroup,
    dependencies: [
      cluster,
      securityGroup,
      selected.internetConnectivityEstablished,
      ...(isInVpcOfTarget ? (surroundings?.network.natVersusEndpoints ?? []) : []),
    ],
  };
}

/** What a target that was created in this app has around it. */
export function surroundingsOf({ target }: LoadTestProps): Surroundings | undefined {
  return target instanceof ScalableStatelessServiceBase || target instanceof InstancesBase ? target._surroundings : undefined;
}

/** Instances have no cluster. */
type Surroundings = InstancesBase['_surroundings'] & Partial<ScalableStatelessServiceBase['_surroundings']>;

function loadBalancerOf(props: LoadTestProps): IApplicationLoadBalancer | undefined {
  return surroundingsOf(props)?.ingress.loadBalancer;
}

/**
 * The subnets of a load test.
 *
 * The name of an internet-facing load balancer is resolved to public addresses, also inside its VPC: the load test needs a route to the Internet.
 */
function subnetsOf(vpc: IVpc, props: LoadTestProps): SubnetSelection {
  if (props.vpcSubnets !== undefined) return props.vpcSubnets;
  const loadBalancer = loadBalancerOf(props);
  const network = surroundingsOf(props)?.network;
  if (network?.vpc === vpc && loadBalancer instanceof ApplicationLoadBalancer && isInternal(loadBalancer)) return network.taskSubnets;
  if (vpc.privateSubnets.length > 0) return { subnets: vpc.privateSubnets };
  return { subnets: vpc.publicSubnets.length > 0 ? vpc.publicSubnets : vpc.isolatedSubnets };
}

/**
 * Allows egress to the target, to the registry and to the log.
 *
 * A rule that names the security group of an internet-facing load balancer would not match: it has public addresses, which change.
 */
function allowRequests(group: SecurityGroup, url: string, loadBalancer: IApplicationLoadBalancer | undefined): void {
  const isInside = loadBalancer instanceof ApplicationLoadBalancer && isInternal(loadBalancer);
  for (const port of portsOf(url)) {
    if (loadBalancer !== undefined && (isInside || !(loadBalancer instanceof ApplicationLoadBalancer)))
      group.connections.allowTo(loadBalancer, Port.tcp(port), `To port ${port} of the load balancer`);
    if (!isInside) group.addEgressRule(Peer.anyIpv4(), Port.tcp(port), `To port ${port} of the target`);
  }
  if (isInside || !portsOf(url).includes(443)) group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'To the registry and the log');
}

function createCluster(scope: Construct, vpc: IVpc): Cluster {
  return new Cluster(scope, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENABLED });
}
