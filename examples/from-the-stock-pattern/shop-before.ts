import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService, type ApplicationLoadBalancedFargateServiceProps } from 'aws-cdk-lib/aws-ecs-patterns';
import type { Construct } from 'constructs';

/** The props of the pattern. They stay as they are when the service moves. */
export const PATTERN: ApplicationLoadBalancedFargateServiceProps = {
  cpu: 512,
  memoryLimitMiB: 1024,
  circuitBreaker: { rollback: true },
  taskImageOptions: { image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:stable') },
};

/** The service as it runs today: the pattern of the CDK, with a policy on CPU. */
export class ShopBefore extends Stack {
  public readonly web: ApplicationLoadBalancedFargateService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.web = new ApplicationLoadBalancedFargateService(this, 'Web', PATTERN);
    const scaling = this.web.service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
    scaling.scaleOnCpuUtilization('CpuScaling', { targetUtilizationPercent: 70 });
    new CfnOutput(this, 'Url', { value: `http://${this.web.loadBalancer.loadBalancerDnsName}` });
  }
}
