import { App } from 'aws-cdk-lib';
import { Orders } from './orders';

// what `aws ec2 describe-subnets` and `aws ecs list-clusters` print.
new Orders(new App(), 'Orders', {
  clusterName: 'production',
  vpc: {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    publicSubnetIds: ['subnet-000000000000000a1', 'subnet-000000000000000b1', 'subnet-000000000000000c1'],
    privateSubnetIds: ['subnet-000000000000000a2', 'subnet-000000000000000b2', 'subnet-000000000000000c2'],
  },
});
