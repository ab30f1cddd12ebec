import { type IResolvable, Lazy } from 'aws-cdk-lib';
import { CfnService, type FargateService } from 'aws-cdk-lib/aws-ecs';
import type { PlanFromProps } from '../plan-from-props';
import { type ApprovalOptions, ApprovalTimeoutAction } from './approval';
import type { DeploymentProps } from './deployment-props';
import { PRE_PRODUCTION_TRAFFIC_SHIFT } from './pre-production-hook';

/** Renders what the oldest supported CDK does not know of a deployment. */
export function overrideDeployment(service: FargateService, { deployment }: PlanFromProps, props: DeploymentProps): void {
  const resource = service.node.defaultChild;
  const options = props.deployment?._options;
  if (options === undefined || !CfnService.isCfnService(resource)) return;
  if (deployment.hasCircuitBreaker) overrideCircuitBreaker(resource, deployment);
  overrideEarlySuccess(resource, deployment);
  if (options.approval !== undefined) addApproval(resource, options.approval);
}

function overrideCircuitBreaker(resource: CfnService, { circuitBreakerThreshold, resetOnHealthyTask }: PlanFromProps['deployment']): void {
  const path = 'DeploymentConfiguration.DeploymentCircuitBreaker';
  const configuration = circuitBreakerThreshold && { Type: circuitBreakerThreshold.type, Value: circuitBreakerThreshold.value };
  if (configuration !== undefined) resource.addPropertyOverride(`${path}.ThresholdConfiguration`, configuration);
  if (resetOnHealthyTask !== undefined) resource.addPropertyOverride(`${path}.ResetOnHealthyTask`, resetOnHealthyTask);
}

function overrideEarlySuccess(resource: CfnService, { earlySuccess }: PlanFromProps['deployment']): void {
  if (earlySuccess === undefined) return;
  resource.addPropertyOverride('DeploymentConfiguration.EarlySuccessCriteria', {
    Enable: true,
    HealthyPercent: earlySuccess.healthyPercent,
    SourceServiceRevisionCleanup: earlySuccess.cleanup,
  });
}

/** A hook as the CDK renders it. */
interface RenderedHook {
  readonly hookTargetArn: string;
  readonly roleArn: string;
  readonly lifecycleStages: readonly string[];
}

/** Adds the pause after the hooks that call functions, also those that are added to the service later. */
function addApproval(resource: CfnService, { timeout, timeoutAction = ApprovalTimeoutAction.ROLLBACK }: ApprovalOptions): void {
  const pause = {
    TargetType: 'PAUSE',
    LifecycleStages: [PRE_PRODUCTION_TRAFFIC_SHIFT],
    TimeoutConfiguration: { TimeoutInMinutes: timeout?.toMinutes() ?? DEFAULT_TIMEOUT_MINUTES, Action: timeoutAction },
  };
  const { lifecycleHooks } = resource.deploymentConfiguration as { lifecycleHooks?: IResolvable };
  const hooks = Lazy.uncachedAny({
    produce: (context) => {
      const rendered: RenderedHook[] = context.resolve(lifecycleHooks) ?? [];
      const functions = rendered.map((hook) => ({
        HookTargetArn: hook.hookTargetArn,
        RoleArn: hook.roleArn,
        LifecycleStages: hook.lifecycleStages,
      }));
      return [...functions, pause];
    },
  });
  resource.addPropertyOverride('DeploymentConfiguration.LifecycleHooks', hooks);
}

/** That of ECS. */
const DEFAULT_TIMEOUT_MINUTES = 1440;
