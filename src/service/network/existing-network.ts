import { type IVpc, SecurityGroup, type SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { NetworkProps } from './network-props';
import type { ServiceNetwork } from './service-network';

/** The network that the caller has. Tasks in it may call anything, as they may have to. */
export function existingNetwork(scope: Construct, vpc: IVpc, props: NetworkProps): ServiceNetwork {
  const taskSubnets = taskSubnetsIn(vpc, props);
  return {
    vpc,
    taskSubnets,
    taskSecurityGroups: props.taskSecurityGroups ?? [
      new SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description: 'Tasks: in from the load balancer' }),
    ],
    hasPublicTasks: props.network?._kind === 'public',
    waysOut: [vpc.selectSubnets(taskSubnets).internetConnectivityEstablished],
    isClosed: false,
  };
}

/** The subnets of a VPC of the caller that the tasks are put into. */
export function taskSubnetsIn(vpc: IVpc, { network, taskSubnets }: NetworkProps): SubnetSelection {
  if (taskSubnets !== undefined) return taskSubnets;
  switch (network?._kind) {
    case 'isolated':
      return { subnets: vpc.isolatedSubnets };
    case 'nat':
      return { subnets: vpc.privateSubnets };
    case 'public':
      return { subnets: vpc.publicSubnets };
    default:
      return { subnets: vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets };
  }
}
