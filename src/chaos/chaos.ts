import { Duration, Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ScalableStatelessService } from '../scalable-stateless-service';
import { createLogGroup } from '../service/observability/log-group';
import { ChaosExperiment } from './chaos-experiment';
import type { ChaosProps } from './chaos-props';
import { DEFAULT_DELAY, validateNetworkLatency, validateStopConditions, validateStressCpu, validateTargetTasks } from './chaos-validation';
import type { NetworkLatencyOptions, StopTasksOptions, StopZoneOptions, StressCpuOptions } from './experiment-options';
import { ExperimentRole } from './experiment-role';
import { addSsmAgent } from './ssm-agent';
import { targetTasks, targetZone } from './target-tasks';

/** The alarms of a service that its users notice. */
const NOTICED = ['ServerErrorsAlarm', 'SlowResponsesAlarm', 'NoHealthyTaskAlarm'];

const DEFAULT_DURATION = Duration.minutes(5);

/** The action of an experiment, and its targets. */
interface Fault {
  readonly actionId: string;
  readonly parameters?: Record<string, string>;
  readonly target: CfnExperimentTemplate.ExperimentTemplateTargetProperty;
}

/**
 * Experiments of AWS Fault Injection Service on the tasks of a service: what happens when tasks stop, when an Availability Zone is lost, when CPU is
 * short, and when the network is slow.
 *
 * Each method creates an experiment template. Nothing happens until an experiment is started. AWS FIS stops it when an alarm of the service goes into
 * ALARM that its users notice.
 *
 * An experiment has a role with the permissions that it needs, on the tasks of the cluster, and a log group. `stressCpu` and `addNetworkLatency` add a
 * container with the SSM Agent to the tasks, and permissions to the role of the tasks: use them outside production, or for a limited time.
 *
 * @example
 *
 * declare const search: ScalableStatelessService;
 *
 * const chaos = new Chaos(this, 'Chaos', { target: search });
 * chaos.stopTasks('StopOneTask');
 * chaos.stopTasksInZone('LoseZone');
 */
export class Chaos extends Construct {
  /**
   * The role that AWS FIS assumes in an experiment.
   */
  public readonly role: Role;

  /**
   * The log group of the experiments.
   */
  public readonly logGroup: LogGroup;

  private readonly props: ChaosProps;
  private readonly permissions: ExperimentRole;
  private readonly stopConditions: CfnExperimentTemplate.ExperimentTemplateStopConditionProperty[];
  /** A scope of their own: their ids are given by the user. */
  private readonly experiments: Construct;
  private hasAgent = false;

  /**
   * Creates the role and the log group. Experiments are created by the methods.
   *
   * @param scope the stack, or a construct in it
   * @param id the id, unique in its scope
   * @param props the service, and what differs from the defaults
   * @throws InputError where there is no alarm that stops an experiment, or more than AWS FIS accepts.
   */
  public constructor(scope: Construct, id: string, props: ChaosProps) {
    super(scope, id);
    this.props = props;
    this.experiments = new Construct(this, 'Experiments');
    const alarms = props.stopAlarms ?? noticedAlarmsOf(props.target);
    validateStopConditions(this, alarms.length);
    this.stopConditions = alarms.map(({ alarmArn }) => ({ source: 'aws:cloudwatch:alarm', value: alarmArn }));
    this.logGroup = createLogGroup(this, 'LogGroup', props);
    this.permissions = new ExperimentRole(this, props.target, props);
    this.permissions.allowLogs(this.logGroup);
    this.role = this.permissions.role;
  }

  /**
   * Creates an experiment that stops tasks, as `ecs:StopTask` does: they are deregistered from the target group, and get SIGTERM.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which tasks
   * @throws InputError with all errors of the options.
   */
  public stopTasks(id: string, options: StopTasksOptions = {}): ChaosExperiment {
    validateTargetTasks(this, options);
    this.permissions.allowStop();
    return this.experiment(id, { actionId: 'aws:ecs:stop-task', target: targetTasks(this.props.target, options) });
  }

  /**
   * Creates an experiment that stops all tasks of an Availability Zone at once. ECS starts the replacements in any zone, also in this one.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options the Availability Zone
   */
  public stopTasksInZone(id: string, options: StopZoneOptions = {}): ChaosExperiment {
    const { target } = this.props;
    const { network } = target._surroundings;
    const zone = options.availabilityZone ?? network.vpc.selectSubnets(network.taskSubnets).availabilityZones[0]!;
    this.permissions.allowStop();
    return this.experiment(id, { actionId: 'aws:ecs:stop-task', target: targetZone(target, zone) });
  }

  /**
   * Creates an experiment that uses CPU in tasks.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which tasks, how much CPU, and how long
   * @throws InputError with all errors of the options; also where the tasks have no route to the Internet, or ECS Exec.
   */
  public stressCpu(id: string, options: StressCpuOptions = {}): ChaosExperiment {
    const { target } = this.props;
    validateStressCpu(this, target, options);
    this.addAgent();
    this.permissions.allowDocument('cpu');
    const { duration = DEFAULT_DURATION, percent = 100 } = options;
    const parameters = { duration: duration.toIsoString(), percent: String(percent) };
    return this.experiment(id, { actionId: 'aws:ecs:task-cpu-stress', parameters, target: targetTasks(target, options) });
  }

  /**
   * Creates an experiment that delays the packets that tasks send, and with them responses and requests to other services.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which tasks, how much, to where, and how long
   * @throws InputError with all errors of the options; also where the tasks have no route to the Internet, or ECS Exec.
   */
  public addNetworkLatency(id: string, options: NetworkLatencyOptions = {}): ChaosExperiment {
    const { target } = this.props;
    validateNetworkLatency(this, target, options);
    this.addAgent();
    this.permissions.allowDocument('latency');
    return this.experiment(id, {
      actionId: 'aws:ecs:task-network-latency',
      parameters: latencyParametersOf(options),
      target: targetTasks(target, options),
    });
  }

  private addAgent(): void {
    if (!this.hasAgent) addSsmAgent(this, this.props);
    this.hasAgent = true;
  }

  private experiment(id: string, { actionId, parameters, target }: Fault): ChaosExperiment {
    const template = new CfnExperimentTemplate(this.experiments, id, {
      description: `${Stack.of(this).stackName}: ${id}`,
      roleArn: this.role.roleArn,
      actions: { fault: { actionId, parameters, targets: { Tasks: 'tasks' } } },
      targets: { tasks: target },
      stopConditions: this.stopConditions,
      logConfiguration: { logSchemaVersion: 2, cloudWatchLogsConfiguration: { LogGroupArn: this.logGroup.logGroupArn } },
      experimentOptions: { accountTargeting: 'single-account', emptyTargetResolutionMode: 'fail' },
      tags: { Name: `${this.node.path}/${id}` },
    });
    return ChaosExperiment._of(template);
  }
}

function noticedAlarmsOf({ alarms }: ScalableStatelessService): IAlarm[] {
  return alarms.filter(({ node }) => NOTICED.includes(node.id));
}

/** On Fargate the action needs the fault injection endpoints of ECS. */
function latencyParametersOf(options: NetworkLatencyOptions): Record<string, string> {
  const { duration = DEFAULT_DURATION, delay = DEFAULT_DELAY, sources, flowsPercent = 100 } = options;
  const { jitter = Duration.millis(Math.min(10, delay.toMilliseconds())) } = options;
  return {
    duration: duration.toIsoString(),
    delayMilliseconds: String(delay.toMilliseconds()),
    jitterMilliseconds: String(jitter.toMilliseconds()),
    flowsPercent: String(flowsPercent),
    useEcsFaultInjectionEndpoints: 'true',
    ...(sources && { sources: sources.join(',') }),
  };
}
