/** Two services behind one listener, with a path rule each. */
import { App, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ApplicationLoadBalancer, ListenerAction, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'SharedListenerTest');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }] });
const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc, internetFacing: true });
const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });

const [shop, search] = ['Shop', 'Search'].map(
  (name, index) =>
    new ScalableStatelessService(stack, name, {
      ...SMALL,
      vpc,
      listener,
      conditions: [ListenerCondition.pathPatterns([`/${name.toLowerCase()}/*`])],
      priority: index + 1,
      requestsPerSecondPerTask: 10 * (index + 1),
    }),
);

const integ = testOf(app, 'SharedListener', stack);
const target = (targetValue: number) => ({ 'TargetTrackingScalingPolicyConfiguration.TargetValue': targetValue });
expectSettings(integ, shop!, { policies: { Requests: target(600) } });
expectSettings(integ, search!, { policies: { Requests: target(1200) } });
