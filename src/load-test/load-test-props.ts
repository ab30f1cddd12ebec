import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { CpuArchitecture, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Traffic } from '../api/traffic';
import type { ILoadTestTarget } from '../service/test-targets';
import type { LoadTestEngine } from './load-test-engine';
import type { LoadTestRequest } from './load-test-request';
import type { LoadTestScript } from './load-test-script';
import type { LoadTestThresholds } from './load-test-thresholds';

/**
 * Properties of a load test.
 */
export interface LoadTestProps {
  /**
   * What the requests are sent to: a `ScalableStatelessService`, in whose VPC and cluster the load test runs, or `ScalableStatelessInstances`, in whose VPC
   * it runs, in a cluster of its own.
   *
   * What is imported has neither: give `vpc` or `cluster` too.
   *
   * @default - `url` is given
   */
  readonly target?: ILoadTestTarget;

  /**
   * The URL that the requests are sent to, without a path, such as `https://shop.example.com`. With a `target`, it is another address of that service,
   * such as its test listener.
   *
   * @default - that of `target`
   */
  readonly url?: string;

  /**
   * The load generator.
   *
   * @default LoadTestEngine.k6()
   */
  readonly engine?: LoadTestEngine;

  /**
   * The traffic that is sent: users, who wait for responses, or requests per second. The forecast takes the same one.
   *
   * @default - that of `script`
   */
  readonly traffic?: Traffic;

  /**
   * The script of a user, instead of `paths` and `requests`. With `traffic`, its users run the script, and wait as it says; without `traffic` the
   * script has its own load: `options` in k6, a `LoadTestShape` in Locust.
   *
   * @default - the requests of `paths` and `requests`, one after the other
   */
  readonly script?: LoadTestScript;

  /**
   * The paths that GET requests are sent to, in turn.
   *
   * @default - `/`, unless there are `requests` or a `script`
   */
  readonly paths?: string[];

  /**
   * Requests with methods, headers, bodies and weights, in turn with those of `paths`.
   *
   * @default - none
   */
  readonly requests?: LoadTestRequest[];

  /**
   * The timeout of a request, after which it has failed: at least 1 second.
   *
   * @default Duration.seconds(60)
   */
  readonly requestTimeout?: Duration;

  /**
   * Whether TLS certificates must be valid for the host name. A load balancer with a certificate but without `domainName` has a URL that its
   * certificate does not cover.
   *
   * @default true
   */
  readonly verifyTlsCertificate?: boolean;

  /**
   * What the load test must reach: its container exits with 0 if it did, else with 99.
   *
   * @default - at most 1 % failed requests, at least one request
   */
  readonly thresholds?: LoadTestThresholds;

  /**
   * The maximum duration of a run, after which the container ends it: from 1 second to 31 days. Required for a `script` without `traffic`.
   *
   * @default - the length of the traffic and one minute
   */
  readonly maxDuration?: Duration;

  /**
   * The schedule of EventBridge Scheduler on which the load test is run.
   *
   * @default - none: run it with `runCommand`, or from a pipeline with `runTaskParameters`
   */
  readonly schedule?: ScheduleExpression;

  /**
   * The VPC of the load test.
   *
   * @default - that of `target`, or of `cluster`
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of the load test.
   *
   * @default - for an internal load balancer those of the tasks or the instances of `target`; else private ones with egress, or public ones where there are none
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Whether the task has a public IP address. In public subnets it needs one.
   *
   * @default - true in public subnets
   */
  readonly assignPublicIp?: boolean;

  /**
   * The ECS cluster that hosts the load test.
   *
   * @default - that of a service as `target`, else a new one in the VPC
   */
  readonly cluster?: ICluster;

  /**
   * The CPU units of the task: 256, 512, 1024, 2048, 4096, 8192 or 16384.
   *
   * @default - 1024; with several Locust workers, one vCPU for each of them
   */
  readonly cpu?: number;

  /**
   * The memory of the task in MiB.
   *
   * @default - enough for the users of the traffic
   */
  readonly memoryLimitMiB?: number;

  /**
   * The CPU architecture of the task.
   *
   * @default CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: CpuArchitecture;

  /**
   * The name of the load test, in its results and as the dimension of its metrics: 1 to 255 characters.
   *
   * @default - the path of the construct, such as `Shop/Load`
   */
  readonly loadTestName?: string;

  /**
   * How long the log is kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * The KMS key that encrypts the log.
   *
   * @default - encryption of CloudWatch Logs
   */
  readonly logEncryptionKey?: IKey;

  /**
   * What becomes of the log when the load test is removed from its stack.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * Whether tasks of the load test that still run are stopped when it is deleted. A cluster or a security group in use cannot be deleted. A Lambda
   * function does it.
   *
   * @default true
   */
  readonly stopOnDelete?: boolean;

  /**
   * Whether a stack output has the command that runs the load test.
   *
   * @default true
   */
  readonly commandOutput?: boolean;

  /**
   * Whether findings of rule packs that are unavoidable are acknowledged: each on its one resource, with the reason in the metadata of that
   * resource.
   *
   * @default true
   */
  readonly acknowledgeFindings?: boolean;
}
