import type { MovedFrom } from './moved-from';

/**
 * Properties of a service that replaces another construct in the code.
 *
 * @internal
 */
export interface MovingProps {
  /**
   * The construct of the CDK that the running service was created with. What serves is kept: load balancer and DNS name, listeners, target
   * group, security groups, task role, ECS service.
   *
   * The props of that construct are the defaults of the props here. It stays in the code as long as the service runs: without it, these resources
   * have other logical ids, and are replaced. The deployment controllers `CODE_DEPLOY` and `EXTERNAL` are rejected, and so is `spotPercent` where the
   * service has a launch type: AWS would replace the service.
   *
   * @default - none: a new service
   */
  readonly movedFrom?: MovedFrom;
}
