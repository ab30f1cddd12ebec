import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ForecastOptions } from './forecasting/forecast-options';
import type { ForecastOutcome } from './forecasting/forecast-outcome';
import { Plan } from './forecasting/plan';
import { ImportedService, type ScalableStatelessServiceAttributes } from './imported-service';
import { MadeService, type ServiceParts } from './made-service';
import type { IScalableStatelessService } from './scalable-stateless-service-interface';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { clusterOf } from './service/deployment/cluster';
import { DeploymentAlarms } from './service/deployment/deployment-alarms';
import { createService } from './service/deployment/fargate-service';
import { entranceOf } from './service/load-balancer/entrance';
import { mistakesOf } from './service/mistakes';
import { networkOf } from './service/network/network-of-props';
import { metricsOf } from './service/observability/service-metrics';
import { alarmsOf, dashboardOf } from './service/observability/watch';
import { planOf } from './service/plan-of-props';
import { refuseAt } from './service/refusal';
import { addScalingByChoice, createScaling } from './service/scaling/scaling';
import { lookAgain } from './service/second-look';
import { createTargetGroups } from './service/target-group/target-groups';
import { createTask } from './service/task/task';

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
export class ScalableStatelessService extends MadeService {
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

  /** @internal */
  protected readonly _parts: ServiceParts;
  private readonly alarmsOfDeployment: DeploymentAlarms;

  public constructor(scope: Construct, id: string, props: ScalableStatelessServiceProps = {}) {
    super(scope, id);
    const plan = planOf(props);
    refuseAt(this.node.path, props, mistakesOf(this, plan, props));

    const network = networkOf(this, props);
    const cluster = clusterOf(this, network, props);
    const targetGroups = createTargetGroups(this, network, plan, props);
    const entrance = entranceOf(this, network, targetGroups, props);
    const task = createTask(this, plan, props);
    const service = createService(this, { network, cluster, targetGroups, entrance, task }, plan, props);

    const metrics = metricsOf(service, targetGroups);
    const scaling = createScaling(service, targetGroups, plan.policy);
    addScalingByChoice(service, scaling, metrics, plan.policy, props);

    const alarms = alarmsOf(this, service, metrics, plan, props);
    this.alarmsOfDeployment = new DeploymentAlarms(service, alarms, props);
    const dashboard = dashboardOf(this, metrics, plan, props);

    this._parts = { network, cluster, targetGroups, entrance, task, service, scaling, metrics, alarms, dashboard };
    lookAgain(this, plan, this._parts, props);
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
