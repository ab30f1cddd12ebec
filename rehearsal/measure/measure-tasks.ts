import { setTimeout as delay } from 'node:timers/promises';
import type { LocalTask } from '../fleet/local-task';
import { LoadGenerator } from '../load-generator/load-generator';
import type { ProgressListener } from '../progress-step';
import { SLOW_RESPONSE_SECONDS, WARM_UP_SECONDS } from '../rehearsal-traffic';
import { type LoadMeasurement, LoadMeter } from './load-meter';
import { MeasurementError } from './measurement-error';

/** Enough users to keep a task busy, without a long queue, and without more new connections at once than a small task can accept. */
const MAX_USERS_PER_TASK = 16;

/** If a request only computes, one user is served while the other waits. */
const MIN_USERS_PER_TASK = 2;

const MAX_THROUGHPUT_MEASUREMENT_SECONDS = 2;

/** The time until the traffic has changed from one load to the next, if requests are fast. */
const MIN_LOAD_CHANGE_SECONDS = 0.2;

/** A load with fewer expected responses is skipped: the result would be random. */
const MIN_EXPECTED_RESPONSES = 2;

/** A load at which tasks are measured. */
export interface LoadLevel {
  /** The rate, as a share of the maximum throughput of the tasks. */
  readonly shareOfMaxThroughput: number;
  /** The minimum duration on the wall clock. With few responses it takes longer. */
  readonly minSeconds: number;
}

/** The measurements of tasks. */
export interface TaskMeasurements {
  /** With users that send requests without a pause. */
  readonly atMaxThroughput: LoadMeasurement;
  /** At each load, from the lowest rate to the highest. */
  readonly points: readonly LoadMeasurement[];
  /** The latency of a single user. */
  readonly singleUserLatencySeconds: number;
  /** Whether requests are so slow, even with a single user, that measurements have to wait for the responses. */
  readonly isSlow: boolean;
}

/** Tasks behind a load balancer, and the requested paths. */
export interface MeasuredTasks {
  readonly tasks: readonly LocalTask[];
  /** The vCPU of each task. */
  readonly vcpu: number;
  readonly url: string;
  readonly paths: readonly string[];
  /** How long to wait for responses at each load, on the wall clock. */
  readonly maxSecondsPerLoad: number;
  /** Rejects when a task or the supervisor exits. */
  readonly exited: Promise<never>;
}

/**
 * Measures the maximum throughput of tasks, then their CPU and latency at shares of it, so that slow and fast services are measured
 * alike.
 *
 * @throws MeasurementError if a task does not respond, or not often enough.
 */
export async function measureTasks(
  measuredTasks: MeasuredTasks,
  levels: readonly LoadLevel[],
  onProgress: ProgressListener = () => {},
): Promise<TaskMeasurements> {
  const generator = await LoadGenerator.start({ url: measuredTasks.url, paths: measuredTasks.paths });
  const run = new MeasurementRun(measuredTasks, generator, onProgress);
  try {
    return await Promise.race([run.measure(levels), measuredTasks.exited]);
  } finally {
    run.stop();
    await generator.stop();
  }
}

class MeasurementRun {
  private readonly loadMeter: LoadMeter;

  public constructor(
    private readonly measuredTasks: MeasuredTasks,
    private readonly generator: LoadGenerator,
    private readonly onProgress: ProgressListener,
  ) {
    this.loadMeter = new LoadMeter(measuredTasks.tasks, generator);
  }

  public async measure(levels: readonly LoadLevel[]): Promise<TaskMeasurements> {
    const singleUser = await this.warmUp();
    const atMaxThroughput = await this.measureMaxThroughput(singleUser);
    const points: LoadMeasurement[] = [];
    for (const level of levels) points.push(...(await this.measureAt(level, atMaxThroughput, singleUser)));
    // for a very slow service, the maximum throughput is one of the few points with enough responses.
    if (points.length < 2) points.push(atMaxThroughput);
    return {
      atMaxThroughput,
      points: points.sort((one, other) => one.requestsPerSecond - other.requestsPerSecond),
      singleUserLatencySeconds: singleUser.latencySeconds,
      isSlow: isSlow(singleUser),
    };
  }

  /** Stops reporting, sending and waiting. */
  public stop(): void {
    this.loadMeter.stop();
  }

  /** Warms the tasks up, and measures the requests of a single user. */
  private async warmUp(): Promise<LoadMeasurement> {
    this.report('warming up');
    const startMillis = performance.now();
    this.setUsers(1, 0);
    const maxSeconds = 2 * this.measuredTasks.maxSecondsPerLoad;
    const singleUser = await this.loadMeter.measure({ minSeconds: 0, maxSeconds, minResponses: 1 });
    if (singleUser === undefined) throw this.noResponseError();
    this.setUsers(this.busyUsersPerTask(singleUser), 0);
    const elapsedSeconds = (performance.now() - startMillis) / 1000;
    await delay(1000 * Math.max(0, WARM_UP_SECONDS - elapsedSeconds), undefined, { ref: false });
    return singleUser;
  }

  private async measureMaxThroughput(singleUser: LoadMeasurement): Promise<LoadMeasurement> {
    this.report('measuring the maximum throughput');
    const { maxSecondsPerLoad } = this.measuredTasks;
    const measurement = await this.loadMeter.measure({ minSeconds: MAX_THROUGHPUT_MEASUREMENT_SECONDS, maxSeconds: maxSecondsPerLoad });
    if (measurement === undefined && !isSlow(singleUser)) throw this.noResponseError();
    return measurement ?? singleUser;
  }

  /** Measures at one load. Empty if there would be too few responses. */
  private async measureAt(
    { shareOfMaxThroughput, minSeconds }: LoadLevel,
    atMaxThroughput: LoadMeasurement,
    singleUser: LoadMeasurement,
  ): Promise<LoadMeasurement[]> {
    const { tasks, maxSecondsPerLoad } = this.measuredTasks;
    const requestsPerSecond = shareOfMaxThroughput * atMaxThroughput.requestsPerSecond;
    if (requestsPerSecond * tasks.length * maxSecondsPerLoad < MIN_EXPECTED_RESPONSES) return [];
    this.report(`measuring at ${Math.round(100 * shareOfMaxThroughput)} % of it`);
    const users = this.busyUsersPerTask(singleUser);
    const latencySeconds = isSlow(singleUser) ? singleUser.latencySeconds : 0;
    this.replaceUsers(users, Math.max(0, users / requestsPerSecond - latencySeconds));
    const changeSeconds = Math.min(maxSecondsPerLoad / 3, Math.max(MIN_LOAD_CHANGE_SECONDS, latencySeconds));
    await delay(changeSeconds * 1000, undefined, { ref: false });
    const measurement = await this.loadMeter.measure({ minSeconds, maxSeconds: Math.max(minSeconds, maxSecondsPerLoad - changeSeconds) });
    return measurement === undefined ? [] : [measurement];
  }

  /** The number of users that keep a task busy: few if a request mostly computes, many if it mostly waits. */
  private busyUsersPerTask(singleUser: LoadMeasurement): number {
    if (!isSlow(singleUser)) return MAX_USERS_PER_TASK;
    const busyShare = Math.max(singleUser.usedVcpu / this.measuredTasks.vcpu, MIN_USERS_PER_TASK / MAX_USERS_PER_TASK);
    return Math.max(MIN_USERS_PER_TASK, Math.ceil(MIN_USERS_PER_TASK / busyShare));
  }

  private setUsers(usersPerTask: number, thinkSeconds: number): void {
    const users = usersPerTask * this.measuredTasks.tasks.length;
    if (!this.loadMeter.isStopped) this.generator.setLoad({ kind: 'users', value: users, thinkSeconds });
  }

  /** New users begin at different moments of their think time; the old ones would all begin it at the same moment. */
  private replaceUsers(usersPerTask: number, thinkSeconds: number): void {
    this.setUsers(0, thinkSeconds);
    this.setUsers(usersPerTask, thinkSeconds);
  }

  private report(name: string): void {
    if (!this.loadMeter.isStopped) this.onProgress(() => ({ name, isReportedAtStart: true }));
  }

  private noResponseError(): MeasurementError {
    const { paths, maxSecondsPerLoad } = this.measuredTasks;
    const seconds = 2 * maxSecondsPerLoad;
    return new MeasurementError(`no second response from ${paths[0]} in ${seconds} seconds`, [
      `a task must respond twice within ${seconds} seconds to be measured, got no second response from ${paths[0]}: ` +
        'give it more CPU with --set cpu=…, or give a lighter --path',
    ]);
  }
}

function isSlow(singleUser: LoadMeasurement): boolean {
  return singleUser.latencySeconds > SLOW_RESPONSE_SECONDS;
}
