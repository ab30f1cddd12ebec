/** What goes wrong in a scenario, or is done to it, and when. */
export type Fault =
  | TaskFault
  | { readonly kind: 'crash-at-start'; readonly atSeconds: number; readonly durationSeconds: number }
  | { readonly kind: 'lose-zone'; readonly atSeconds: number; readonly durationSeconds: number }
  | { readonly kind: 'deploy' | 'bad-deployment'; readonly atSeconds: number }
  | {
      readonly kind: 'slow-dependency';
      readonly atSeconds: number;
      readonly durationSeconds: number;
      /** What each request waits longer for, without using CPU. */
      readonly addedSeconds: number;
    };

/** A fault of some tasks: the oldest ones that serve. Where there are fewer than `count`, all of them. */
export type TaskFault =
  /** `stop-task` sends SIGTERM as StopTask does, `kill-task` SIGKILL, `fill-memory` lets ECS kill a task that is out of memory. */
  | { readonly kind: 'stop-task' | 'kill-task' | 'fill-memory'; readonly atSeconds: number; readonly count: number }
  /** `freeze-task` holds all its requests, `fail-health-check` serves on and fails its checks alone. */
  | {
      readonly kind: 'freeze-task' | 'fail-health-check';
      readonly atSeconds: number;
      readonly count: number;
      readonly durationSeconds: number;
    }
  | {
      readonly kind: 'slow-task';
      readonly atSeconds: number;
      readonly count: number;
      readonly durationSeconds: number;
      /** Its speed as a share of what it was: at 0.5 a request takes twice the CPU. Above 0, at most 1. */
      readonly speedShare: number;
    };

/** The names of all faults. */
export type FaultKind = Fault['kind'];

/** All fields that a fault may have; those that its kind does not have are left out. */
interface AnyFault {
  readonly kind: FaultKind;
  readonly atSeconds: number;
  readonly count?: number;
  readonly durationSeconds?: number;
  readonly speedShare?: number;
  readonly addedSeconds?: number;
}

/** Returns one sentence for each number of a fault that cannot be. */
export function faultMistakes(fault: Fault): string[] {
  const { kind, atSeconds, count, durationSeconds, speedShare, addedSeconds }: AnyFault = fault;
  const broken: readonly (readonly [boolean, string])[] = [
    [!(atSeconds >= 0 && Number.isFinite(atSeconds)), `come at 0 seconds or later, got ${atSeconds}`],
    [!isCount(count), `befall a whole number of at least 1 task, got ${count}`],
    [!isAboveZero(durationSeconds), `last longer than 0 seconds, got ${durationSeconds}`],
    [!isAboveZero(speedShare) || speedShare! > 1, `leave a share of the speed above 0 and at most 1, got ${speedShare}`],
    [!isAboveZero(addedSeconds), `add more than 0 seconds, got ${addedSeconds}`],
  ];
  return broken.filter(([isBroken]) => isBroken).map(([, rule]) => `${kind} must ${rule}`);
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 1);
}

function isAboveZero(value: number | undefined): boolean {
  return value === undefined || (value > 0 && Number.isFinite(value));
}

/** Whom a fault befalls, and what is done to them. */
const WORDS: Readonly<Record<FaultKind, { readonly whom: string; readonly done: string }>> = {
  'stop-task': { whom: 'tasks', done: 'stopped' },
  'kill-task': { whom: 'tasks', done: 'killed' },
  'fill-memory': { whom: 'tasks', done: 'made to run out of memory' },
  'freeze-task': { whom: 'tasks', done: 'frozen' },
  'fail-health-check': { whom: 'tasks', done: 'made to fail its health checks' },
  'slow-task': { whom: 'tasks', done: 'slowed' },
  'crash-at-start': { whom: 'every new task', done: 'made to end at its start' },
  'lose-zone': { whom: 'a zone', done: 'lost' },
  deploy: { whom: 'a deployment', done: 'started' },
  'bad-deployment': { whom: 'a deployment whose tasks fail', done: 'started' },
  'slow-dependency': { whom: 'a dependency', done: 'slowed' },
};

/** Says in a few words what a fault does: `1 task frozen for 60 s`. */
export function faultInWords(fault: Fault): string {
  const { kind, count }: AnyFault = fault;
  const whom = count === undefined ? WORDS[kind].whom : `${count} ${count === 1 ? 'task' : 'tasks'}`;
  return `${whom} ${doneBy(fault, count)}`;
}

/** Says in a few words what a fault has done, to so many tasks where it befell tasks: `1 task was frozen for 60 s`. */
export function faultAsDone(fault: Fault, taskCount: number): string {
  const { count }: AnyFault = fault;
  if (count === undefined) return `${WORDS[fault.kind].whom} was ${doneBy(fault)}`;
  const whom = taskCount === 1 ? '1 task was' : `${taskCount === 0 ? 'no' : taskCount} tasks were`;
  return `${whom} ${doneBy(fault, taskCount)}`;
}

function doneBy({ kind, durationSeconds, speedShare, addedSeconds }: AnyFault, taskCount = 1): string {
  const done = taskCount === 1 ? WORDS[kind].done : WORDS[kind].done.replace(' its ', ' their ');
  const how = speedShare === undefined ? '' : ` to ${Math.round(100 * speedShare)} % of the speed`;
  const added = addedSeconds === undefined ? '' : ` by ${addedSeconds} s a request`;
  const long = durationSeconds === undefined ? '' : ` for ${durationSeconds} s`;
  return `${done}${how}${added}${long}`;
}
