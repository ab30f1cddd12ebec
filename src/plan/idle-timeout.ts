/**
 * What an Application Load Balancer takes as idle timeout, in whole seconds.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout
 */
export const IDLE_TIMEOUT_SECONDS = { least: 1, most: 4000 } as const;
