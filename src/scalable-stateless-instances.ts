import { type CfnElement, CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { ForecastOptions } from './api/forecast-options';
import type { ForecastOutcome } from './api/forecast-outcome';
import { Plan } from './api/plan';
import { scaleGroup } from './instances/group-scaling';
import { acceptFindingsAboutGroup, attachGroup, servicesCalledByInstances } from './instances/group-surroundings';
import { ImportedInstances, type ScalableStatelessInstancesAttributes } from './instances/imported-instances';
import { instanceImageOf } from './instances/instance-image';
import { instanceRoleOf } from './instances/instance-role';
import { InstancesBase, type InstancesParts } from './instances/instances-base';
import { createGroup } from './instances/instances-group';
import { notifyOfFailedInstances } from './instances/instances-notification';
import { instancesPlanOf, warmupSecondsOf } from './instances/instances-plan';
import type { ScalableStatelessInstancesProps } from './instances/instances-props';
import { validateInstancesProps } from './instances/instances-validation';
import { createLaunchTemplate } from './instances/launch-template';
import type { IScalableStatelessInstances } from './instances/measured-instances';
import { renderedGroupBounds } from './instances/scheduled-group-capacity';
import { validateInstancesLater } from './instances/validate-instances-later';
import { DEFAULTS } from './plan/default-plan';
import { refreshInstances } from './service/capacity/instance-refresh';
import { validateDurationTokens } from './service/duration-tokens';
import { ingressOf } from './service/load-balancer/ingress';
import { networkOf } from './service/network/service-network';
import { createDashboard, createServiceAlarms } from './service/observability/dashboard';
import { createLogGroup } from './service/observability/log-group';
import { fullNameOf, groupMetrics, ServiceMetrics } from './service/observability/service-metrics';
import { leftOutOf, withoutPlaceholders } from './service/placeholders';
import { createTargetGroups } from './service/target-group/target-groups';

/**
 * An Auto Scaling group of EC2 instances behind an Application Load Balancer, each of which runs one container or one program.
 *
 * It is `ScalableStatelessService` without ECS: the same load balancer, target group, network, alarms and dashboard, with the same props. Two
 * target-tracking policies scale it, one on the request count per task and one on CPU; step scaling and simple scaling are a choice.
 *
 * An instance is in service once its task passes the health check, and ends once its requests are complete. A change of the launch template replaces the
 * instances with an instance refresh, which an alarm rolls back; the number of instances that scaling has set stays.
 *
 * **The load balancer accepts connections from any IPv4 address** unless `allowFrom` or `internetFacing` restricts it. Instances accept connections from
 * the load balancer only, have no SSH key, and use IMDSv2.
 *
 * The constructor throws one error that lists all invalid props.
 *
 * @example
 *
 * new ScalableStatelessInstances(this, 'Search', {
 *   minCapacity: 2,
 *   maxCapacity: 8,
 *   requestsPerSecondPerTask: 400,
 * });
 */
export class ScalableStatelessInstances extends InstancesBase {
  /**
   * Imports existing instances: for their metrics, their connections, grants to their role, and load tests.
   */
  public static fromScalableStatelessInstancesAttributes(
    scope: Construct,
    id: string,
    attributes: ScalableStatelessInstancesAttributes,
  ): IScalableStatelessInstances {
    return new ImportedInstances(scope, id, attributes);
  }

  /** @internal */
  protected readonly _parts: InstancesParts;

  /**
   * Creates the instances, with everything that they need and the props do not name.
   *
   * @param scope the stack, or a construct in it
   * @param id the id of the instances, unique in its scope
   * @param props what differs from the defaults
   * @throws InputError with all errors of the props.
   */
  public constructor(scope: Construct, id: string, props: ScalableStatelessInstancesProps = {}) {
    super(scope, id);
    const known = withoutPlaceholders(this, props);
    validateDurationTokens(this, known);
    const plan = instancesPlanOf(known);
    validateInstancesProps(this, plan, known, leftOutOf(props, known));

    const called = servicesCalledByInstances(known);
    const network = networkOf(this, known, called);
    const targetGroups = createTargetGroups(this, network, plan, known, TargetType.INSTANCE);
    const ingress = ingressOf(this, network, targetGroups, known);
    if (known.urlOutput ?? DEFAULTS.urlOutput) new CfnOutput(this, 'ServiceURL', { value: ingress.url });
    const { first: targetGroup } = targetGroups;

    const logGroup = createLogGroup(this, 'LogGroup', known);
    const role = instanceRoleOf(this, known, network.endpoints);
    logGroup.grantWrite(role);
    const image = instanceImageOf(this, role, known);
    // the launch template names the group, which is created from it.
    const groupId = Lazy.string({ produce: () => this.groupLogicalId() });
    const launchTemplate = createLaunchTemplate(this, { network, role, logGroup, image, groupId }, plan, known);
    const group = createGroup(this, network, launchTemplate, plan, known);
    attachGroup(group, targetGroup, ingress, known);
    group.node.defaultChild!.node.addDependency(role, ...network.natVersusEndpoints, targetGroup.loadBalancerAttached);
    acceptFindingsAboutGroup(group, known);
    for (const record of ingress.records) record.node.addDependency(group);

    const metrics = new ServiceMetrics({
      compute: groupMetrics(group.autoScalingGroupName),
      loadBalancerFullName: fullNameOf(ingress.loadBalancer, targetGroups),
      targetGroupFullNames: [targetGroup.targetGroupFullName],
    });
    scaleGroup(group, targetGroup, metrics, plan.policy, known);
    const bounds = () => renderedGroupBounds(group, known.schedules);
    const alarms = createServiceAlarms(this, metrics, bounds, plan, known, (topic) => notifyOfFailedInstances(this, group, topic));
    refreshInstances(group, {
      options: known.instanceRefresh ?? {},
      minHealthyPercent: plan.deployment.minHealthyPercent,
      maxHealthyPercent: plan.deployment.maxHealthyPercent,
      warmupSeconds: warmupSecondsOf(known),
      ownAlarms: (known.rollbackOnServiceAlarms ?? DEFAULTS.rollbackOnServiceAlarms) ? alarms.ofDeployment : [],
      alarms: known.rollbackAlarms ?? [],
    });
    const dashboard = (known.dashboard ?? DEFAULTS.dashboard) ? createDashboard(this, metrics, plan, undefined) : undefined;

    this._parts = { network, targetGroup, ingress, role, logGroup, launchTemplate, group, metrics, alarms, dashboard };
    validateInstancesLater(this, plan, { network, ingress, image, launchTemplate, group, called }, known);
  }

  /**
   * Returns everything that the scaling of these instances depends on, as their CloudFormation template has it now: with what was added to
   * `autoScalingGroup`, and with every override.
   */
  public plan(): Plan {
    return Plan.ofStack(Stack.of(this), this.groupLogicalId());
  }

  /**
   * Forecasts the scaling of these instances under some traffic: how many instances, when, why, and at what response time.
   *
   * It takes milliseconds and needs neither an AWS account nor a network.
   *
   * @param options traffic, workload, and the number of seeds.
   */
  public forecast(options: ForecastOptions): ForecastOutcome {
    return this.plan().forecast(options);
  }

  private groupLogicalId(): string {
    return Stack.of(this).getLogicalId(this.autoScalingGroup.node.defaultChild as CfnElement);
  }
}
