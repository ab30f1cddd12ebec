import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  type ContainerDefinition,
  type FargateService,
  type FargateTaskDefinition,
  type ICluster,
  type ScalableTaskCount,
} from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationLoadBalancer, type ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { createdPart, createdPartOrNone } from './created-part';
import type { Ingress } from './load-balancer/ingress';
import type { ServiceNetwork } from './network/service-network';
import type { ServiceAlarms } from './observability/alarms';
import type { ServiceMetrics } from './observability/service-metrics';
import { ServiceBase } from './service-base';
import type { TargetGroups } from './target-group/target-groups';
import type { Task } from './task/task';
import type { IChaosTarget } from './test-targets';

/** All parts of a service. */
export interface ServiceParts {
  readonly network: ServiceNetwork;
  readonly cluster: ICluster;
  readonly targetGroups: TargetGroups;
  readonly ingress: Ingress;
  readonly task: Task;
  readonly service: FargateService;
  readonly scaling: ScalableTaskCount;
  readonly metrics: ServiceMetrics;
  readonly alarms: ServiceAlarms;
  readonly dashboard?: Dashboard;
}

/**
 * A service that was created in this app, with getters for its parts.
 *
 * @internal
 */
export abstract class ScalableStatelessServiceBase extends ServiceBase implements IChaosTarget {
  /**
   * The VPC of the load balancer and the tasks.
   */
  public get vpc(): IVpc {
    return this._parts.network.vpc;
  }

  /**
   * The connections of the VPC endpoints that a service with `Network.isolatedWithEndpoints()` has created, also for those services that joined its
   * VPC. They allow ingress over HTTPS from the VPC; allow other clients, such as those of a peered VPC, with
   * `endpointConnections.allowFrom(peer, Port.HTTPS)`. Undefined in any other network.
   */
  public get endpointConnections(): Connections | undefined {
    return this._parts.network.endpoints?.connections;
  }

  /**
   * The ECS cluster that hosts the service.
   *
   * @throws for a cluster that was imported.
   */
  public get cluster(): Cluster {
    return createdPart('cluster', this._parts.cluster, Cluster);
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
   * The listener of the service: HTTPS on port 443 with a certificate, else HTTP on port 80.
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
   * The target group of the tasks.
   */
  public get targetGroup(): ApplicationTargetGroup {
    return this._parts.targetGroups.first;
  }

  /**
   * The second target group of a blue/green, canary or linear deployment: each deployment moves the traffic from one group to the other.
   */
  public get secondTargetGroup(): ApplicationTargetGroup | undefined {
    return this._parts.targetGroups.second;
  }

  /**
   * The log group of the tasks.
   *
   * @throws where nothing writes to it: with a `taskDefinition` or a `logDriver` of yours.
   */
  public get logGroup(): LogGroup {
    return createdPart('logGroup', this._parts.task.logGroup, LogGroup);
  }

  /**
   * The task execution role, with which ECS pulls the image and writes the log.
   *
   * @throws for a role that was imported.
   */
  public get executionRole(): Role {
    return createdPart('executionRole', this._parts.task.executionRole, Role);
  }

  /**
   * The task role, with which the code in a task calls AWS. It has no permissions until something is granted to it.
   *
   * @throws for a role that was imported.
   */
  public get taskRole(): Role {
    return createdPart('taskRole', this._parts.task.taskRole, Role);
  }

  /**
   * The task definition of the service.
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
   * The ECS service.
   */
  public get service(): FargateService {
    return this._parts.service;
  }

  /**
   * The scalable target of the service. More policies and scheduled actions can be added to it.
   */
  public get scaling(): ScalableTaskCount {
    return this._parts.scaling;
  }

  /**
   * The principal that permissions are granted to: the task role.
   */
  public get grantPrincipal(): IPrincipal {
    return this._parts.task.taskRole.grantPrincipal;
  }

  /**
   * The connections of the tasks: the network access to and from them.
   */
  public get connections(): Connections {
    return this._parts.service.connections;
  }

  /**
   * The URL of the service.
   */
  public get url(): string {
    return this._parts.ingress.url;
  }

  /**
   * The alarms of the service.
   */
  public get alarms(): Alarm[] {
    return [...this._parts.alarms.all];
  }

  /**
   * The dashboard of the service. Undefined where it is disabled.
   */
  public get dashboard(): Dashboard | undefined {
    return this._parts.dashboard;
  }

  /**
   * Where a load test of the service runs, and what it sends requests to.
   *
   * @internal
   */
  public get _surroundings(): Pick<ServiceParts, 'network' | 'cluster' | 'ingress'> {
    return this._parts;
  }

  /** @internal */
  protected abstract readonly _parts: ServiceParts;

  /** @internal */
  protected get _metrics(): ServiceMetrics {
    return this._parts.metrics;
  }
}
