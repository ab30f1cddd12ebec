import { type ISubnet, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { ZONES } from './created-network';
import type { ServiceNetwork } from './service-network';

/** The network that the caller has. Tasks in it may call anything, as they may have to. */
export function existingNetwork(scope: Construct, vpc: IVpc): ServiceNetwork {
  const taskSubnets = { subnets: taskSubnetsOf(vpc) };
  return {
    vpc,
    taskSubnets,
    taskSecurityGroup: new SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description: 'Tasks: in from the load balancer' }),
    waysOut: [vpc.selectSubnets(taskSubnets).internetConnectivityEstablished],
    isClosed: false,
  };
}

/** How many zones tasks stand in: those of the caller's network that have subnets for them, or those of one that is made. */
export function zoneCountIn(vpc: IVpc | undefined): number {
  return vpc === undefined ? ZONES : new Set(taskSubnetsOf(vpc).map((subnet) => subnet.availabilityZone)).size;
}

function taskSubnetsOf(vpc: IVpc): ISubnet[] {
  return vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets;
}
