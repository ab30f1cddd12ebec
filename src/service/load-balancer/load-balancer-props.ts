/**
 * How the load balancer can be reached.
 */
export interface LoadBalancerProps {
  /**
   * Whether the load balancer faces the Internet.
   *
   * An internal one stands in the subnets of the tasks, and answers whoever is in the VPC.
   *
   * @default true
   */
  readonly internetFacing?: boolean;
}
