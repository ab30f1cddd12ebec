import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { CpuArchitecture, type FargateService } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ServicePlan } from '../plan-of-props';
import { architectureOf } from '../task/task-definition';
import type { TaskProps } from '../task/task-props';
import { createAlarms, type ServiceAlarms } from './alarms';
import { createDashboard } from './dashboard';
import { tellOfFailedDeployments } from './failed-deployments';
import type { ObservabilityProps } from './observability-props';
import type { ServiceMetrics } from './service-metrics';

/** Has somebody told when something is wrong, as far as the props ask for it. */
export function alarmsOf(
  scope: Construct,
  service: FargateService,
  metrics: ServiceMetrics,
  plan: ServicePlan,
  props: ObservabilityProps,
): ServiceAlarms {
  if (props.alarmTopic !== undefined) tellOfFailedDeployments(scope, service, props.alarmTopic);
  return (props.alarms ?? DEFAULTS.alarms) ? createAlarms(scope, metrics, plan.policy, props) : { ofDeployment: [], all: [] };
}

/** Shows what goes on, where the props do not forbid it. */
export function dashboardOf(
  scope: Construct,
  metrics: ServiceMetrics,
  plan: ServicePlan,
  props: ObservabilityProps & TaskProps,
): Dashboard | undefined {
  if (!(props.dashboard ?? DEFAULTS.dashboard)) return undefined;
  const isArm = architectureOf(props)._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture;
  return createDashboard(scope, metrics, plan, isArm ? 'ARM64' : 'X86_64');
}
