import type { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IPeer, ISecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IApplicationListener, IApplicationLoadBalancer, ListenerCondition, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Firewall } from './firewall';

/**
 * How the service can be reached, and by whom.
 */
export interface LoadBalancerProps {
  /**
   * Whether the load balancer faces the Internet.
   *
   * An internal one stands in the subnets of the tasks.
   *
   * @default true
   */
  readonly internetFacing?: boolean;

  /**
   * Who may connect to the load balancer.
   *
   * @default - whoever can reach it: **the whole world** where it faces the Internet, the addresses of the VPC where it is internal;
   * with a `loadBalancerSecurityGroup`, whom that group lets in
   */
  readonly allowedFrom?: IPeer[];

  /**
   * The certificate of the load balancer, of its own region. It makes the service answer HTTPS on port 443.
   *
   * @default - where `domainName` and `hostedZone` are given, a new one, which is validated through the zone and renews itself; else none,
   * and the service answers plain HTTP on port 80
   */
  readonly certificate?: ICertificate;

  /**
   * The name that the service is reached by, such as `search.example.com`.
   *
   * @default - the name that AWS gives to the load balancer
   */
  readonly domainName?: string;

  /**
   * The public zone that `domainName` belongs to. It gets the record that leads to the load balancer.
   *
   * @default - no record is made
   */
  readonly hostedZone?: IHostedZone;

  /**
   * Whether plain HTTP on port 80 is answered with the way to HTTPS. Without it nothing listens there.
   *
   * Without HTTPS it means nothing.
   *
   * @default true
   */
  readonly redirectHttp?: boolean;

  /**
   * Which versions and ciphers of TLS are spoken.
   *
   * @default SslPolicy.TLS13_RES
   */
  readonly sslPolicy?: SslPolicy;

  /**
   * Whether every request is logged to a bucket.
   *
   * @default true
   */
  readonly accessLogs?: boolean;

  /**
   * The bucket that requests are logged to, of the region of the load balancer and encrypted with keys of S3: Elastic Load Balancing
   * knows no others. One that was imported must let `logdelivery.elasticloadbalancing.amazonaws.com` write already.
   *
   * @default - a new one, encrypted, closed to the public, with a second one that logs who reads it; both stay when the service goes
   */
  readonly accessLogsBucket?: IBucket;

  /**
   * What stands between the Internet and the load balancer.
   *
   * @default - nothing
   */
  readonly firewall?: Firewall;

  /**
   * Whether the load balancer can only be deleted after this has been switched off.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * Whether header fields that are not valid are removed from requests.
   *
   * @default true
   */
  readonly dropInvalidHeaders?: boolean;

  /**
   * How long a connection may be silent: whole seconds, from 1 to 4000.
   *
   * The container should keep idle connections for longer, or a request that arrives as it closes one is answered with 502.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;

  /**
   * The subnets of the load balancer, out of those of the VPC, in two zones or more.
   *
   * @default - the public ones where it faces the Internet, else those of the tasks
   */
  readonly loadBalancerSubnets?: SubnetSelection;

  /**
   * The security group of the load balancer.
   *
   * @default - a new one, which lets in whom `allowedFrom` says, and out to the tasks only
   */
  readonly loadBalancerSecurityGroup?: ISecurityGroup;

  /**
   * The name of the load balancer: at most 32 letters, digits and hyphens.
   *
   * @default - made up by CloudFormation, so that a load balancer can be replaced
   */
  readonly loadBalancerName?: string;

  /**
   * A listener that is there already, and that other services may share. Requests that fulfil `conditions` come to this service.
   *
   * @default - a load balancer of the service's own
   */
  readonly listener?: IApplicationListener;

  /**
   * The load balancer that `listener` belongs to, where that is imported and does not say so.
   *
   * @default - what `listener` says
   */
  readonly loadBalancer?: IApplicationLoadBalancer;

  /**
   * Which requests of a shared `listener` come to this service.
   *
   * @default - with a listener, at least one must be given
   */
  readonly conditions?: ListenerCondition[];

  /**
   * When the conditions of this service are looked at on a shared `listener`: from 1, the first, to 50000. No two services of a listener
   * may have the same one.
   *
   * @default - with a listener, one must be given
   */
  readonly priority?: number;
}
