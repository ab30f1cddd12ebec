import { completeIteration, iterationSeconds, type KnownIteration, waitsPerRequest } from './iteration';
import type { K6Fields } from './k6-fields';
import type { K6Segment } from './k6-segment';
import type { TrafficPhase } from './traffic-phases';

/** What the executors of one test share. */
export interface K6Test {
  readonly iteration: KnownIteration;
  readonly segment: K6Segment;
  readonly remarks: string[];
}

const COMMON_FIELDS = ['executor', 'startTime', 'gracefulStop', 'exec', 'env', 'tags', 'options'];
const RATE_FIELDS = ['timeUnit', 'preAllocatedVUs', 'maxVUs'];
const STAGE_FIELDS = ['duration', 'target'];

/** As long as iterations may take if nothing is said. */
const DEFAULT_MAX_SECONDS = 600;

interface Executor {
  /** The fields that k6 knows; it rejects others. */
  readonly fields: readonly string[];
  readonly phases: (name: string, fields: K6Fields, test: K6Test) => TrafficPhase[];
}

const EXECUTORS: Readonly<Record<string, Executor>> = {
  'ramping-vus': {
    fields: ['startVUs', 'stages', 'gracefulRampDown'],
    phases: (_, fields, test) => userRamps(readStages(fields, fields.count('startVUs', 0, 1)), test),
  },
  'constant-vus': {
    fields: ['vus', 'duration'],
    phases: (_, fields, test) => {
      const users = fields.count('vus', 1, 1);
      return userRamps([{ from: users, to: users, durationSeconds: fields.seconds('duration', 1) }], test);
    },
  },
  'ramping-arrival-rate': {
    fields: ['startRate', 'stages', ...RATE_FIELDS],
    phases: (name, fields, test) => rates(name, readStages(fields, fields.count('startRate', 0, 0)), fields, test),
  },
  'constant-arrival-rate': {
    fields: ['rate', 'duration', ...RATE_FIELDS],
    phases: (name, fields, test) => {
      const rate = fields.count('rate', 1);
      return rates(name, [{ from: rate, to: rate, durationSeconds: fields.seconds('duration', 1) }], fields, test);
    },
  },
  'shared-iterations': {
    fields: ['vus', 'iterations', 'maxDuration'],
    phases: (name, fields, test) => {
      const users = fields.count('vus', 1, 1);
      const iterations = fields.count('iterations', 1, 1);
      if (iterations < users) fields.addError(`iterations must be at least vus (${users}), got ${iterations} in ${name}`);
      const ownUsers = test.segment.count(users);
      return untilDone(name, users, ownUsers === 0 ? 0 : iterations / users, fields, test);
    },
  },
  'per-vu-iterations': {
    fields: ['vus', 'iterations', 'maxDuration'],
    phases: (name, fields, test) => untilDone(name, fields.count('vus', 1, 1), fields.count('iterations', 1, 1), fields, test),
  },
};

/** The names of the executors that can be read. */
export const EXECUTOR_NAMES: readonly string[] = Object.keys(EXECUTORS);

/** The fields that a scenario of any executor can have. */
export const SCENARIO_FIELDS: readonly string[] = [
  ...new Set([...COMMON_FIELDS, ...Object.values(EXECUTORS).flatMap(({ fields }) => fields)]),
];

/** The phases of a scenario of k6, from its start. */
export function phasesOfExecutor(executorName: string, name: string, fields: K6Fields, test: K6Test): TrafficPhase[] {
  const executor = Object.hasOwn(EXECUTORS, executorName) ? EXECUTORS[executorName] : undefined;
  if (executor === undefined) {
    const removed = executorName === 'externally-controlled' ? ', which k6 has removed in version 2: take constant-vus' : '';
    fields.addError(`${name} must have one of the executors ${EXECUTOR_NAMES.join(', ')}, got '${executorName.slice(0, 30)}'${removed}`);
    return [];
  }
  const allowed = [...COMMON_FIELDS, ...executor.fields];
  const unknown = [...fields.unknownNames, ...SCENARIO_FIELDS.filter((field) => fields.has(field) && !allowed.includes(field))];
  for (const field of unknown)
    fields.addError(`${name} must have only fields of ${executorName}, got '${field.slice(0, 30)}', which k6 rejects`);
  return executor.phases(name, fields, test);
}

/** One step of a k6 scenario, in the units of k6: virtual users, or iterations per time unit. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly durationSeconds: number;
}

/** A stage without a duration sets the value that the next stage starts from. */
function readStages(fields: K6Fields, start: number): Step[] {
  let from = start;
  return fields.objects('stages', STAGE_FIELDS).flatMap(({ fields: stage }) => {
    const step = { from, to: stage.count('target', 0), durationSeconds: stage.seconds('duration', 0) };
    from = step.to;
    return step.durationSeconds > 0 ? [step] : [];
  });
}

function userRamps(steps: readonly Step[], { iteration, segment }: K6Test): TrafficPhase[] {
  const parts = segment.share === 1 ? steps : steps.flatMap((step) => segmentOf(step, segment));
  return parts.map(({ from, to, durationSeconds }) => ({
    kind: 'users',
    from,
    to,
    ...waitsPerRequest(iteration),
    durationSeconds,
    ...(from === to ? {} : { isOneByOne: true }),
  }));
}

/** A ramp of one instance of several: until its first user changes, one by one from then on, and after its last one. */
function segmentOf({ from, to, durationSeconds }: Step, segment: K6Segment): Step[] {
  const [first, last] = [segment.count(from), segment.count(to)];
  const secondsPerUser = durationSeconds / Math.max(1, Math.abs(to - from));
  const direction = Math.sign(to - from);
  const changes = Array.from({ length: Math.abs(to - from) }, (_, index) => index + 1).filter(
    (index) => segment.count(from + direction * index) !== segment.count(from + direction * (index - 1)),
  );
  const [firstChange, lastChange] = [changes[0], changes.at(-1)];
  if (firstChange === undefined || lastChange === undefined) return [{ from: first, to: last, durationSeconds }];
  const afterFirst = first + direction;
  return [
    { from: first, to: first, durationSeconds: firstChange * secondsPerUser },
    { from: afterFirst, to: last, durationSeconds: (lastChange - firstChange) * secondsPerUser },
    { from: last, to: last, durationSeconds: durationSeconds - lastChange * secondsPerUser },
  ].filter((step) => step.durationSeconds > ROUNDING_SECONDS);
}

/** Shorter phases are rounding errors. */
const ROUNDING_SECONDS = 1e-6;

/** Each iteration of a rate needs a user of its own; if all are in use, iterations are dropped. */
function rates(name: string, steps: readonly Step[], fields: K6Fields, { iteration, segment, remarks }: K6Test): TrafficPhase[] {
  const preAllocated = fields.count('preAllocatedVUs', fields.has('maxVUs') ? 0 : 1);
  const maxUsersOfAll = fields.count('maxVUs', Math.max(1, preAllocated), Math.max(1, preAllocated));
  const maxUsers = segment.count(maxUsersOfAll);
  // k6 deals out iterations as it does the users that may run them: 8 of 30 users have 8 of 30 iterations, not a quarter.
  const factor = maxUsers / maxUsersOfAll / fields.seconds('timeUnit', 0.001, 1);
  const { requestsPerIteration, thinkSeconds, pacingSeconds = 0 } = completeIteration(iteration);
  const canBeLimited = thinkSeconds > 0 || pacingSeconds > 0;
  const limit = canBeLimited ? maxUsers / iterationSeconds(iteration) : Number.POSITIVE_INFINITY;
  const highest = factor * Math.max(...steps.map(({ from, to }) => Math.max(from, to)), 0);
  if (highest > limit)
    remarks.push(
      `${name} starts ${round(highest)} iterations per second, but its ${round(maxUsers)} users can do only about ${round(limit)}: k6 drops the others, and so does this traffic`,
    );
  return steps
    .flatMap(({ from, to, durationSeconds }) => clip({ from: from * factor, to: to * factor, durationSeconds }, limit))
    .map(({ from, to, durationSeconds }) => ({
      kind: 'rps',
      from: from * requestsPerIteration,
      to: to * requestsPerIteration,
      thinkSeconds: 0,
      durationSeconds,
    }));
}

/** A step of a rate up to a limit: a ramp that crosses it becomes two steps. */
function clip(step: Step, limit: number): Step[] {
  const { from, to, durationSeconds } = step;
  if (Math.max(from, to) <= limit) return [step];
  if (Math.min(from, to) >= limit) return [{ from: limit, to: limit, durationSeconds }];
  const crossSeconds = ((limit - from) / (to - from)) * durationSeconds;
  const before = { from: Math.min(from, limit), to: limit, durationSeconds: crossSeconds };
  return [before, { from: limit, to: Math.min(to, limit), durationSeconds: durationSeconds - crossSeconds }];
}

/** Users until their iterations are done, as long as that takes about. */
function untilDone(name: string, users: number, iterationsPerUser: number, fields: K6Fields, test: K6Test): TrafficPhase[] {
  const maxSeconds = fields.seconds('maxDuration', 1, DEFAULT_MAX_SECONDS);
  const seconds = iterationsPerUser * iterationSeconds(test.iteration);
  if (seconds === 0) {
    fields.addError(
      `${name} ends with its iterations, and how long they take is not known: give --think and --base-latency, or write the traffic as 'users ${users} for 1m'`,
    );
    return [];
  }
  const durationSeconds = Math.min(maxSeconds, Math.max(1, seconds));
  test.remarks.push(
    `${name} ends with its iterations: ${users} users take about ${round(durationSeconds)} s for ${round(iterationsPerUser)} each, ` +
      'with the sleep and the response time of an idle service',
  );
  // as many iterations as there are, also if they would take less than the second that traffic lasts at least.
  const pacingSeconds = seconds < 1 ? durationSeconds / iterationsPerUser : test.iteration.pacingSeconds;
  return userRamps([{ from: users, to: users, durationSeconds }], { ...test, iteration: { ...test.iteration, pacingSeconds } });
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
