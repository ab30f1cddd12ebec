import { CfnParameter, Stack } from 'aws-cdk-lib';
import { IpAddresses, type IVpc, Vpc } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { ipv4RangeOf } from '../../../src/service/network/vpc-ranges';
import { newApp } from '../../synthesize';

const ZONES = { availabilityZones: ['eu-west-1a'], vpcId: 'vpc-1' };

test.each<[string, (stack: Stack) => IVpc, unknown]>([
  ['of the app', (stack) => new Vpc(stack, 'Net', { ipAddresses: IpAddresses.cidr('10.3.0.0/16') }), '10.3.0.0/16'],
  ['that is imported', (stack) => Vpc.fromVpcAttributes(stack, 'Net', { ...ZONES, vpcCidrBlock: '10.4.0.0/16' }), '10.4.0.0/16'],
  [
    'whose range only the deployment knows',
    (stack) => {
      const range = new CfnParameter(stack, 'Range').valueAsString;
      return Vpc.fromVpcAttributes(stack, 'Net', { ...ZONES, vpcCidrBlock: range });
    },
    { Ref: 'Range' },
  ],
  [
    'whose range comes from a pool',
    (stack) =>
      new Vpc(stack, 'Net', {
        ipAddresses: IpAddresses.awsIpamAllocation({ ipv4IpamPoolId: 'pool-1', ipv4NetmaskLength: 16, defaultSubnetIpv4NetmaskLength: 24 }),
      }),
    { 'Fn::GetAtt': [expect.stringContaining('Net'), 'CidrBlock'] },
  ],
])('the range of a VPC %s is as it is written, or a reference', (_, vpcIn, range) => {
  const stack = new Stack(newApp(), 'Shop');
  expect(stack.resolve(ipv4RangeOf(vpcIn(stack)))).toEqual(range);
});
