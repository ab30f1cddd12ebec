import { type CountedFields, ServiceTask } from '../../ecs/service-task';

/** The fields that simulated tasks are counted by. */
interface SimulatedFields extends CountedFields {
  isContainerRunning: boolean;
  isListening: boolean;
  isRegistered: boolean;
  slowStartedAtSeconds: number | undefined;
  isOverloaded: boolean;
}

/** A simulated task: nothing runs on this machine. */
export class SimulatedTask extends ServiceTask implements Readonly<SimulatedFields> {
  /** Whether its container would run now, also while the task stops. */
  public readonly isContainerRunning: boolean = false;
  /** Whether it listens on its port. */
  public readonly isListening: boolean = false;
  /** Whether it is a registered target. */
  public readonly isRegistered: boolean = false;
  /** When it was registered as a target: the start of its health check grace period. */
  public runningSinceSeconds = 0;
  /** When the load balancer sends its first health check. */
  public firstHealthCheckAtSeconds = 0;
  /** When its serving container started. */
  public containerStartedAtSeconds = 0;
  /** Whether the health check of its container has marked it for replacement: that of the load balancer does not again. */
  public isMarkedByContainer = false;
  /** Counts the changes of the result of its container's health checks. */
  public containerHealthChangeCount = 0;
  /** The CPU time that it has used for requests, without what its group of alike tasks has used since it joined it. */
  public requestCpuSeconds = 0;
  /** When its slow start began; undefined outside of slow start. */
  public readonly slowStartedAtSeconds: number | undefined;
  /** Whether it takes longer to respond than the health check timeout. */
  public readonly isOverloaded: boolean = false;
  /** Counts the changes of the result of its health checks, so that what was scheduled for an earlier result does not happen. */
  public healthChangeCount = 0;

  public override update(changes: Partial<SimulatedFields>): void {
    super.update(changes);
  }

  /** Whether it is billed. */
  public get isBilled(): boolean {
    return this.status !== 'PROVISIONING' && this.status !== 'STOPPED';
  }

  /** Whether a fault pauses it. */
  public get isPaused(): boolean {
    return this.pauseFaultCount > 0;
  }

  /** Whether a health check would fail now. */
  public get failsHealthChecks(): boolean {
    return !this.isListening || this.isPaused || this.healthCheckFaultCount > 0 || this.isOverloaded;
  }
}
