import {
  type DeploymentLifecycleHookTargetConfig,
  DeploymentLifecycleLambdaTarget,
  type DeploymentLifecycleStage,
  type IDeploymentLifecycleHookTarget,
} from 'aws-cdk-lib/aws-ecs';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

/** The stage that the CDK does not list. */
export const PRE_PRODUCTION_TRAFFIC_SHIFT = 'PRE_PRODUCTION_TRAFFIC_SHIFT';

/**
 * A deployment lifecycle hook: a Lambda function that ECS invokes before production traffic shifts to the new revision.
 *
 * For canary and linear deployments it is invoked before every step. For the other stages, use `DeploymentLifecycleLambdaTarget` of the CDK.
 */
export class PreProductionTrafficShiftHook implements IDeploymentLifecycleHookTarget {
  private readonly target: DeploymentLifecycleLambdaTarget;

  /**
   * A hook that invokes a function.
   *
   * @param handler the function; its response has a `hookStatus` of SUCCEEDED, FAILED or IN_PROGRESS
   * @param id the id of the hook, unique in the service
   */
  public constructor(handler: IFunction, id: string) {
    const lifecycleStages = [PRE_PRODUCTION_TRAFFIC_SHIFT as DeploymentLifecycleStage];
    this.target = new DeploymentLifecycleLambdaTarget(handler, id, { lifecycleStages });
  }

  /**
   * Binds the function to the hook of a service.
   */
  public bind(scope: IConstruct): DeploymentLifecycleHookTargetConfig {
    return this.target.bind(scope);
  }
}
