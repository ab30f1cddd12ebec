import { CfnNatGateway, CfnVPCEndpoint, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { type Infrastructure, PLAIN_INFRASTRUCTURE } from '../plan/infrastructure';
import { CREATED_NETWORK } from './network/created-network';

/**
 * What a service is billed for in a network.
 *
 * @param vpc the network of the caller, of which counts what the app creates; undefined for one of the service's own.
 */
export function infrastructureIn(vpc: IVpc | undefined): Infrastructure {
  return { ...PLAIN_INFRASTRUCTURE, ...(vpc === undefined ? CREATED_NETWORK : countedIn(vpc)) };
}

function countedIn(vpc: IVpc): typeof CREATED_NETWORK {
  const parts = vpc.node.findAll();
  const interfaces = parts.filter((part): part is CfnVPCEndpoint => part instanceof CfnVPCEndpoint && part.vpcEndpointType === 'Interface');
  return {
    loadBalancerNodes: Math.max(1, new Set(vpc.publicSubnets.map((subnet) => subnet.availabilityZone)).size),
    natGateways: parts.filter((part) => part instanceof CfnNatGateway).length,
    interfaceEndpoints: interfaces.reduce((sum, { subnetIds = [] }) => sum + Math.max(1, subnetIds.length), 0),
  };
}
