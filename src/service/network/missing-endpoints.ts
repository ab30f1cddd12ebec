import { type IAspect, Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint, type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { warn } from '../warnings';
import { vpcNameOf } from './network-validation';
import type { ServiceNetwork } from './service-network';
import { type CalledService, endpointNamesFor } from './vpc-endpoints';

/**
 * Warns where tasks are in isolated subnets of a VPC that lacks the endpoints which they need.
 *
 * It looks when the app is synthesized: endpoints may be added after the service.
 */
export class MissingEndpoints implements IAspect {
  public constructor(
    private readonly service: IConstruct,
    private readonly network: ServiceNetwork,
    private readonly called: readonly CalledService[],
  ) {}

  public visit(node: IConstruct): void {
    if (node !== this.service) return;
    const { vpc } = this.network;
    const missing = endpointNamesFor(this.called).filter((name) => !hasEndpoint(vpc, name));
    if (missing.length > 0) warn(this.service, 'missingEndpoints', textOf(vpc, missing));
  }
}

function textOf(vpc: IVpc, missing: readonly string[]): string {
  const names = missing.join(', ');
  return vpc instanceof Vpc
    ? `the tasks are in isolated subnets of ${vpc.node.path}, which has no VPC endpoint for ${names}: add them with addInterfaceEndpoint, and addGatewayEndpoint for s3, or no task can start`
    : `the tasks are in isolated subnets of ${vpcNameOf(vpc)}, whose VPC endpoints are not part of this app: it needs those for ${names}, or no task can start`;
}

function hasEndpoint(vpc: IVpc, name: string): boolean {
  const id = resolved(vpc, vpc.vpcId);
  return vpc.node.root.node
    .findAll()
    .filter((node) => CfnVPCEndpoint.isCfnVPCEndpoint(node))
    .some((endpoint) => resolved(endpoint, endpoint.vpcId) === id && resolved(endpoint, endpoint.serviceName).endsWith(`.${name}`));
}

function resolved(scope: IConstruct, value: string | undefined): string {
  const text: unknown = Stack.of(scope).resolve(value);
  return typeof text === 'string' ? text : JSON.stringify(text).replaceAll(/["\]}]+$/g, '');
}
