import { CfnOutput, Stack } from 'aws-cdk-lib';
import { MovedFrom, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';
import { PATTERN } from './shop-before';

/** The same service, with the same load balancer, DNS name and tasks behind it. */
export class Shop extends Stack {
  public readonly web: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.web = new ScalableStatelessService(this, 'Web', {
      movedFrom: MovedFrom.applicationLoadBalancedFargateService(PATTERN).withScalingPolicies({ cpuUtilizationId: 'CpuScaling' }),
      minCapacity: 2,
      maxCapacity: 10,
      targetCpuUtilizationPercent: 50,
      requestsPerSecondPerTask: 50,
    });
    new CfnOutput(this, 'Url', { value: this.web.url });
  }
}
