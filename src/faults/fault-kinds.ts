/** A fault that affects single tasks: the oldest healthy ones. If there are fewer than `count`, all of them. */
interface TaskCount {
  readonly count: number;
}

interface FaultDuration {
  /** Above 0. */
  readonly durationSeconds: number;
}

interface SpeedReduction {
  /** The speed of the task as a share of what it was: at 0.5 a request takes twice the CPU. Above 0, at most 1. */
  readonly relativeSpeed: number;
}

interface AddedLatency {
  /** Added to the duration of each request, without using CPU. */
  readonly addedSeconds: number;
}

/** The fields of each kind of fault, besides `kind` and `atSeconds`. */
export interface FaultFields {
  'stop-task': TaskCount;
  'kill-task': TaskCount;
  'interrupt-spot': TaskCount;
  'pause-task': TaskCount & FaultDuration;
  'slow-task': TaskCount & FaultDuration & SpeedReduction;
  'exhaust-memory': TaskCount;
  'fail-health-check': TaskCount & FaultDuration;
  'crash-at-start': FaultDuration;
  'lose-zone': FaultDuration;
  deploy: unknown;
  'bad-deployment': unknown;
  'continue-deployment': unknown;
  'rollback-deployment': unknown;
  'slow-dependency': FaultDuration & AddedLatency;
}

/** The names of all faults. */
export type FaultKind = keyof FaultFields;

/** A fault of one kind. */
export type FaultOf<Kind extends FaultKind> = { readonly kind: Kind; readonly atSeconds: number } & FaultFields[Kind];

/** Something that goes wrong in a scenario, or is done to the service, and when. */
export type Fault = { [Kind in FaultKind]: FaultOf<Kind> }[FaultKind];

/** A fault that affects single tasks. */
export type TaskFault = Extract<Fault, TaskCount>;

/** All fields that a fault may have; those that its kind does not have are left out. */
export type AnyFault = { readonly kind: FaultKind; readonly atSeconds: number } & Partial<
  TaskCount & FaultDuration & SpeedReduction & AddedLatency
>;

/**
 * Validates the numbers of a fault; returns one error for each that is out of range.
 *
 * @param subject what the errors begin with.
 */
export function faultErrors(fault: Fault, subject: string = fault.kind): string[] {
  const { atSeconds, count, durationSeconds, relativeSpeed, addedSeconds }: AnyFault = fault;
  const rules: readonly (readonly [boolean, string])[] = [
    [atSeconds >= 0 && Number.isFinite(atSeconds), `begin at 0 seconds or later, got ${atSeconds}`],
    [isCount(count), `affect a whole number of at least 1 task, got ${count}`],
    [isAboveZero(durationSeconds), `last longer than 0 seconds, got ${durationSeconds}`],
    [isAboveZero(relativeSpeed) && !(relativeSpeed! > 1), `leave a share of the speed above 0 and at most 1, got ${relativeSpeed}`],
    [isAboveZero(addedSeconds), `add more than 0 seconds, got ${addedSeconds}`],
  ];
  return rules.filter(([isMet]) => !isMet).map(([, rule]) => `${subject} must ${rule}`);
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 1);
}

function isAboveZero(value: number | undefined): boolean {
  return value === undefined || (value > 0 && Number.isFinite(value));
}
