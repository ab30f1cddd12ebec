import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import { ChaosBase } from './chaos-base';
import type { ChaosExperiment } from './chaos-experiment';
import type { ChaosProps } from './chaos-props';
import { groupFor, serviceFor } from './chaos-target';
import {
  DEFAULT_DELAY,
  validateInterruptSpot,
  validateNetworkLatency,
  validateStressCpu,
  validateTargetInstances,
  validateTargetTasks,
} from './chaos-validation';
import type {
  InterruptSpotOptions,
  NetworkLatencyOptions,
  RebootInstancesOptions,
  StopInstancesOptions,
  StopTasksOptions,
  StopZoneOptions,
  StressCpuOptions,
  TargetInstancesOptions,
  TerminateInstancesOptions,
} from './experiment-options';
import { addSsmAgent } from './ssm-agent';
import { targetInstances } from './target-instances';
import { targetTasks, targetZone } from './target-tasks';

const DEFAULT_DURATION = Duration.minutes(5);

/** When EC2 interrupts a Spot Instance after its notice. */
const NOTICE = Duration.minutes(2);

/** What the role of an experiment may do with the instances of the group. */
const EC2_ACTIONS = { terminate: 'TerminateInstances', stop: 'StopInstances', reboot: 'RebootInstances' } as const;

/**
 * Experiments of AWS Fault Injection Service on the tasks of a service, or on EC2 instances: what happens when tasks stop, when instances end, when an
 * Availability Zone is lost, when CPU is short, and when the network is slow.
 *
 * Each method creates an experiment template. Nothing happens until an experiment is started. AWS FIS stops it when an alarm of the target goes into
 * ALARM that its users notice.
 *
 * An experiment has a role with the permissions that it needs, on the tasks of the cluster or the instances of the group, and a log group. `stressCpu` and `addNetworkLatency` add a
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
export class Chaos extends ChaosBase {
  private hasAgent = false;

  /**
   * Creates the role and the log group. Experiments are created by the methods.
   *
   * @param scope the stack, or a construct in it
   * @param id the id, unique in its scope
   * @param props the target, and what differs from the defaults
   * @throws InputError where there is no alarm that stops an experiment, or more than AWS FIS accepts.
   */
  public constructor(scope: Construct, id: string, props: ChaosProps) {
    super(scope, id, props);
  }

  /**
   * Creates an experiment that stops tasks, as `ecs:StopTask` does: they are deregistered from the target group, and get SIGTERM.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which tasks
   * @throws InputError with all errors of the options.
   */
  public stopTasks(id: string, options: StopTasksOptions = {}): ChaosExperiment {
    const service = serviceFor(this, this._props.target, 'stopTasks');
    validateTargetTasks(this, options);
    this._permissions.allowStop(service);
    return this._experiment(id, { actionId: 'aws:ecs:stop-task', targetName: 'Tasks', target: targetTasks(service, options) });
  }

  /**
   * Creates an experiment that stops all tasks of an Availability Zone at once. ECS starts the replacements in any zone, also in this one.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options the Availability Zone
   */
  public stopTasksInZone(id: string, options: StopZoneOptions = {}): ChaosExperiment {
    const service = serviceFor(this, this._props.target, 'stopTasksInZone');
    const { network } = service._surroundings;
    const zone = options.availabilityZone ?? network.vpc.selectSubnets(network.taskSubnets).availabilityZones[0]!;
    this._permissions.allowStop(service);
    return this._experiment(id, { actionId: 'aws:ecs:stop-task', targetName: 'Tasks', target: targetZone(service, zone) });
  }

  /**
   * Creates an experiment that uses CPU in tasks.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which tasks, how much CPU, and how long
   * @throws InputError with all errors of the options; also where the tasks have no route to the Internet, or ECS Exec.
   */
  public stressCpu(id: string, options: StressCpuOptions = {}): ChaosExperiment {
    const service = serviceFor(this, this._props.target, 'stressCpu');
    validateStressCpu(this, service, options);
    this.addAgent(service);
    this._permissions.allowDocument('cpu');
    const { duration = DEFAULT_DURATION, percent = 100 } = options;
    const parameters = { duration: duration.toIsoString(), percent: String(percent) };
    return this._experiment(id, {
      actionId: 'aws:ecs:task-cpu-stress',
      parameters,
      targetName: 'Tasks',
      target: targetTasks(service, options),
    });
  }

  /**
   * Creates an experiment that delays the packets that tasks send, and with them responses and requests to other services.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which tasks, how much, to where, and how long
   * @throws InputError with all errors of the options; also where the tasks have no route to the Internet, or ECS Exec.
   */
  public addNetworkLatency(id: string, options: NetworkLatencyOptions = {}): ChaosExperiment {
    const service = serviceFor(this, this._props.target, 'addNetworkLatency');
    validateNetworkLatency(this, service, options);
    this.addAgent(service);
    this._permissions.allowDocument('latency');
    return this._experiment(id, {
      actionId: 'aws:ecs:task-network-latency',
      parameters: latencyParametersOf(options),
      targetName: 'Tasks',
      target: targetTasks(service, options),
    });
  }

  /**
   * Creates an experiment that terminates instances, as `TerminateInstances` of EC2 does: without the lifecycle hook that lets an instance drain, as when
   * its hardware fails. The group launches others. Name an Availability Zone to lose all instances in it.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which instances
   * @throws InputError with all errors of the options; also for a service without instances.
   */
  public terminateInstances(id: string, options: TerminateInstancesOptions = {}): ChaosExperiment {
    return this.onInstances(id, 'terminate', options);
  }

  /**
   * Creates an experiment that stops instances, as `StopInstances` of EC2 does: their operating systems shut down. The group terminates a stopped instance
   * and launches another one.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which instances
   * @throws InputError with all errors of the options; also for a service without instances.
   */
  public stopInstances(id: string, options: StopInstancesOptions = {}): ChaosExperiment {
    return this.onInstances(id, 'stop', options);
  }

  /**
   * Creates an experiment that reboots instances, as `RebootInstances` of EC2 does: each serves again once it has started, unless its group has replaced
   * it before, because it failed its health checks.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which instances
   * @throws InputError with all errors of the options; also for a service without instances.
   */
  public rebootInstances(id: string, options: RebootInstancesOptions = {}): ChaosExperiment {
    return this.onInstances(id, 'reboot', options);
  }

  /**
   * Creates an experiment that interrupts Spot Instances, as EC2 does when it needs the capacity: with a recommendation to rebalance, and a notice two
   * minutes before.
   *
   * @param id the id of the experiment, unique in this construct
   * @param options which instances, and when
   * @throws InputError with all errors of the options; also for instances without `spotPercent`, and for a service without instances.
   */
  public interruptSpotInstances(id: string, options: InterruptSpotOptions = {}): ChaosExperiment {
    const group = groupFor(this, this._props.target, 'interruptSpotInstances');
    validateInterruptSpot(this, group, options);
    this._permissions.allowInstances('SendSpotInstanceInterruptions', group);
    const { durationBeforeInterruption = NOTICE } = options;
    return this._experiment(id, {
      actionId: 'aws:ec2:send-spot-instance-interruptions',
      parameters: { durationBeforeInterruption: durationBeforeInterruption.toIsoString() },
      targetName: 'SpotInstances',
      target: targetInstances(group, 'aws:ec2:spot-instance', options),
    });
  }

  private onInstances(id: string, verb: 'terminate' | 'stop' | 'reboot', options: TargetInstancesOptions): ChaosExperiment {
    const group = groupFor(this, this._props.target, `${verb}Instances`);
    validateTargetInstances(this, options);
    this._permissions.allowInstances(EC2_ACTIONS[verb], group);
    return this._experiment(id, {
      actionId: `aws:ec2:${verb}-instances`,
      targetName: 'Instances',
      target: targetInstances(group, 'aws:ec2:instance', options),
    });
  }

  private addAgent(service: ScalableStatelessServiceBase): void {
    if (!this.hasAgent) addSsmAgent(this, service, this._props);
    this.hasAgent = true;
  }
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
