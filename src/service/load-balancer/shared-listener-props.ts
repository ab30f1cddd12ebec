import type { IApplicationListener, IApplicationLoadBalancer, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { RuleTransform } from './rule-transform';

/**
 * Properties of a listener or a load balancer that exists.
 *
 * @internal
 */
export interface SharedListenerProps {
  /**
   * An existing listener, which other services may share. Requests that match `conditions` are forwarded to this service.
   *
   * The service is in the VPC of its load balancer. A change later to the listener of another load balancer replaces the target groups, and clients
   * of the old load balancer get errors. In two steps without errors: create a second service on the new listener and move the clients to it, then
   * remove the first.
   *
   * @default - a new load balancer with a listener
   */
  readonly listener?: IApplicationListener;

  /**
   * An existing load balancer. Without a `listener`, a listener is created on it; an imported one then needs its VPC.
   *
   * With an imported `listener` it is required, as the load balancer of it. It changes together with `listener`.
   * Without a `listener`, a change later replaces the listener and the target groups, as a change of `listener` does.
   *
   * @default - the load balancer that `listener` names; without a `listener`, a new one
   */
  readonly loadBalancer?: IApplicationLoadBalancer;

  /**
   * The conditions of the rule on a shared `listener`: the requests that are forwarded to this service. At most five values together, and one
   * condition on each of path, host, method and source IP.
   *
   * With two target groups, a change later resets the rule to the first of them, which may have no tasks. In two steps: where the second group serves,
   * force a new deployment of the ECS service, after which the first one serves; then change the conditions.
   *
   * @default - none; required with `listener`
   */
  readonly conditions?: ListenerCondition[];

  /**
   * The priority of the rule on a shared `listener`: a whole number from 1, evaluated first, to 50000, unique on the listener.
   *
   * With two target groups, change it in the two steps of `conditions`. Two services exchange their priorities through a third one, in two
   * deployments.
   *
   * @default - none; required with `listener`
   */
  readonly priority?: number;

  /**
   * The transforms of the rule on a shared `listener`: how URL and host header are rewritten. At most one of each type.
   *
   * With two target groups, change them in the two steps of `conditions`.
   *
   * @default - none
   */
  readonly transforms?: RuleTransform[];
}
