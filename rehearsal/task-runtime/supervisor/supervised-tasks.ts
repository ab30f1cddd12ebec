import { InputError } from '../../../src/parse/input-error';
import type { Cancel, Clock } from '../../../src/time/clock';
import { every } from '../../../src/time/clock';
import { CPU_PERIOD_SECONDS } from '../limits/cpu-quota';
import type { SupervisedTask, TaskStarter } from './supervised-task';
import type { SupervisorCommand, SupervisorEvent, TaskAction, TaskReport } from './supervisor-messages';

/** All tasks of one rehearsal, by their numbers. */
export class SupervisedTasks {
  private readonly tasks = new Map<number, SupervisedTask>();
  private readonly stopReports: Cancel;

  public constructor(
    clock: Clock,
    private readonly starter: TaskStarter,
    private readonly send: (event: SupervisorEvent) => void,
    /** Whether reports have all that a task writes. */
    private readonly capturesOutput = false,
  ) {
    this.stopReports = every(clock, { firstAtSeconds: CPU_PERIOD_SECONDS, periodSeconds: CPU_PERIOD_SECONDS }, () => this.report());
  }

  public handle(command: SupervisorCommand): void {
    const task = this.tasks.get(command.taskNumber);
    if (command.kind === 'run') this.run(command);
    else if (task !== undefined) apply(command, task);
  }

  /** Kills every task, and waits until the last one has exited. */
  public async kill(): Promise<void> {
    const exits = [...this.tasks.values()].map((task) => task.exited);
    this.sendKills();
    await Promise.all(exits);
    this.stopReports();
  }

  /** Kills every task and removes what was created for them, synchronously: a process that is exiting cannot wait for events. */
  public close(): void {
    this.sendKills();
    this.starter.close();
  }

  private sendKills(): void {
    for (const task of this.tasks.values()) task.kill();
  }

  private run({ taskNumber, launch, size }: Extract<SupervisorCommand, { kind: 'run' }>): void {
    this.starter.start(taskNumber, launch, size).then(
      (started) => this.add(taskNumber, started),
      (error: Error) =>
        this.send({ kind: 'not-started', taskNumber, errors: error instanceof InputError ? error.errors : [error.message] }),
    );
  }

  private add(taskNumber: number, task: SupervisedTask): void {
    this.tasks.set(taskNumber, task);
    this.send({ kind: 'started', taskNumber, processId: task.processId });
    task.exited.then((exit) => {
      this.tasks.delete(taskNumber);
      // the usage since the last periodic report.
      this.send({ kind: 'usage', tasks: [this.reportOf(taskNumber, task)] });
      this.send({ kind: 'exited', taskNumber, exit });
    });
  }

  private report(): void {
    if (this.tasks.size === 0) return;
    this.send({ kind: 'usage', tasks: [...this.tasks].map(([taskNumber, task]) => this.reportOf(taskNumber, task)) });
  }

  private reportOf(taskNumber: number, task: SupervisedTask): TaskReport {
    const newOutput = this.capturesOutput ? task.output.takeNew() : undefined;
    return {
      taskNumber,
      cpuSeconds: task.cpuSeconds(),
      memoryMiB: task.enforceMemoryLimit(),
      lastOutput: task.output.takeChange(),
      ...(newOutput !== undefined && { newOutput }),
    };
  }
}

function apply(command: Exclude<SupervisorCommand, { kind: 'run' }>, task: SupervisedTask): void {
  if (command.kind === 'stop') task.stop(command.stopTimeoutSeconds);
  else if (command.kind === 'set-speed') task.setRelativeSpeed(command.relativeSpeed, command.cpuShare);
  else ACTIONS[command.kind](task);
}

const ACTIONS: Readonly<Record<TaskAction, (task: SupervisedTask) => void>> = {
  kill: (task) => task.kill(),
  pause: (task) => task.pause(),
  unpause: (task) => task.unpause(),
  'exhaust-memory': (task) => task.exhaustMemory(),
};
