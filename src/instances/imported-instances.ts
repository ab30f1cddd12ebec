import { Connections, type ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { type IPrincipal, type IRole, UnknownPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { groupMetrics, ServiceMetrics } from '../service/observability/service-metrics';
import { MeasuredInstances } from './measured-instances';
import { HOST_PORT } from './start-up/task-settings';

/**
 * The attributes of existing instances.
 */
export interface ScalableStatelessInstancesAttributes {
  /**
   * The name of their Auto Scaling group.
   */
  readonly autoScalingGroupName: string;

  /**
   * The URL of the service.
   */
  readonly url: string;

  /**
   * The full name of their load balancer, such as `app/search/50dc6c495c0c9188`.
   */
  readonly loadBalancerFullName: string;

  /**
   * The full name of their target group, such as `targetgroup/search/73e2d6bc24d8a067`.
   */
  readonly targetGroupFullName: string;

  /**
   * The security groups of the instances.
   *
   * @default - none: `connections` cannot add rules
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * The role of the instances.
   *
   * @default - unknown: nothing can be granted
   */
  readonly role?: IRole;
}

/** Existing instances, by their attributes. */
export class ImportedInstances extends MeasuredInstances {
  public readonly url: string;
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;

  /** @internal */
  protected readonly _metrics: ServiceMetrics;

  public constructor(scope: Construct, id: string, attributes: ScalableStatelessInstancesAttributes) {
    super(scope, id);
    const { autoScalingGroupName, loadBalancerFullName, targetGroupFullName, role, securityGroups = [] } = attributes;
    this.url = attributes.url;
    this.connections = new Connections({ securityGroups, defaultPort: Port.tcp(HOST_PORT) });
    this.grantPrincipal = role?.grantPrincipal ?? new UnknownPrincipal({ resource: this });
    this._metrics = new ServiceMetrics({
      compute: groupMetrics(autoScalingGroupName),
      loadBalancerFullName,
      targetGroupFullNames: [targetGroupFullName],
    });
  }
}
