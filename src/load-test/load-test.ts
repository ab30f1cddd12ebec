import { CfnOutput } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Connections, IConnectable, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { ContainerDefinition, FargateTaskDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { grantRunOf } from './grant-run';
import { createLoadGeneratorTask, type LoadGeneratorTask } from './load-generator-task';
import { LoadTestMetrics } from './load-test-metrics';
import { type LoadTestPlace, placeOf } from './load-test-place';
import { loadTestPlanOf } from './load-test-plan';
import type { LoadTestProps } from './load-test-props';
import { createSchedule } from './load-test-schedule';
import { validateLoadTest } from './load-test-validation';
import { runCommandOf, runTaskParametersOf } from './run-task';
import { stopOnDelete } from './stop-on-delete';

/**
 * A load test from inside AWS: a Fargate task that runs k6 or Locust once, sends traffic to a service, and ends.
 *
 * Nothing runs until the task is run: with `runCommand`, from a pipeline, from an integration test, or on a `schedule`. When the traffic is over, the
 * container writes one line of JSON to its log, with the requests, the failures and the percentiles of the response time. CloudWatch has these
 * numbers as metrics. The container exits with 0, or with 99 where a threshold was not reached.
 *
 * The task has a security group, an execution role and a log group of its own, and no permissions. It ends by itself: after `maxDuration` the
 * container stops what still runs. A stack can be deleted while the task runs.
 *
 * The constructor throws one error that lists all invalid props.
 *
 * @example
 *
 * const search = new ScalableStatelessService(this, 'Search');
 *
 * new LoadTest(this, 'Load', {
 *   target: search,
 *   engine: LoadTestEngine.locust(),
 *   traffic: Traffic.rampUsers(50, Duration.seconds(10)).hold(Duration.seconds(170)),
 *   paths: ['/', '/health'],
 * });
 */
export class LoadTest extends Construct implements IConnectable {
  /**
   * The filter pattern of CloudWatch Logs for the line with the results of a run.
   */
  public readonly resultsFilterPattern: string = '{ $.loadTest = "*" }';

  /**
   * The maximum of failed requests, in percent: above it, the container exits with 99.
   */
  public readonly maxFailedPercent: number;

  private readonly place: LoadTestPlace;
  private readonly task: LoadGeneratorTask;
  private readonly metrics: LoadTestMetrics;

  /**
   * Creates the load test. It is not run.
   *
   * @param scope the stack, or a construct in it
   * @param id the id of the load test, unique in its scope
   * @param props the target, and what differs from the defaults
   * @throws InputError with all errors of the props.
   */
  public constructor(scope: Construct, id: string, props: LoadTestProps) {
    super(scope, id);
    validateLoadTest(this, props);
    const plan = loadTestPlanOf(this, props);
    this.maxFailedPercent = plan.thresholds.maxFailedPercent;
    this.metrics = new LoadTestMetrics(plan.name);
    this.place = placeOf(this, plan.url, props);
    this.task = createLoadGeneratorTask(this, this.place, plan, props);
    const stop = (props.stopOnDelete ?? true) ? stopOnDelete(this, this.place, this.task, props) : undefined;
    if (props.schedule !== undefined) {
      const schedule = createSchedule(this, props.schedule, this.place, this.task, props);
      // it is deleted first: a task that starts later would not be stopped.
      schedule.node.addDependency(stop ?? this.taskDefinition);
    }
    if (props.commandOutput ?? true) new CfnOutput(this, 'RunCommand', { value: this.runCommand });
  }

  /**
   * The ECS cluster that hosts the load test.
   */
  public get cluster(): ICluster {
    return this.place.cluster;
  }

  /**
   * The task definition of the load test.
   */
  public get taskDefinition(): FargateTaskDefinition {
    return this.task.taskDefinition;
  }

  /**
   * The container of the load generator, with the name `load`.
   */
  public get container(): ContainerDefinition {
    return this.task.container;
  }

  /**
   * The security group of the load test: egress to the target, and over HTTPS to the registry and the log.
   */
  public get securityGroup(): SecurityGroup {
    return this.place.securityGroup;
  }

  /**
   * The connections of the load test: the network access to and from it.
   */
  public get connections(): Connections {
    return this.place.securityGroup.connections;
  }

  /**
   * The log group of the load test.
   */
  public get logGroup(): LogGroup {
    return this.task.logGroup;
  }

  /**
   * The parameters of the action `RunTask` of ECS, with the names of the AWS SDK for JavaScript: `cluster`, `taskDefinition`, `networkConfiguration` and
   * others.
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no other type for the values of a map.
  public get runTaskParameters(): { [name: string]: any } {
    return runTaskParametersOf(this.place, this.task);
  }

  /**
   * The command of the AWS CLI that runs the load test.
   */
  public get runCommand(): string {
    return runCommandOf(this.place, this.task);
  }

  /**
   * Grants the permissions to run the load test: `ecs:RunTask`, and `iam:PassRole` for its two roles.
   *
   * @param grantee who runs it, such as the role of a pipeline.
   */
  public grantRun(grantee: IGrantable): Grant {
    return grantRunOf(this, this.task.taskDefinition, this.cluster, grantee);
  }

  /**
   * The number of requests of a run: the sum of the runs of a period.
   */
  public metricRequests(options?: MetricOptions): Metric {
    return this.metrics.requests(options);
  }

  /**
   * The number of failed requests of a run: the sum of the runs of a period.
   */
  public metricFailedRequests(options?: MetricOptions): Metric {
    return this.metrics.failedRequests(options);
  }

  /**
   * The failed requests of a run, in percent: the maximum of the runs of a period.
   */
  public metricFailedPercent(options?: MetricOptions): Metric {
    return this.metrics.failedPercent(options);
  }

  /**
   * The 95th percentile of the response time of a run, in milliseconds: the maximum of the runs of a period.
   */
  public metricResponseTime(options?: MetricOptions): Metric {
    return this.metrics.responseTime(options);
  }
}
