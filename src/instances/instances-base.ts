import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IVpc, LaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { ApplicationListener, ApplicationLoadBalancer, type ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IPrincipal, type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { createdPart, createdPartOrNone } from '../service/created-part';
import type { Ingress } from '../service/load-balancer/ingress';
import type { ServiceNetwork } from '../service/network/service-network';
import type { ServiceAlarms } from '../service/observability/alarms';
import type { ServiceMetrics } from '../service/observability/service-metrics';
import type { IChaosTarget } from '../service/test-targets';
import { MeasuredInstances } from './measured-instances';

/** All parts of instances. */
export interface InstancesParts {
  readonly network: ServiceNetwork;
  readonly targetGroup: ApplicationTargetGroup;
  readonly ingress: Ingress;
  readonly role: IRole;
  readonly logGroup: LogGroup;
  readonly launchTemplate: LaunchTemplate;
  readonly group: AutoScalingGroup;
  readonly metrics: ServiceMetrics;
  readonly alarms: ServiceAlarms;
  readonly dashboard?: Dashboard;
}

/**
 * Instances that were created in this app, with getters for their parts.
 *
 * @internal
 */
export abstract class InstancesBase extends MeasuredInstances implements IChaosTarget {
  /**
   * The VPC of the load balancer and the instances.
   */
  public get vpc(): IVpc {
    return this._parts.network.vpc;
  }

  /**
   * The connections of the VPC endpoints that were created with `Network.isolatedWithEndpoints()`. Undefined in any other network.
   */
  public get endpointConnections(): Connections | undefined {
    return this._parts.network.endpoints?.connections;
  }

  /**
   * The Application Load Balancer. Use `loadBalancer.connections` for its security groups.
   *
   * @throws for a load balancer that was imported.
   */
  public get loadBalancer(): ApplicationLoadBalancer {
    return createdPart('loadBalancer', this._parts.ingress.loadBalancer, ApplicationLoadBalancer);
  }

  /**
   * The listener: HTTPS on port 443 with a certificate, else HTTP on port 80.
   *
   * @throws for a listener that was imported.
   */
  public get listener(): ApplicationListener {
    return createdPart('listener', this._parts.ingress.listener, ApplicationListener);
  }

  /**
   * The certificate of the listener. Undefined for HTTP, and for a certificate that was imported.
   */
  public get certificate(): Certificate | undefined {
    return createdPartOrNone(this._parts.ingress.certificate, Certificate);
  }

  /**
   * The bucket of the access logs. Undefined where they are disabled, and for a bucket that was imported.
   */
  public get accessLogsBucket(): Bucket | undefined {
    return createdPartOrNone(this._parts.ingress.accessLogsBucket, Bucket);
  }

  /**
   * The web ACL that was created for `WebAcl.managed()`.
   */
  public get webAcl(): CfnWebACL | undefined {
    return this._parts.ingress.webAcl;
  }

  /**
   * The target group of the instances.
   */
  public get targetGroup(): ApplicationTargetGroup {
    return this._parts.targetGroup;
  }

  /**
   * The log group of the tasks, and of starts that failed.
   */
  public get logGroup(): LogGroup {
    return this._parts.logGroup;
  }

  /**
   * The role of the instances, with which the code on them calls AWS.
   *
   * @throws for a role that was imported.
   */
  public get role(): Role {
    return createdPart('role', this._parts.role, Role);
  }

  /**
   * The launch template of the instances.
   */
  public get launchTemplate(): LaunchTemplate {
    return this._parts.launchTemplate;
  }

  /**
   * The Auto Scaling group. More policies and scheduled actions can be added to it.
   */
  public get autoScalingGroup(): AutoScalingGroup {
    return this._parts.group;
  }

  /**
   * The principal that permissions are granted to: the role of the instances.
   */
  public get grantPrincipal(): IPrincipal {
    return this._parts.role.grantPrincipal;
  }

  /**
   * The connections of the instances: the network access to and from them.
   */
  public get connections(): Connections {
    return this._parts.group.connections;
  }

  /**
   * The URL of the service.
   */
  public get url(): string {
    return this._parts.ingress.url;
  }

  /**
   * The alarms of the instances.
   */
  public get alarms(): Alarm[] {
    return [...this._parts.alarms.all];
  }

  /**
   * The dashboard of the instances. Undefined where it is disabled.
   */
  public get dashboard(): Dashboard | undefined {
    return this._parts.dashboard;
  }

  /**
   * Where a load test of the instances runs, and what it sends requests to.
   *
   * @internal
   */
  public get _surroundings(): Pick<InstancesParts, 'network' | 'ingress'> {
    return this._parts;
  }

  /** @internal */
  protected abstract readonly _parts: InstancesParts;

  /** @internal */
  protected get _metrics(): ServiceMetrics {
    return this._parts.metrics;
  }
}
