import { setTimeout as delay } from 'node:timers/promises';
import type { LocalTask } from '../fleet/local-task';
import { LoadGenerator } from '../load-generator/load-generator';
import type { ProgressListener } from '../progress-step';
import { SLOW_RESPONSE_SECONDS } from '../rehearsal-traffic';
import { findHighestRate, type HighestRate } from './find-limit';
import { type LoadMeasurement, LoadMeter } from './load-meter';
import { MachineUseMeter } from './machine-use';
import { MeasurementError } from './measurement-error';
import { unusualResponses } from './probe-paths';
import type { LoadLevel, MeasuredLimit, MeasurementSchedule, TaskMeasurements } from './task-measurements';
import { cpuSecondsPerRequest, type WarmUp, warmUpUntilSettled } from './warm-up';

/** Enough users to keep a task busy, without a long queue, and without more new connections at once than a small task can accept. */
const FIRST_USERS_PER_TASK = 16;

/** If a request only computes, one user is served while the other waits. */
const MIN_USERS_PER_TASK = 2;

/** The time until the traffic has changed from one load to the next, if requests are fast. */
const MIN_LOAD_CHANGE_SECONDS = 0.2;

/** A load with fewer expected responses is skipped: the result would be random. */
const MIN_EXPECTED_RESPONSES = 2;

/** How often a single user is measured again whose responses get faster: the first ones of a program that has just been started are slow. */
const MAX_SINGLE_USER_MEASUREMENTS = 5;

/** A single user whose latency is above this share of the one before is not measured again. */
const STEADY_LATENCY_SHARE = 0.7;

/** If a request at the limit costs less than this share of one after the warm-up, the loads are measured once more. */
const CHEAPER_SHARE = 0.8;

/** Tasks behind a load balancer, or one that gets its requests straight, and the requested paths. */
export interface MeasuredTasks {
  readonly tasks: readonly LocalTask[];
  /** The vCPU of each task. */
  readonly vcpu: number;
  readonly url: string;
  /** Sent with each request, each with its line end. */
  readonly headers?: string;
  readonly paths: readonly string[];
  /** Rejects when a task or the supervisor exits. */
  readonly exited: Promise<never>;
}

/**
 * Warms tasks up until the cost of a request has settled, measures them without requests and at shares of their maximum throughput, so
 * that slow and fast services are measured alike, and then their limit.
 *
 * @throws MeasurementError if a task does not respond, or not often enough.
 */
export async function measureTasks(
  measuredTasks: MeasuredTasks,
  schedule: MeasurementSchedule,
  onProgress: ProgressListener = () => {},
): Promise<TaskMeasurements> {
  const { url, paths, headers } = measuredTasks;
  const generator = await LoadGenerator.start({ url, paths, headers });
  const run = new MeasurementRun(measuredTasks, schedule, generator, onProgress);
  try {
    return await Promise.race([run.measure(), measuredTasks.exited]);
  } finally {
    run.stop();
    await generator.stop();
  }
}

class MeasurementRun {
  private readonly loadMeter: LoadMeter;

  public constructor(
    private readonly measuredTasks: MeasuredTasks,
    private readonly schedule: MeasurementSchedule,
    private readonly generator: LoadGenerator,
    private readonly onProgress: ProgressListener,
  ) {
    this.loadMeter = new LoadMeter(measuredTasks.tasks, generator);
  }

  public async measure(): Promise<TaskMeasurements> {
    this.report('warming up');
    const { url, paths } = this.measuredTasks;
    const unusual = await unusualResponses(url, paths, this.schedule.maxSecondsPerLoad);
    const singleUser = await this.measureSingleUser();
    const warmUp = await this.warmUp(singleUser);
    this.report('looking for the highest rate');
    let highest = (await this.findHighestRate(singleUser)) ?? { usersPerTask: MIN_USERS_PER_TASK, measurement: singleUser };
    const idleVcpu = await this.measureIdle();
    let points = await this.measureLevels(highest, singleUser);
    let limit = await this.measureLimit(highest);
    if (!isSlow(singleUser) && hasBecomeCheaper(highest.measurement, limit.measurement)) {
      highest = limit;
      points = await this.measureLevels(highest, singleUser);
      limit = await this.measureLimit(highest);
    }
    // for a very slow service, the limit is one of the few points with enough responses.
    if (points.length < 2) points.push(limit.measurement);
    return {
      unusualResponses: unusual,
      warmUp,
      idleVcpu,
      points: points.sort((one, other) => one.requestsPerSecond - other.requestsPerSecond),
      limit,
      singleUserLatencySeconds: singleUser.latencySeconds,
      isSlow: isSlow(singleUser),
    };
  }

  /** Stops reporting, sending and waiting. */
  public stop(): void {
    this.loadMeter.stop();
  }

  /** Measures the requests of a single user, until they do not get much faster. */
  private async measureSingleUser(): Promise<LoadMeasurement> {
    this.setUsers(1, 0);
    const maxSeconds = 2 * this.schedule.maxSecondsPerLoad;
    const measureOnce = () => this.loadMeter.measure({ minSeconds: 0, maxSeconds, minResponses: 1 });
    let latest = await measureOnce();
    if (latest === undefined) throw this.noResponseError();
    for (let count = 1; isSlow(latest) && count < MAX_SINGLE_USER_MEASUREMENTS; count++) {
      const next: LoadMeasurement | undefined = await measureOnce();
      if (next === undefined || next.latencySeconds > STEADY_LATENCY_SHARE * latest.latencySeconds) break;
      latest = next;
    }
    return latest;
  }

  /** Requests that compute or wait for long are measured when they come: there is no just-in-time compiler to wait for in seconds. */
  private warmUp(singleUser: LoadMeasurement): Promise<WarmUp> {
    const { warmUp, maxSecondsPerLoad } = this.schedule;
    this.setUsers(this.busyUsersPerTask(singleUser), 0);
    const limits = isSlow(singleUser) ? { ...warmUp, maxSeconds: Math.min(warmUp.maxSeconds, maxSecondsPerLoad) } : warmUp;
    const measure = () => this.loadMeter.measure({ minSeconds: warmUp.windowSeconds, maxSeconds: maxSecondsPerLoad });
    return warmUpUntilSettled(measure, limits);
  }

  private async findHighestRate(singleUser: LoadMeasurement): Promise<HighestRate | undefined> {
    const { warmUp, searchSeconds, maxSecondsPerLoad } = this.schedule;
    const usersPerTask = this.busyUsersPerTask(singleUser);
    const measureUsers = async (users: number): Promise<LoadMeasurement | undefined> => {
      this.setUsers(users, 0);
      return this.loadMeter.measure({ minSeconds: warmUp.windowSeconds, maxSeconds: maxSecondsPerLoad });
    };
    const { vcpu } = this.measuredTasks;
    const highest = await findHighestRate({ usersPerTask, vcpu, maxSeconds: searchSeconds, measureUsers });
    if (highest === undefined && !isSlow(singleUser)) throw this.noResponseError();
    return highest;
  }

  private async measureIdle(): Promise<number> {
    const { idleSeconds } = this.schedule;
    this.setUsers(0, 0);
    return this.loadMeter.measureIdle(idleSeconds);
  }

  private async measureLevels(highest: HighestRate, singleUser: LoadMeasurement): Promise<LoadMeasurement[]> {
    const points: LoadMeasurement[] = [];
    for (const level of this.schedule.levels) points.push(...(await this.measureAt(level, highest, singleUser)));
    return points;
  }

  /** Measures at one load. Empty if there would be too few responses. */
  private async measureAt(
    { shareOfMaxThroughput, minSeconds }: LoadLevel,
    { usersPerTask, measurement }: HighestRate,
    { latencySeconds }: LoadMeasurement,
  ): Promise<LoadMeasurement[]> {
    const { maxSecondsPerLoad } = this.schedule;
    const requestsPerSecond = shareOfMaxThroughput * measurement.requestsPerSecond;
    if (requestsPerSecond * this.measuredTasks.tasks.length * maxSecondsPerLoad < MIN_EXPECTED_RESPONSES) return [];
    this.report(`measuring at ${Math.round(100 * shareOfMaxThroughput)} % of it`);
    this.replaceUsers(usersPerTask, Math.max(0, usersPerTask / requestsPerSecond - latencySeconds));
    const changeSeconds = Math.min(maxSecondsPerLoad / 3, Math.max(MIN_LOAD_CHANGE_SECONDS, latencySeconds));
    await delay(changeSeconds * 1000, undefined, { ref: false });
    const point = await this.loadMeter.measure({ minSeconds, maxSeconds: Math.max(minSeconds, maxSecondsPerLoad - changeSeconds) });
    return point === undefined ? [] : [point];
  }

  private async measureLimit(highest: HighestRate): Promise<MeasuredLimit> {
    const { limitSeconds, maxSecondsPerLoad } = this.schedule;
    this.report('measuring the limit');
    this.setUsers(highest.usersPerTask, 0);
    await delay(MIN_LOAD_CHANGE_SECONDS * 1000, undefined, { ref: false });
    const meter = new MachineUseMeter(this.generator);
    const atLimit = await this.loadMeter.measure({ minSeconds: limitSeconds, maxSeconds: Math.max(limitSeconds, maxSecondsPerLoad) });
    return { ...highest, measurement: atLimit ?? highest.measurement, machine: meter.take() };
  }

  /** The number of users that keep a task busy: few if a request mostly computes, many if it mostly waits. */
  private busyUsersPerTask(singleUser: LoadMeasurement): number {
    if (!isSlow(singleUser)) return FIRST_USERS_PER_TASK;
    const busyShare = Math.max(singleUser.usedVcpu / this.measuredTasks.vcpu, MIN_USERS_PER_TASK / FIRST_USERS_PER_TASK);
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
    const seconds = 2 * this.schedule.maxSecondsPerLoad;
    const [path] = this.measuredTasks.paths;
    return new MeasurementError(`no second response from ${path} in ${seconds} seconds`, [
      `a task must respond twice within ${seconds} seconds to be measured, got no second response from ${path}: ` +
        'give it more CPU with --set cpu=…, or give a lighter --path',
    ]);
  }
}

/** Whether tasks got faster while the loads were measured, since their just-in-time compiler had not finished. */
function hasBecomeCheaper(before: LoadMeasurement, after: LoadMeasurement): boolean {
  return cpuSecondsPerRequest(after) < CHEAPER_SHARE * cpuSecondsPerRequest(before);
}

function isSlow(singleUser: LoadMeasurement): boolean {
  return singleUser.latencySeconds > SLOW_RESPONSE_SECONDS;
}
