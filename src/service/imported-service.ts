import { Connections, type ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import { type IPrincipal, type IRole, UnknownPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ecsMetrics, ServiceMetrics } from './observability/service-metrics';
import { ServiceBase } from './service-base';

/**
 * The attributes of an existing service.
 */
export interface ScalableStatelessServiceAttributes {
  /**
   * The name of its ECS cluster.
   */
  readonly clusterName: string;

  /**
   * The name of its ECS service.
   */
  readonly serviceName: string;

  /**
   * The URL of the service.
   */
  readonly url: string;

  /**
   * The full name of its load balancer, such as `app/search/50dc6c495c0c9188`.
   */
  readonly loadBalancerFullName: string;

  /**
   * The full names of its target groups, such as `targetgroup/search/73e2d6bc24d8a067`: one, or two for blue/green, canary and linear deployments.
   */
  readonly targetGroupFullNames: string[];

  /**
   * The security groups of its tasks.
   *
   * @default - none: `connections` cannot add rules
   */
  readonly taskSecurityGroups?: ISecurityGroup[];

  /**
   * The port of its container: from 1 to 65535.
   *
   * @default - unknown: rules must name a port
   */
  readonly containerPort?: number;

  /**
   * The task role.
   *
   * @default - unknown: nothing can be granted
   */
  readonly taskRole?: IRole;
}

/** An existing service, by its attributes. */
export class ImportedService extends ServiceBase {
  public readonly url: string;
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;

  /** @internal */
  protected readonly _metrics: ServiceMetrics;

  public constructor(scope: Construct, id: string, attributes: ScalableStatelessServiceAttributes) {
    super(scope, id);
    const { containerPort, taskRole, taskSecurityGroups: securityGroups = [] } = attributes;
    this.url = attributes.url;
    this.connections = new Connections({ securityGroups, defaultPort: containerPort === undefined ? undefined : Port.tcp(containerPort) });
    this.grantPrincipal = taskRole?.grantPrincipal ?? new UnknownPrincipal({ resource: this });
    this._metrics = new ServiceMetrics({ ...attributes, compute: ecsMetrics(attributes.clusterName, attributes.serviceName) });
  }
}
