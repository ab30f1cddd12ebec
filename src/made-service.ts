import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ContainerDefinition, FargateService, FargateTaskDefinition, ICluster, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup, IApplicationListener, IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Entrance } from './service/load-balancer/entrance';
import type { ServiceNetwork } from './service/network/service-network';
import type { ServiceAlarms } from './service/observability/alarms';
import type { ServiceMetrics } from './service/observability/service-metrics';
import type { TargetGroups } from './service/target-group/target-groups';
import type { Task } from './service/task/task';
import { ServiceBase } from './service-base';

/** Everything that is made for a service. */
export interface ServiceParts {
  readonly network: ServiceNetwork;
  readonly cluster: ICluster;
  readonly targetGroups: TargetGroups;
  readonly entrance: Entrance;
  readonly task: Task;
  readonly service: FargateService;
  readonly scaling: ScalableTaskCount;
  readonly metrics: ServiceMetrics;
  readonly alarms: ServiceAlarms;
  readonly dashboard?: Dashboard;
}

/**
 * A service of which every part can be reached, as it was made here.
 *
 * @internal
 */
export abstract class MadeService extends ServiceBase {
  /**
   * The network of the load balancer and the tasks.
   */
  public get vpc(): IVpc {
    return this._parts.network.vpc;
  }

  /**
   * The cluster that the service belongs to.
   */
  public get cluster(): ICluster {
    return this._parts.cluster;
  }

  /**
   * The load balancer. Its security group is behind `loadBalancer.connections`.
   */
  public get loadBalancer(): IApplicationLoadBalancer {
    return this._parts.entrance.loadBalancer;
  }

  /**
   * Where the load balancer listens for the service: HTTPS on port 443 where there is a certificate, else HTTP on port 80.
   */
  public get listener(): IApplicationListener {
    return this._parts.entrance.listener;
  }

  /**
   * The certificate of the service, where it answers HTTPS.
   */
  public get certificate(): ICertificate | undefined {
    return this._parts.entrance.certificate;
  }

  /**
   * The bucket that requests are logged to, where they are.
   */
  public get accessLogsBucket(): IBucket | undefined {
    return this._parts.entrance.accessLogsBucket;
  }

  /**
   * The web ACL that was made for `Firewall.managed()`.
   */
  public get webAcl(): CfnWebACL | undefined {
    return this._parts.entrance.webAcl;
  }

  /**
   * The tasks as the load balancer sees them.
   */
  public get targetGroup(): ApplicationTargetGroup {
    return this._parts.targetGroups.first;
  }

  /**
   * With two versions side by side, the other target group: a deployment moves the traffic from one to the other.
   */
  public get secondTargetGroup(): ApplicationTargetGroup | undefined {
    return this._parts.targetGroups.second;
  }

  /**
   * The log of the tasks, kept for a month and deleted with the service.
   */
  public get logGroup(): LogGroup {
    return this._parts.task.logGroup;
  }

  /**
   * What ECS may do to start a task: pull its image and write its log.
   */
  public get executionRole(): Role {
    return this._parts.task.executionRole;
  }

  /**
   * What the code in a task may do: nothing, until something is granted to it.
   */
  public get taskRole(): Role {
    return this._parts.task.taskRole;
  }

  /**
   * The size of a task and what runs in it.
   */
  public get taskDefinition(): FargateTaskDefinition {
    return this._parts.task.taskDefinition;
  }

  /**
   * The container that serves the requests.
   */
  public get container(): ContainerDefinition {
    return this._parts.task.container;
  }

  /**
   * The ECS service that keeps the tasks running.
   */
  public get service(): FargateService {
    return this._parts.service;
  }

  /**
   * The scaling of the service: more rules, such as schedules, can be added to it.
   */
  public get scaling(): ScalableTaskCount {
    return this._parts.scaling;
  }

  /**
   * Who gets what is granted to the service: the code in its tasks.
   */
  public get grantPrincipal(): IPrincipal {
    return this._parts.task.taskRole.grantPrincipal;
  }

  /**
   * Who may connect to the tasks, and where they may connect to.
   */
  public get connections(): Connections {
    return this._parts.service.connections;
  }

  /**
   * The address of the service.
   */
  public get url(): string {
    return this._parts.entrance.url;
  }

  /**
   * The alarms of the service.
   */
  public get alarms(): Alarm[] {
    return [...this._parts.alarms.all];
  }

  /**
   * The dashboard, where there is one.
   */
  public get dashboard(): Dashboard | undefined {
    return this._parts.dashboard;
  }

  /** @internal */
  protected abstract readonly _parts: ServiceParts;

  /** @internal */
  protected get _metrics(): ServiceMetrics {
    return this._parts.metrics;
  }
}
