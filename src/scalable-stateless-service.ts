import { type CfnElement, CfnOutput, type IResolveContext, Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { REDUCE_EC2_FARGATE_CLOUDWATCH_PERMISSIONS } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import type { ForecastOptions } from './api/forecast-options';
import type { ForecastOutcome } from './api/forecast-outcome';
import { Plan } from './api/plan';
import { DEFAULTS } from './plan/default-plan';
import { clusterOf, createService } from './service/deployment/fargate-service';
import { RollbackAlarms } from './service/deployment/rollback-alarms';
import { validateDurationTokens } from './service/duration-tokens';
import { ImportedService, type ScalableStatelessServiceAttributes } from './service/imported-service';
import { ingressOf } from './service/load-balancer/ingress';
import { keepOutput } from './service/moving/kept-output';
import { withPropsOfPattern } from './service/moving/props-of-pattern';
import { calledServicesOf } from './service/network/called-services';
import { networkOf } from './service/network/service-network';
import { notifyOfFailedDeployments } from './service/observability/alarms';
import { createServiceAlarms, createServiceDashboard } from './service/observability/dashboard';
import { metricsOf } from './service/observability/service-metrics';
import { leftOutOf, withoutPlaceholders } from './service/placeholders';
import { planOf } from './service/plan-from-props';
import { ScalableStatelessServiceBase, type ServiceParts } from './service/scalable-stateless-service-base';
import type { ScalableStatelessServiceProps } from './service/scalable-stateless-service-props';
import { renderedBoundsOf } from './service/scaling/scheduled-capacity';
import { addOptionalScaling, createScaling } from './service/scaling/service-scaling';
import type { IScalableStatelessService } from './service/service-base';
import { validateProps } from './service/service-validation';
import { createTargetGroups } from './service/target-group/target-groups';
import { withServerProfile } from './service/task/server-defaults';
import { taskOf } from './service/task/task';
import { finishTaskRole } from './service/task/task-role';
import { validateLater } from './service/validate-later';

/**
 * An ECS service on Fargate behind an Application Load Balancer, with auto scaling.
 *
 * Two target-tracking policies scale it: one on the request count per task, which reacts to traffic, and one on CPU, which reacts to the
 * cost of a request. Each policy can scale out; scale-in happens only when both allow it.
 *
 * **The load balancer accepts connections from any IPv4 address** unless `allowFrom` or `internetFacing` restricts it, and listens for HTTP
 * on port 80 unless there is a `certificate`, or a `domainName` with its `hostedZone`. Tasks accept connections from the load balancer only.
 * The task role has no permissions.
 *
 * A deployment starts new tasks before it stops old ones, rolls back when they do not become healthy, and keeps the number of tasks that
 * scaling has set.
 *
 * The constructor throws one error that lists all invalid props.
 *
 * @example
 *
 * new ScalableStatelessService(this, 'Search', {
 *   minCapacity: 4,
 *   maxCapacity: 12,
 *   requestsPerSecondPerTask: 200,
 * });
 */
export class ScalableStatelessService extends ScalableStatelessServiceBase {
  /**
   * Imports an existing service: for its metrics, its connections, and grants to its task role.
   */
  public static fromScalableStatelessServiceAttributes(
    scope: Construct,
    id: string,
    attributes: ScalableStatelessServiceAttributes,
  ): IScalableStatelessService {
    return new ImportedService(scope, id, attributes);
  }

  /** @internal */
  protected readonly _parts: ServiceParts;
  private readonly rollbackAlarms: RollbackAlarms;

  /**
   * Creates the service, with everything that it needs and the props do not name.
   *
   * @param scope the stack, or a construct in it
   * @param id the id of the service, unique in its scope
   * @param props what differs from the defaults
   * @throws InputError with all errors of the props.
   */
  public constructor(scope: Construct, id: string, props: ScalableStatelessServiceProps = {}) {
    super(scope, id);
    // without it, ECS Exec would allow the tasks to write to every log group.
    this.node.setContext(REDUCE_EC2_FARGATE_CLOUDWATCH_PERMISSIONS, true);
    const known = withServerProfile(withoutPlaceholders(this, withPropsOfPattern(this, props)));
    validateDurationTokens(this, known);
    const plan = planOf(known);
    validateProps(this, plan, known, leftOutOf(props, known));

    const network = networkOf(this, known, calledServicesOf(known));
    const cluster = clusterOf(this, network, known);
    const targetGroups = createTargetGroups(this, network, plan, known);
    const ingress = ingressOf(this, network, targetGroups, known);
    if (known.urlOutput ?? DEFAULTS.urlOutput) new CfnOutput(this, 'ServiceURL', { value: ingress.url });
    keepOutput(this, ingress.loadBalancer, known);
    const task = taskOf(this, network, plan, known);
    const service = createService(this, { network, cluster, targetGroups, ingress, task }, plan, known);

    const metrics = metricsOf(service, ingress.loadBalancer, targetGroups);
    const scaling = createScaling(service, targetGroups, plan.policy, known.movedFrom);
    addOptionalScaling(service, scaling, metrics, plan.policy, known);

    const bounds = (context: IResolveContext) => renderedBoundsOf(scaling, context);
    const alarms = createServiceAlarms(this, metrics, bounds, plan, known, (topic) => notifyOfFailedDeployments(this, service, topic));
    this.rollbackAlarms = new RollbackAlarms(service, alarms, known);
    const dashboard = createServiceDashboard(this, metrics, plan, known);

    this._parts = { network, cluster, targetGroups, ingress, task, service, scaling, metrics, alarms, dashboard };
    validateLater(this, plan, this._parts, known);
    finishTaskRole(task.taskRole);
  }

  /**
   * Adds alarms that roll a deployment back when they go into ALARM.
   *
   * The alarm may be on a metric of this service, such as its CPU. Service and alarm would then depend on each other, so the service has the name
   * of the alarm instead of a reference; an alarm without `alarmName` gets one that is derived from its path.
   *
   * @param alarms alarms of the region and account of the service: metric and composite ones, also of other stacks, or imported.
   * @throws for an alarm of another region or account.
   */
  public addRollbackAlarms(...alarms: IAlarm[]): void {
    this.rollbackAlarms.add(alarms);
  }

  /**
   * Returns everything that the scaling of this service depends on, as its CloudFormation template has it now: with what was added through
   * `scaling`, and with every override.
   */
  public plan(): Plan {
    const stack = Stack.of(this);
    return Plan.ofStack(stack, stack.getLogicalId(this.service.node.defaultChild as CfnElement));
  }

  /**
   * Forecasts the scaling of this service under some traffic: how many tasks, when, why, and at what response time.
   *
   * It takes milliseconds and needs neither an AWS account nor a network.
   *
   * @param options traffic, workload, and the number of seeds.
   */
  public forecast(options: ForecastOptions): ForecastOutcome {
    return this.plan().forecast(options);
  }
}
