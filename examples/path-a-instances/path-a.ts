import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { InstanceScaling, ScalableStatelessInstances } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** One to four instances, each with one container, and simple scaling: one instance more from 20 % CPU on, and one less from 10 % down. */
export class PathA extends Stack {
  public readonly search: ScalableStatelessInstances;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.search = new ScalableStatelessInstances(this, 'Search', {
      instanceType: new InstanceType('t2.micro'),
      minCapacity: 1,
      maxCapacity: 4,
      scaling: InstanceScaling.simple({
        scaleOutCpuUtilizationPercent: 20,
        scaleInCpuUtilizationPercent: 10,
        period: Duration.minutes(2),
        evaluationPeriods: 2,
        cooldown: Duration.minutes(2),
      }),
    });
    new CfnOutput(this, 'Url', { value: this.search.url });
  }
}
