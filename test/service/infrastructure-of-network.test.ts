import { Stack } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { readPlan } from '../../src/plan/read-plan';
import { Template } from '../../src/plan/template';
import { planOf } from '../../src/service/plan-of-props';
import { newApp, synthesize } from '../synthesize';

test.each([
  ['its own network', () => ({})],
  ['a network with NAT gateways', (stack: Stack) => ({ vpc: new Vpc(stack, 'Net', { maxAzs: 2 }) })],
  ['a network with one NAT gateway and an endpoint', (stack: Stack) => ({ vpc: smallNetwork(stack) })],
])('the construct knows of %s what its template says', (_, props) => {
  const { template } = synthesize(props);
  const { plan } = readPlan(Template.parse(JSON.stringify(template.toJSON()), 'Shop'));
  expect(planOf(props(new Stack(newApp(), 'Same'))).infrastructure).toEqual(plan.infrastructure);
  expect(plan.infrastructure.natGateways + plan.infrastructure.interfaceEndpoints).toBeGreaterThan(0);
});

test('what an imported network costs is paid for elsewhere', () => {
  const stack = new Stack(newApp(), 'Shop');
  const vpc = Vpc.fromVpcAttributes(stack, 'Net', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b', 'c'],
    publicSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
    privateSubnetIds: ['subnet-4', 'subnet-5', 'subnet-6'],
  });
  expect(planOf({ vpc }).infrastructure).toMatchObject({ loadBalancerNodes: 3, natGateways: 0, interfaceEndpoints: 0 });
});

function smallNetwork(stack: Stack): Vpc {
  const subnetConfiguration = [
    { name: 'Public', subnetType: SubnetType.PUBLIC },
    { name: 'Private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
  ];
  const vpc = new Vpc(stack, 'Net', { maxAzs: 2, natGateways: 1, subnetConfiguration });
  vpc.addInterfaceEndpoint('Logs', { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });
  return vpc;
}
