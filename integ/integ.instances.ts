/** Instances with simple scaling, as the practical has them: CPU from 20 % on adds one, down from 10 % removes one. */
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { InstanceScaling, Network, ScalableStatelessInstances } from 'cdk-scalable-stateless-service';
import { exactly, expectAtPath, expectResponse, inOrder } from 'cdk-scalable-stateless-service/integ';
import { testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'InstancesTest');
const search = new ScalableStatelessInstances(stack, 'Search', {
  image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
  containerPort: 80,
  healthCheck: { path: '/' },
  // nginx writes its configuration at start.
  readonlyRootFilesystem: false,
  network: Network.public(),
  instanceType: new InstanceType('t3.micro'),
  minCapacity: 2,
  maxCapacity: 4,
  scaling: InstanceScaling.simple({
    scaleOutCpuUtilizationPercent: 20,
    scaleInCpuUtilizationPercent: 10,
    cooldown: Duration.minutes(2),
  }),
  logRemovalPolicy: RemovalPolicy.DESTROY,
});

const integ = testOf(app, 'Instances', stack);
const { autoScalingGroupName } = search.autoScalingGroup;

const ofGroup = (path: string) => ({
  service: 'auto-scaling',
  api: 'describeAutoScalingGroups',
  parameters: { AutoScalingGroupNames: [autoScalingGroupName] },
  path: `AutoScalingGroups.0.${path}`,
});
const ofPolicies = (path: string) => ({
  service: 'auto-scaling',
  api: 'describePolicies',
  parameters: { AutoScalingGroupName: autoScalingGroupName, PolicyTypes: ['SimpleScaling'] },
  path: `ScalingPolicies.${path}`,
});

inOrder(
  expectAtPath(integ, ofGroup('HealthCheckType'), exactly('ELB')),
  expectAtPath(integ, ofGroup('MinSize'), exactly(2)),
  expectAtPath(integ, ofGroup('Instances.0.LifecycleState'), exactly('InService')),
  expectAtPath(integ, ofPolicies('0.Cooldown'), exactly(120)),
  expectAtPath(integ, ofPolicies('1.Cooldown'), exactly(120)),
  expectResponse(integ, search.url, { status: 200 }),
);
