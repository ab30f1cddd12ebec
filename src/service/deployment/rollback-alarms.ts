import { Lazy } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnService, type FargateService } from 'aws-cdk-lib/aws-ecs';
import { throwIfAny } from '../../parse/input-error';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServiceAlarms } from '../observability/alarms';
import { alarmNameFor, foreignAlarmErrors } from './alarm-name';
import type { DeploymentProps } from './deployment-props';

/**
 * The alarms that roll a deployment back.
 *
 * The CDK ignores alarms that are added after the creation of the service (https://github.com/aws/aws-cdk/issues/36308). This list is
 * rendered at synthesis.
 */
export class RollbackAlarms {
  private readonly names: string[] = [];
  private readonly service: CfnService;

  public constructor(service: FargateService, { ofDeployment }: ServiceAlarms, props: DeploymentProps) {
    const resource = service.node.defaultChild;
    if (!CfnService.isCfnService(resource)) throw new TypeError('the default child of the service must be an AWS::ECS::Service');
    this.service = resource;
    this.add(props.rollbackAlarms ?? []);
    // their metrics are those of the load balancer: the service can wait for them.
    if (props.rollbackOnServiceAlarms ?? DEFAULTS.rollbackOnServiceAlarms)
      this.names.push(...ofDeployment.map(({ alarmName }) => alarmName));
    resource.addPropertyOverride('DeploymentConfiguration.Alarms', Lazy.uncachedAny({ produce: () => this.rendered() }));
  }

  public add(alarms: readonly IAlarm[]): void {
    throwIfAny(alarms.flatMap((alarm) => foreignAlarmErrors(alarm, this.service)));
    this.names.push(...alarms.map((alarm) => alarmNameFor(alarm, this.service)));
  }

  private rendered(): object {
    const isOn = this.names.length > 0;
    return { AlarmNames: this.names, Enable: isOn, Rollback: isOn };
  }
}
