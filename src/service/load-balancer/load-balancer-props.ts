import type { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IPeer, ISecurityGroup, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IpAddressType, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Authentication } from './authentication';
import type { SharedListenerProps } from './shared-listener-props';
import type { WebAcl } from './web-acl';

/**
 * Properties of the load balancer of a service.
 *
 * @internal
 */
export interface LoadBalancerProps extends SharedListenerProps {
  /**
   * Whether the load balancer has an internet-facing scheme.
   *
   * An internal load balancer is in the subnets of the tasks.
   *
   * A change later replaces the load balancer: its DNS name changes, and clients of the old one get errors. In two steps without errors: create a
   * second service with the new value and move the clients to it, then remove the first. With a `loadBalancerName` or a `targetGroupName`, change
   * these too: the resources with the old names still exist when the new ones are created.
   *
   * @default true
   */
  readonly internetFacing?: boolean;

  /**
   * The peers that may connect to the load balancer, on the ports that it listens on.
   *
   * An internal load balancer in a VPC whose CIDR block is not known needs it.
   *
   * @default - **any IPv4 address** for an internet-facing load balancer, and any IPv6 address if it is dual stack; the CIDR block of the VPC
   * for an internal one, and its IPv6 CIDR block if it is dual stack; with a `loadBalancerSecurityGroup`, or an imported `loadBalancer`, what its security groups allow
   */
  readonly allowFrom?: IPeer[];

  /**
   * The ACM certificate of the HTTPS listener, in the region and account of the load balancer. With it, the service listens for HTTPS on port 443.
   *
   * It can be added to a running service: port 80 is redirected once port 443 listens. Browsers remember the redirection, and get
   * errors when it is removed again. In two steps: create a second service without a certificate and move the clients to it, then remove the first.
   * With two target groups, see `deployment`. On a `loadBalancer` of yours, port 80 no longer listens unless `redirectHttp` is true.
   *
   * @default - with `domainName` and `hostedZone`, a new certificate that is validated by DNS and renewed by ACM; else none, and the
   * service listens for HTTP on port 80
   */
  readonly certificate?: ICertificate;

  /**
   * The additional certificates of the HTTPS listener, in the region of the load balancer. A client gets the one that matches the host name
   * that it asks for (SNI), else `certificate`.
   *
   * Their order has no meaning. Each can be added and removed later: the others stay on the listener.
   *
   * @default - none
   */
  readonly additionalCertificates?: ICertificate[];

  /**
   * The port on which the listener listens for requests: a whole number from 1 to 65535.
   *
   * A change later adds the listener on the new port before it removes the other. With two target groups, see `deployment`.
   *
   * @default - 443 with a certificate, else 80
   */
  readonly listenerPort?: number;

  /**
   * The authentication of requests by the listener, with OpenID Connect, Amazon Cognito or a JSON Web Token. Requires HTTPS.
   *
   * A test listener forwards without it, from the peers that it allows. With two target groups, see `deployment` before you change it later.
   *
   * @default - none: each request is forwarded
   */
  readonly authentication?: Authentication;

  /**
   * The domain name of the service, such as `search.example.com`.
   *
   * A change later replaces the record and the certificate: the old name no longer resolves. In two steps: create a record of your own for the
   * new name, with a certificate for both names, and move the clients; then change this prop.
   *
   * @default - the DNS name of the load balancer
   */
  readonly domainName?: string;

  /**
   * The Route 53 public hosted zone of `domainName`. An alias record for the load balancer is created in it.
   *
   * A private hosted zone needs a `certificate`: ACM cannot validate a new one in it. It is known to be private where it is created in this app, is looked up
   * with `privateZone`, or has a name that is not public, such as `shop.internal`.
   *
   * @default - no record is created
   */
  readonly hostedZone?: IHostedZone;

  /**
   * Whether requests by HTTP on port 80 are redirected to HTTPS. If false, the load balancer does not listen on port 80. Without a
   * certificate this prop has no effect.
   *
   * On a `loadBalancer` of yours it must be asked for: another listener may be on port 80, and a port has one listener.
   *
   * @default - true; false on a `loadBalancer` of yours
   */
  readonly redirectHttp?: boolean;

  /**
   * The security policy of the HTTPS listener: the TLS versions and ciphers that it accepts.
   *
   * @default - `SslPolicy.TLS13_RES`; with the recommended feature flag `@aws-cdk/aws-elasticloadbalancingv2:usePostQuantumTlsPolicy`,
   * `SslPolicy.TLS13_12_RES_PQ`, which adds post-quantum key exchange
   */
  readonly sslPolicy?: SslPolicy;

  /**
   * Whether access logs are enabled. Each request is then logged to a bucket, in which logs expire after `logRetention`, or after a year without it.
   *
   * @default true
   */
  readonly accessLogs?: boolean;

  /**
   * The bucket of the access logs, in the region of the load balancer and encrypted with S3-managed keys (SSE-S3): Elastic Load Balancing
   * supports no other encryption. The policy of an imported bucket must allow `logdelivery.elasticloadbalancing.amazonaws.com` to write.
   *
   * @default - a new one, encrypted, with public access blocked, and a second bucket for the server access logs of the first; both are
   * retained when the service is deleted
   */
  readonly accessLogsBucket?: IBucket;

  /**
   * Whether health check logs are enabled. Each health check of a task, and why it failed, is then logged to the bucket of the access logs.
   *
   * @default false
   */
  readonly healthCheckLogs?: boolean;

  /**
   * The AWS WAF web ACL of the load balancer.
   *
   * @default - none
   */
  readonly webAcl?: WebAcl;

  /**
   * Whether deletion protection is enabled. The load balancer can then only be deleted after it is disabled: disable it in a deployment of its
   * own before you remove the service or replace the load balancer.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * Whether HTTP headers with invalid header fields are removed by the load balancer.
   *
   * @default true
   */
  readonly dropInvalidHeaderFields?: boolean;

  /**
   * The connection idle timeout: whole seconds, from 1 to 4000.
   *
   * The keep-alive timeout of the container should be longer. Otherwise a request that arrives while the container closes the connection gets a 502.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;

  /**
   * The type of IP addresses used by the subnets for the load balancer: IPv4, or dual stack, IPv4 and IPv6.
   *
   * With dual stack a new VPC has IPv6 too, and `domainName` gets an AAAA record. The subnets of a VPC of yours must have IPv6 CIDR blocks.
   * An internal load balancer has no public IPv4 addresses: `IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4` is for an internet-facing one.
   *
   * @default - `IpAddressType.IPV4`, that of Elastic Load Balancing
   */
  readonly ipAddressType?: IpAddressType;

  /**
   * Whether zonal shift is enabled: Amazon Application Recovery Controller can then move the traffic away from an impaired Availability Zone.
   *
   * @default false
   */
  readonly zonalShift?: boolean;

  /**
   * The subnets of the load balancer: subnets of the VPC, in at least two Availability Zones.
   *
   * @default - the public subnets for an internet-facing load balancer, else the subnets of the tasks
   */
  readonly loadBalancerSubnets?: SubnetSelection;

  /**
   * The security group of the load balancer.
   *
   * @default - a new one: ingress from `allowFrom`, egress to the tasks
   */
  readonly loadBalancerSecurityGroup?: ISecurityGroup;

  /**
   * The name of the load balancer: at most 32 letters, digits and hyphens.
   *
   * A change later replaces the load balancer: its DNS name changes, and clients of the old one get errors. In two steps without errors: create a
   * second service with the new name and move the clients to it, then remove the first.
   *
   * @default - generated by CloudFormation, so that the load balancer can be replaced
   */
  readonly loadBalancerName?: string;

  /**
   * Whether the URL of the service is an output of the stack.
   *
   * @default true
   */
  readonly urlOutput?: boolean;
}
