import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Alarm, Dashboard, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ContainerDefinition, FargateService, FargateTaskDefinition, ICluster, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup, IApplicationListener, IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { ForecastOptions } from './forecasting/forecast-options';
import type { ForecastOutcome } from './forecasting/forecast-outcome';
import { Plan } from './forecasting/plan';
import { ImportedService, type ScalableStatelessServiceAttributes } from './imported-service';
import { DEFAULTS } from './plan/default-plan';
import type { IScalableStatelessService } from './scalable-stateless-service-interface';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { calledServicesOf } from './service/called-services';
import { createCluster } from './service/deployment/cluster';
import { DeploymentAlarms } from './service/deployment/deployment-alarms';
import { createService } from './service/deployment/fargate-service';
import { entranceOf } from './service/load-balancer/entrance';
import { mistakesOf } from './service/mistakes';
import { networkOf } from './service/network/network-of-props';
import { createLogGroup } from './service/observability/log-group';
import { metricNamesOf, ServiceMetrics } from './service/observability/service-metrics';
import { dashboardOf, watch } from './service/observability/watch';
import { planOf } from './service/plan-of-props';
import { refuseAt } from './service/refusal';
import { addScalingByChoice, createScaling } from './service/scaling/scaling';
import { lookAgain } from './service/second-look';
import { createTargetGroups } from './service/target-group/target-groups';
import { addSidecars, createContainer } from './service/task/container';
import { createTaskDefinition, createTaskRole } from './service/task/task-definition';
import { ServiceBase } from './service-base';

/**
 * A stateless service on Fargate behind a load balancer, which scales with its load.
 *
 * Two policies watch it: requests per task, which see a crowd arrive, and CPU, which sees requests become dearer. Either may add
 * tasks; only both together take them away.
 *
 * **The load balancer is open to the world** unless `allowedFrom` or `internetFacing` says otherwise, and answers plain HTTP on port 80
 * unless there is a `certificate`, or a `domainName` and its `hostedZone`. Tasks take connections from the load balancer only, and are
 * given no permission.
 *
 * A deployment starts new tasks before it stops old ones, rolls back when they do not become healthy, and leaves the
 * number of tasks as scaling has chosen it.
 *
 * @example
 *
 * new ScalableStatelessService(this, 'Search', {
 *   minCapacity: 3,
 *   maxCapacity: 12,
 *   requestsPerSecondPerTask: 200,
 * });
 */
export class ScalableStatelessService extends ServiceBase {
  /**
   * A service that was made elsewhere, by its names: to watch it, to connect to it, and to grant it something.
   */
  public static fromScalableStatelessServiceAttributes(
    scope: Construct,
    id: string,
    attributes: ScalableStatelessServiceAttributes,
  ): IScalableStatelessService {
    return new ImportedService(scope, id, attributes);
  }

  /**
   * The network of the load balancer and the tasks.
   */
  public readonly vpc: IVpc;

  /**
   * The cluster that the service belongs to.
   */
  public readonly cluster: ICluster;

  /**
   * The load balancer. Its security group is behind `loadBalancer.connections`.
   */
  public readonly loadBalancer: IApplicationLoadBalancer;

  /**
   * Where the load balancer listens for the service: HTTPS on port 443 where there is a certificate, else HTTP on port 80.
   */
  public readonly listener: IApplicationListener;

  /**
   * The certificate of the service, where it answers HTTPS.
   */
  public readonly certificate?: ICertificate;

  /**
   * The bucket that requests are logged to, where they are.
   */
  public readonly accessLogsBucket?: IBucket;

  /**
   * The web ACL that was made for `Firewall.managed()`.
   */
  public readonly webAcl?: CfnWebACL;

  /**
   * The tasks as the load balancer sees them.
   */
  public readonly targetGroup: ApplicationTargetGroup;

  /**
   * With two versions side by side, the other target group: a deployment moves the traffic from one to the other.
   */
  public readonly secondTargetGroup?: ApplicationTargetGroup;

  /**
   * The log of the tasks, kept for a month and deleted with the service.
   */
  public readonly logGroup: LogGroup;

  /**
   * What ECS may do to start a task: pull its image and write its log.
   */
  public readonly executionRole: Role;

  /**
   * What the code in a task may do: nothing, until something is granted to it.
   */
  public readonly taskRole: Role;

  /**
   * The size of a task and what runs in it.
   */
  public readonly taskDefinition: FargateTaskDefinition;

  /**
   * The container that serves the requests.
   */
  public readonly container: ContainerDefinition;

  /**
   * The ECS service that keeps the tasks running.
   */
  public readonly service: FargateService;

  /**
   * The scaling of the service: more rules, such as schedules, can be added to it.
   */
  public readonly scaling: ScalableTaskCount;

  /**
   * Who gets what is granted to the service: the code in its tasks.
   */
  public readonly grantPrincipal: IPrincipal;

  /**
   * Who may connect to the tasks, and where they may connect to.
   */
  public readonly connections: Connections;

  /**
   * The address of the service.
   */
  public readonly url: string;

  /**
   * The alarms of the service.
   */
  public readonly alarms: Alarm[];

  /**
   * The dashboard, where there is one.
   */
  public readonly dashboard?: Dashboard;

  /** @internal */
  protected readonly _metrics: ServiceMetrics;
  private readonly alarmsOfDeployment: DeploymentAlarms;

  public constructor(scope: Construct, id: string, props: ScalableStatelessServiceProps = {}) {
    super(scope, id);
    const plan = planOf(props);
    refuseAt(this.node.path, props, mistakesOf(this, plan, props));

    const network = networkOf(this, props, calledServicesOf(this, props));
    this.vpc = network.vpc;
    this.cluster = props.cluster ?? createCluster(this, this.vpc, props);

    const targetGroups = createTargetGroups(this, this.vpc, plan, props);
    this.targetGroup = targetGroups.first;
    this.secondTargetGroup = targetGroups.second;
    const entrance = entranceOf(this, network, targetGroups, props);
    this.loadBalancer = entrance.loadBalancer;
    this.listener = entrance.listener;
    this.certificate = entrance.certificate;
    this.accessLogsBucket = entrance.accessLogsBucket;
    this.webAcl = entrance.webAcl;
    this.url = entrance.url;

    this.logGroup = createLogGroup(this, 'LogGroup', props);
    this.executionRole = createTaskRole(this, 'ExecutionRole');
    this.taskRole = createTaskRole(this, 'TaskRole');
    this.grantPrincipal = this.taskRole.grantPrincipal;
    this.taskDefinition = createTaskDefinition(this, { executionRole: this.executionRole, taskRole: this.taskRole }, plan, props);
    this.container = createContainer(this.taskDefinition, this.logGroup, plan, props);
    const containers = [this.container, ...addSidecars(this.taskDefinition, this.logGroup, props)];

    const { cluster, taskDefinition } = this;
    this.service = createService(this, { cluster, network, taskDefinition, targetGroups, entrance }, plan, props);
    this.alarmsOfDeployment = new DeploymentAlarms(this.service, props.deploymentAlarms);
    this.connections = this.service.connections;
    this.scaling = createScaling(this.service, targetGroups, plan.policy);
    this._metrics = new ServiceMetrics(metricNamesOf(this.service, targetGroups));
    addScalingByChoice(this.service, this.scaling, this._metrics, plan.policy, props);
    const alarms = watch(this, this.service, this._metrics, plan, props);
    this.alarms = [...alarms.all];
    if (props.rollbackOnAlarms ?? DEFAULTS.rollbackOnAlarms) this.addDeploymentAlarms(...alarms.ofDeployment);
    this.dashboard = dashboardOf(this, this._metrics, plan, props);
    lookAgain(this, plan, { service: this.service, scaling: this.scaling, containers, network, targetGroups }, props);
  }

  /**
   * Has a deployment given up, and the old version put back, when one of these alarms rings while it goes on.
   *
   * An alarm that watches a metric of this very service needs an `alarmName`: by any other name it could only be made after the service,
   * which could only be made after it.
   */
  public addDeploymentAlarms(...alarms: IAlarm[]): void {
    this.alarmsOfDeployment.add(alarms);
  }

  /**
   * What the scaling of this service depends on, as CloudFormation would be told it now: with what was added through `scaling`, and
   * with every override.
   */
  public plan(): Plan {
    const stack = Stack.of(this);
    return Plan.ofStack(stack, stack.getLogicalId(this.service.node.defaultChild as CfnElement));
  }

  /**
   * Says what scaling will make of some traffic: how many tasks, when, why, and at what latency. It takes milliseconds, and neither an
   * AWS account nor a network.
   *
   * @param options traffic, workload, and how often to ask.
   */
  public forecast(options: ForecastOptions): ForecastOutcome {
    return this.plan().forecast(options);
  }
}
