import type { Fault, FaultFields, FaultKind, FaultOf, TaskFault } from './fault-kinds';

/** Ends an effect. Effects of the same kind stack: each undo ends one of them. */
export type Undo = () => void;

/** What a fault can do to one task. */
export interface TaskEffects {
  /** StopTask: SIGTERM, and SIGKILL after the stop timeout. */
  stop(): undefined;
  /** SIGKILL. */
  kill(): undefined;
  /** AWS takes the Spot capacity back: two minutes after its notice. */
  interruptSpot(): undefined;
  /** Fills the memory of the task until its container is killed (`OutOfMemoryError`). */
  exhaustMemory(): undefined;
  /** The task responds to nothing. */
  pause(): Undo;
  /** The task serves requests and fails its health checks. */
  failHealthChecks(): Undo;
  /** A request takes more CPU time: twice as much at a share of 0.5. */
  slow(relativeSpeed: number): Undo;
}

/** What a fault can do to the service as a whole. */
export interface ServiceEffects {
  /** Ends every task in the Availability Zone with the most tasks, and launches none there. */
  loseZone(): Undo;
  /** Each task that starts exits at once. */
  crashNewTasks(): Undo;
  /** Each request waits longer, without using CPU. */
  slowDependency(addedSeconds: number): Undo;
  /** Starts a deployment; the tasks of a bad one never become healthy. */
  deploy(isBad: boolean): undefined;
  /** Continues a deployment that is paused. */
  continueDeployment(): undefined;
  /** Rolls back a deployment that is paused or in progress. */
  rollBackDeployment(): undefined;
}

/** A key of the live view. */
interface Shortcut<Kind extends FaultKind> {
  readonly key: string;
  readonly label: string;
  /** The numbers of the fault that the key injects. */
  readonly fault: FaultFields[Kind];
}

interface FaultRow<Kind extends FaultKind> {
  /** The grammar of the fault. TASKS, SPEED, DELAY, TIME and DURATION are placeholders for its numbers. */
  readonly syntax: string;
  /** The fault as it is typed, for help and error messages. */
  readonly example: string;
  /**
   * The key of the live view that injects the fault.
   *
   * @default - none
   */
  readonly shortcut?: Shortcut<Kind>;
  /** Completes the sentence "1 task was …", or "SUBJECT was …" for a fault with a subject. */
  readonly effect: string;
  /** What the live view shows while the fault lasts; after a count of tasks, if the fault affects single tasks. */
  readonly ongoing?: string;
  /** Whether the event of the fault already reports the lost tasks, so that no `task-lost` event follows. */
  readonly reportsLostTasks?: boolean;
}

interface TaskFaultRow<Kind extends FaultKind> extends FaultRow<Kind> {
  readonly affects: 'task';
  /** Called for each affected task. */
  readonly apply: (effects: TaskEffects, fault: FaultOf<Kind>) => Undo | undefined;
}

interface ServiceFaultRow<Kind extends FaultKind> extends FaultRow<Kind> {
  readonly affects: 'zone' | 'deployment' | 'service';
  /** The subject of the sentence that `effect` completes. */
  readonly subject: string;
  readonly apply: (effects: ServiceEffects, fault: FaultOf<Kind>) => Undo | undefined;
}

type FaultRows = { readonly [Kind in FaultKind]: Kind extends TaskFault['kind'] ? TaskFaultRow<Kind> : ServiceFaultRow<Kind> };

/**
 * Every fault, with everything that is specific to it. Help, error messages and the keys of the live view list them in this order.
 *
 * The fault of a shortcut key affects one task for as long as it takes to see the reaction: a health check fails often enough in two
 * minutes for the task to be replaced, and a slow task appears in three of five datapoints of an alarm.
 */
export const FAULTS: FaultRows = {
  'stop-task': {
    syntax: 'stop TASKS at TIME',
    example: 'stop 1 at 10m',
    shortcut: { key: 's', label: 'stop', fault: { count: 1 } },
    effect: 'stopped',
    affects: 'task',
    reportsLostTasks: true,
    apply: (effects) => effects.stop(),
  },
  'kill-task': {
    syntax: 'kill TASKS at TIME',
    example: 'kill 2 at 10m',
    shortcut: { key: 'k', label: 'kill', fault: { count: 1 } },
    effect: 'killed',
    affects: 'task',
    reportsLostTasks: true,
    apply: (effects) => effects.kill(),
  },
  'interrupt-spot': {
    syntax: 'interrupt TASKS at TIME',
    example: 'interrupt 1 at 10m',
    effect: 'given notice that its Spot capacity is interrupted',
    affects: 'task',
    apply: (effects) => effects.interruptSpot(),
  },
  'pause-task': {
    syntax: 'pause TASKS at TIME for DURATION',
    example: 'pause 1 at 10m for 2m',
    shortcut: { key: 'p', label: 'pause', fault: { count: 1, durationSeconds: 120 } },
    effect: 'paused',
    ongoing: 'paused',
    affects: 'task',
    apply: (effects) => effects.pause(),
  },
  'slow-task': {
    syntax: 'slow TASKS to SPEED at TIME for DURATION',
    example: 'slow 1 to 50% at 10m for 2m',
    shortcut: { key: 'w', label: 'slow', fault: { count: 1, durationSeconds: 300, relativeSpeed: 0.5 } },
    effect: 'slowed',
    ongoing: 'slowed down',
    affects: 'task',
    apply: (effects, { relativeSpeed }) => effects.slow(relativeSpeed),
  },
  'exhaust-memory': {
    syntax: 'exhaust memory of TASKS at TIME',
    example: 'exhaust memory of 1 at 10m',
    shortcut: { key: 'm', label: 'memory', fault: { count: 1 } },
    effect: 'made to run out of memory',
    ongoing: 'filling its memory',
    affects: 'task',
    apply: (effects) => effects.exhaustMemory(),
  },
  'fail-health-check': {
    syntax: 'fail health checks of TASKS at TIME for DURATION',
    example: 'fail health checks of 1 at 10m for 2m',
    shortcut: { key: 'h', label: 'health', fault: { count: 1, durationSeconds: 120 } },
    effect: 'made to fail its health checks',
    ongoing: 'failing checks',
    affects: 'task',
    apply: (effects) => effects.failHealthChecks(),
  },
  'crash-at-start': {
    syntax: 'crash at start at TIME for DURATION',
    example: 'crash at start at 10m for 2m',
    shortcut: { key: 'c', label: 'crash', fault: { durationSeconds: 300 } },
    subject: 'every new task',
    effect: 'made to exit at start',
    ongoing: 'new tasks crash',
    affects: 'service',
    apply: (effects) => effects.crashNewTasks(),
  },
  'lose-zone': {
    syntax: 'lose zone at TIME for DURATION',
    example: 'lose zone at 10m for 30m',
    shortcut: { key: 'z', label: 'zone', fault: { durationSeconds: 600 } },
    subject: 'a zone',
    effect: 'lost',
    ongoing: 'a zone lost',
    affects: 'zone',
    reportsLostTasks: true,
    apply: (effects) => effects.loseZone(),
  },
  deploy: {
    syntax: 'deploy at TIME',
    example: 'deploy at 10m',
    shortcut: { key: 'd', label: 'deploy', fault: {} },
    subject: 'a deployment',
    effect: 'started',
    affects: 'deployment',
    apply: (effects) => effects.deploy(false),
  },
  'bad-deployment': {
    syntax: 'bad deploy at TIME',
    example: 'bad deploy at 10m',
    shortcut: { key: 'b', label: 'bad deploy', fault: {} },
    subject: 'a deployment whose tasks fail',
    effect: 'started',
    affects: 'deployment',
    apply: (effects) => effects.deploy(true),
  },
  'continue-deployment': {
    syntax: 'continue at TIME',
    example: 'continue at 12m',
    subject: 'a paused deployment',
    effect: 'continued',
    affects: 'deployment',
    apply: (effects) => effects.continueDeployment(),
  },
  'rollback-deployment': {
    syntax: 'rollback at TIME',
    example: 'rollback at 12m',
    subject: 'a deployment',
    effect: 'rolled back',
    affects: 'deployment',
    apply: (effects) => effects.rollBackDeployment(),
  },
  'slow-dependency': {
    syntax: 'slow dependency by DELAY at TIME for DURATION',
    example: 'slow dependency by 200ms at 10m for 2m',
    shortcut: { key: 'l', label: 'slow dependency', fault: { durationSeconds: 300, addedSeconds: 0.2 } },
    subject: 'a dependency',
    effect: 'slowed',
    ongoing: 'slow dependency',
    affects: 'service',
    apply: (effects, { addedSeconds }) => effects.slowDependency(addedSeconds),
  },
};

/** The fault that the live view injects when its shortcut key is pressed. */
export function shortcutFaultOf(kind: FaultKind, atSeconds: number): Fault {
  return { kind, atSeconds, ...(FAULTS[kind].shortcut?.fault as object) } as Fault;
}

/** Applies a fault to one of the tasks that it affects. */
export function applyToTask(fault: TaskFault, effects: TaskEffects): Undo | undefined {
  // TypeScript cannot see that `fault.kind` selects the matching row.
  return FAULTS[fault.kind].apply(effects, fault as never);
}

/** Applies a fault that does not affect single tasks. */
export function applyToService(fault: Exclude<Fault, TaskFault>, effects: ServiceEffects): Undo | undefined {
  return FAULTS[fault.kind].apply(effects, fault as never);
}

/** Whether a fault affects single tasks. */
export function isTaskFault(fault: Fault): fault is TaskFault {
  return FAULTS[fault.kind].affects === 'task';
}

/** The names of all faults, in the order of `FAULTS`. */
export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];
