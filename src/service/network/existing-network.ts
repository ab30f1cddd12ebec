import { type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ServiceNetwork } from './service-network';

/** The network that the caller has. Tasks in it may call anything, as they may have to. */
export function existingNetwork(scope: Construct, vpc: IVpc): ServiceNetwork {
  const taskSubnets = { subnets: vpc.privateSubnets.length > 0 ? vpc.privateSubnets : vpc.isolatedSubnets };
  return {
    vpc,
    taskSubnets,
    taskSecurityGroup: new SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description: 'Tasks: in from the load balancer' }),
    waysOut: [vpc.selectSubnets(taskSubnets).internetConnectivityEstablished],
    isClosed: false,
  };
}
