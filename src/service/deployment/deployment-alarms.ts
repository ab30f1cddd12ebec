import { Lazy } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnService, type FargateService } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServiceAlarms } from '../observability/alarms';
import type { DeploymentProps } from './deployment-props';

/**
 * The alarms that have a deployment given up, whenever they are added.
 *
 * The CDK's own list drops what is added after its service was made (https://github.com/aws/aws-cdk/issues/36308): this one is put
 * together when the template is.
 */
export class DeploymentAlarms {
  private readonly names: string[] = [];

  public constructor(service: FargateService, { ofDeployment }: ServiceAlarms, props: DeploymentProps) {
    this.add(props.deploymentAlarms ?? []);
    if (props.rollbackOnAlarms ?? DEFAULTS.rollbackOnAlarms) this.add(ofDeployment);
    const resource = service.node.defaultChild;
    if (!CfnService.isCfnService(resource)) throw new TypeError('a service must stand on an AWS::ECS::Service');
    resource.addPropertyOverride('DeploymentConfiguration.Alarms', Lazy.any({ produce: () => this.rendered() }));
  }

  public add(alarms: readonly IAlarm[]): void {
    this.names.push(...alarms.map(({ alarmName }) => alarmName));
  }

  private rendered(): object {
    const isOn = this.names.length > 0;
    return { AlarmNames: this.names, Enable: isOn, Rollback: isOn };
  }
}
