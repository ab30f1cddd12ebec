/**
 * The bill of a month.
 */
export interface MonthlyBill {
  /**
   * What all parts come to.
   */
  readonly dollars: number;

  /**
   * What each part costs, by its name: tasks, load balancer, NAT gateways and so on. Also those that cost nothing.
   */
  readonly parts: { [name: string]: number };
}
