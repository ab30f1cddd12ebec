/**
 * How many NAT gateways there are.
 */
export interface PrivateWithNatOptions {
  /**
   * The number of NAT gateways: a whole number from 1 to the number of zones.
   *
   * With fewer than there are zones, losing one zone cuts the tasks of another off from the Internet.
   *
   * @default - one for each zone
   */
  readonly natGateways?: number;
}

/**
 * Where tasks stand, and with it whom they can call.
 */
export class Network {
  /**
   * Private subnets from which no way leads to the Internet.
   *
   * In a network that the service makes, endpoints lead to what the tasks need: ECR, CloudWatch Logs, S3 and DynamoDB, and to Secrets
   * Manager, Systems Manager and X-Ray where a prop asks for them. In a `vpc` of yours they are expected to be there.
   */
  public static privateWithEndpoints(): Network {
    return new Network('isolated');
  }

  /**
   * Private subnets from which a NAT gateway leads to the Internet.
   *
   * A gateway costs by the hour and by the gigabyte, which people notice on the bill.
   */
  public static privateWithNat(options: PrivateWithNatOptions = {}): Network {
    return new Network('nat', options.natGateways);
  }

  /**
   * Public subnets, with a public address for each task.
   *
   * The cheapest way to the Internet. Only the security group of the tasks keeps others out: it lets in the load balancer alone.
   */
  public static publicSubnets(): Network {
    return new Network('public');
  }

  /** @internal */
  public readonly _kind: 'isolated' | 'nat' | 'public';

  /** @internal */
  public readonly _natGateways?: number;

  private constructor(kind: Network['_kind'], natGateways?: number) {
    this._kind = kind;
    this._natGateways = natGateways;
  }
}
