import type { Duration } from 'aws-cdk-lib';
import type { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { InstanceRefreshOptions } from './instance-refresh';

/**
 * Options of `Capacity.instances()`.
 */
export interface InstancesCapacityOptions {
  /**
   * The instance type: of the architecture of the tasks, and large enough for one task beside the container agent.
   */
  readonly instanceType: InstanceType;

  /**
   * The minimum number of instances: a whole number of at least 0.
   *
   * @default 0
   */
  readonly minInstances?: number;

  /**
   * The maximum number of instances: a whole number of at least 1, enough for `maxCapacity` tasks and those that a deployment adds.
   *
   * Required where one of the numbers that its default is computed from is a token.
   *
   * @default - as many as `maxCapacity` tasks need, times `maxHealthyPercent`, and at least `minInstances`
   */
  readonly maxInstances?: number;

  /**
   * The target capacity of managed scaling, `CapacityProviderReservation`, in percent: a whole number from 1 to 100. Below 100, some instances are kept
   * free, and tasks that scaling adds start without waiting for one.
   *
   * @default 100
   */
  readonly targetCapacityPercent?: number;

  /**
   * The time after an instance has started in which managed scaling does not count it: whole seconds, from 0 to 10,000.
   *
   * @default - 300 seconds, the default of ECS
   */
  readonly instanceWarmupPeriod?: Duration;

  /**
   * The instance refresh that a change of the instances starts, such as a newer image of the machine. ECS drains each instance before it ends.
   *
   * @default - one checkpoint at half of the instances, for five minutes
   */
  readonly instanceRefresh?: InstanceRefreshOptions;
}

/**
 * Options of `Capacity.managedInstances()`.
 */
export interface ManagedInstancesOptions {
  /**
   * The number of vCPUs that an instance has at most: a whole number of at least the vCPUs of a task.
   *
   * @default - no maximum: ECS chooses the instances that fit the tasks at the lowest cost
   */
  readonly maxVcpus?: number;
}

/**
 * What the tasks of a service run on.
 */
export class Capacity {
  /**
   * AWS Fargate, or Fargate Spot for a part of the tasks.
   */
  public static fargate(): Capacity {
    return new Capacity('fargate');
  }

  /**
   * EC2 instances of one type in an Auto Scaling group, whose number ECS manages: a capacity provider with managed scaling and managed draining.
   *
   * Tasks are spread over the Availability Zones, and fill one instance before the next within a zone. Each task has a network interface of its own, which
   * limits the tasks of an instance: the number of its interfaces less one, unless the account has `awsvpcTrunking`.
   */
  public static instances(options: InstancesCapacityOptions): Capacity {
    return new Capacity('instances', options);
  }

  /**
   * Amazon ECS Managed Instances: EC2 instances that AWS chooses, patches and replaces.
   */
  public static managedInstances(options: ManagedInstancesOptions = {}): Capacity {
    return new Capacity('managedInstances', undefined, options);
  }

  /** @internal */
  public readonly _kind: 'fargate' | 'instances' | 'managedInstances';

  /** @internal */
  public readonly _instances?: InstancesCapacityOptions;

  /** @internal */
  public readonly _managed?: ManagedInstancesOptions;

  private constructor(kind: Capacity['_kind'], instances?: InstancesCapacityOptions, managed?: ManagedInstancesOptions) {
    this._kind = kind;
    this._instances = instances;
    this._managed = managed;
  }
}
