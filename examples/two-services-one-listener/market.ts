import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, ListenerAction, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** Two services behind one listener: the path of a request decides which of them gets it. */
export class Market extends Stack {
  public readonly search: ScalableStatelessService;
  public readonly checkout: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', { maxAzs: 2 });
    const cluster = new Cluster(this, 'Cluster', { vpc });
    const loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', { vpc, internetFacing: true });
    const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });

    this.search = new ScalableStatelessService(this, 'Search', {
      cluster,
      listener,
      conditions: [ListenerCondition.pathPatterns(['/products/*'])],
      priority: 1,
      maxCapacity: 8,
    });
    this.checkout = new ScalableStatelessService(this, 'Checkout', {
      cluster,
      listener,
      conditions: [ListenerCondition.pathPatterns(['/checkout/*'])],
      priority: 2,
      requestsPerSecondPerTask: 20,
    });
    new CfnOutput(this, 'Url', { value: this.search.url });
  }
}
