import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Connections, IConnectable, IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  type ContainerDefinition,
  type FargateService,
  type FargateTaskDefinition,
  type ICluster,
  type ScalableTaskCount,
} from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup, IApplicationListener, IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { ForecastOptions } from './forecasting/forecast-options';
import type { ForecastOutcome } from './forecasting/forecast-outcome';
import { Plan } from './forecasting/plan';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { calledServicesOf } from './service/called-services';
import { createService } from './service/deployment/fargate-service';
import { createEntrance, joinListener } from './service/load-balancer/entrance';
import { loadBalancerMistakes } from './service/load-balancer/load-balancer-mistakes';
import { networkMistakes } from './service/network/network-mistakes';
import { networkOf } from './service/network/network-of-props';
import { createLogGroup } from './service/observability/log-group';
import { planMistakes } from './service/plan-mistakes';
import { planOf } from './service/plan-of-props';
import { refuseAt } from './service/refusal';
import { createScaling } from './service/scaling/scaling';
import { createTargetGroup } from './service/target-group/target-group';
import { targetGroupMistakes } from './service/target-group/target-group-mistakes';
import { addSidecars, createContainer } from './service/task/container';
import { warnOfImagesOutOfReach } from './service/task/image-out-of-reach';
import { createTaskDefinition, createTaskRole } from './service/task/task-definition';
import { taskMistakes } from './service/task/task-mistakes';

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
export class ScalableStatelessService extends Construct implements IConnectable {
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
   * Who may connect to the tasks, and where they may connect to.
   */
  public readonly connections: Connections;

  /**
   * The address of the service.
   */
  public readonly url: string;

  public constructor(scope: Construct, id: string, props: ScalableStatelessServiceProps = {}) {
    super(scope, id);
    const plan = planOf(props);
    refuseAt(this.node.path, props, [
      ...planMistakes(plan),
      ...networkMistakes(props),
      ...loadBalancerMistakes(this, props),
      ...targetGroupMistakes(props),
      ...taskMistakes(props),
    ]);

    const network = networkOf(this, props, calledServicesOf(this, props));
    this.vpc = network.vpc;
    this.cluster = props.cluster ?? new Cluster(this, 'Cluster', { vpc: this.vpc });

    this.targetGroup = createTargetGroup(this, 'TargetGroup', this.vpc, plan, props);
    const entrance =
      props.listener === undefined
        ? createEntrance(this, network, this.targetGroup, props)
        : joinListener(this, props.listener, this.targetGroup, props);
    this.loadBalancer = entrance.loadBalancer;
    this.listener = entrance.listener;
    this.certificate = entrance.certificate;
    this.accessLogsBucket = entrance.accessLogsBucket;
    this.webAcl = entrance.webAcl;
    this.url = entrance.url;

    this.logGroup = createLogGroup(this, 'LogGroup', props);
    this.executionRole = createTaskRole(this, 'ExecutionRole');
    this.taskRole = createTaskRole(this, 'TaskRole');
    this.taskDefinition = createTaskDefinition(this, { executionRole: this.executionRole, taskRole: this.taskRole }, plan, props);
    this.container = createContainer(this.taskDefinition, this.logGroup, plan, props);
    const sidecars = addSidecars(this.taskDefinition, this.logGroup, props.sidecars ?? {});
    warnOfImagesOutOfReach([this.container, ...sidecars], network);

    const { cluster, taskDefinition, targetGroup } = this;
    this.service = createService(this, { cluster, network, taskDefinition, targetGroup }, props);
    this.connections = this.service.connections;
    this.scaling = createScaling(this.service, this.targetGroup, plan.policy);
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
