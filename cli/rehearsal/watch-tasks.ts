import { setTimeout as pass } from 'node:timers/promises';
import type { PhaseListener } from './phase';
import type { RehearsedTask } from './rehearsed-task';
import { TrafficSender } from './traffic/traffic-sender';
import { Unmeasurable } from './unmeasurable';
import { SLOW_SECONDS, WARM_UP_SECONDS } from './warm-up';
import { WatchedLoad, type WatchedPoint } from './watched-load';

/** Users that keep a task busy without a queue that would take long to empty. More would open more connections at once than a small task takes well. */
const MOST_USERS_PER_TASK = 16;

/** Of a task that computes for as long as a request takes, one user is served while the other waits. */
const LEAST_USERS_PER_TASK = 2;

const SATURATED_SECONDS = 2;

/** The time in which the traffic of one load turns into that of the next, where requests are quick. */
const TURN_SECONDS = 0.2;

/** A load that brings fewer answers in all of its time is left out: that would be chance. */
const LEAST_EXPECTED_ANSWERS = 2;

/** A load under which tasks are watched. */
export interface LoadLevel {
  /** Of the most requests per second that the tasks were seen to answer. */
  readonly share: number;
  /** On the wall clock, at least: where answers are few, it lasts until there were some. */
  readonly seconds: number;
}

/** What tasks were seen to do. */
export interface WatchedTasks {
  /** With users that never pause: what one stands, or all that this machine can make where that is less. */
  readonly saturated: WatchedPoint;
  /** From the lowest rate to the highest. */
  readonly points: readonly WatchedPoint[];
  /** What a lone user waits for an answer, where that is so long that it was waited for. */
  readonly loneLatencySeconds?: number;
}

/** What is watched: tasks behind a load balancer, and the paths that they are asked for. */
export interface Watched {
  readonly tasks: readonly RehearsedTask[];
  /** Of each of the tasks. */
  readonly vcpu: number;
  readonly url: string;
  readonly paths: readonly string[];
  /** How long answers are waited for at each load, on the wall clock. */
  readonly mostSecondsPerLoad: number;
  /** Rejects when there is nothing to be watched any more. */
  readonly ended: Promise<never>;
}

/**
 * Keeps tasks busy to find out what they stand, then watches them at shares of that, so that a slow service is
 * measured as well as a fast one.
 *
 * @throws Unmeasurable where a task does not answer, or not often enough.
 */
export async function watchTasks(watched: Watched, levels: readonly LoadLevel[], onPhase: PhaseListener = () => {}): Promise<WatchedTasks> {
  const sender = await TrafficSender.start({ url: watched.url, paths: watched.paths });
  const watch = new TaskWatch(watched, sender, onPhase);
  try {
    return await Promise.race([watch.run(levels), watched.ended]);
  } finally {
    watch.giveUp();
    await sender.stop();
  }
}

class TaskWatch {
  private readonly load: WatchedLoad;

  public constructor(
    private readonly watched: Watched,
    private readonly sender: TrafficSender,
    private readonly onPhase: PhaseListener,
  ) {
    this.load = new WatchedLoad(watched.tasks, sender);
  }

  public async run(levels: readonly LoadLevel[]): Promise<WatchedTasks> {
    const lone = await this.warmUp();
    const saturated = await this.saturate(lone);
    const points: WatchedPoint[] = [];
    for (const level of levels) points.push(...(await this.watchAt(level, saturated, lone)));
    // of a very slow service, what it stands is one of the few things that were seen often enough.
    if (points.length < 2) points.push(saturated);
    return {
      saturated,
      points: points.sort((one, other) => one.requestsPerSecond - other.requestsPerSecond),
      loneLatencySeconds: lone?.latencySeconds,
    };
  }

  /** Tells, sends and waits for nothing any more. */
  public giveUp(): void {
    this.load.giveUp();
  }

  /** Lets the runtime compile, and finds out whether requests are slow: undefined where they are not. */
  private async warmUp(): Promise<WatchedPoint | undefined> {
    this.tell('warming up');
    const beganMillis = performance.now();
    this.come(1, 0);
    const lone = await this.load.watch({ leastSeconds: 0, mostSeconds: 2 * this.watched.mostSecondsPerLoad, leastAnswers: 1 });
    if (lone === undefined) throw this.noAnswer();
    const slow = lone.latencySeconds > SLOW_SECONDS ? lone : undefined;
    this.come(this.usersFor(slow), 0);
    const lasted = (performance.now() - beganMillis) / 1000;
    await pass(1000 * Math.max(0, WARM_UP_SECONDS - lasted), undefined, { ref: false });
    return slow;
  }

  private async saturate(lone: WatchedPoint | undefined): Promise<WatchedPoint> {
    this.tell('finding what it stands');
    const saturated = await this.load.watch({ leastSeconds: SATURATED_SECONDS, mostSeconds: this.watched.mostSecondsPerLoad });
    if (saturated === undefined && lone === undefined) throw this.noAnswer();
    return saturated ?? lone!;
  }

  /** None where answers would be too few. */
  private async watchAt({ share, seconds }: LoadLevel, saturated: WatchedPoint, lone: WatchedPoint | undefined): Promise<WatchedPoint[]> {
    const { tasks, mostSecondsPerLoad } = this.watched;
    const requestsPerSecond = share * saturated.requestsPerSecond;
    if (requestsPerSecond * tasks.length * mostSecondsPerLoad < LEAST_EXPECTED_ANSWERS) return [];
    this.tell(`at ${Math.round(100 * share)} % of that`);
    const users = this.usersFor(lone);
    const loneSeconds = lone?.latencySeconds ?? 0;
    this.comeAnew(users, Math.max(0, users / requestsPerSecond - loneSeconds));
    const turnSeconds = Math.min(mostSecondsPerLoad / 3, Math.max(TURN_SECONDS, loneSeconds));
    await pass(turnSeconds * 1000, undefined, { ref: false });
    const seen = await this.load.watch({ leastSeconds: seconds, mostSeconds: Math.max(seconds, mostSecondsPerLoad - turnSeconds) });
    return seen === undefined ? [] : [seen];
  }

  /** So many as keep a task busy: few where a request computes for long, many where it waits for long. */
  private usersFor(lone: WatchedPoint | undefined): number {
    if (lone === undefined) return MOST_USERS_PER_TASK;
    const busyShare = Math.max(lone.cores / this.watched.vcpu, LEAST_USERS_PER_TASK / MOST_USERS_PER_TASK);
    return Math.max(LEAST_USERS_PER_TASK, Math.ceil(LEAST_USERS_PER_TASK / busyShare));
  }

  private come(usersPerTask: number, thinkSeconds: number): void {
    if (!this.load.isOver) this.sender.set({ kind: 'users', value: usersPerTask * this.watched.tasks.length, thinkSeconds });
  }

  /** Users who stay would all begin to think at the same moment; those who come are in the middle of it, each somewhere else. */
  private comeAnew(usersPerTask: number, thinkSeconds: number): void {
    this.come(0, thinkSeconds);
    this.come(usersPerTask, thinkSeconds);
  }

  private tell(name: string): void {
    if (!this.load.isOver) this.onPhase(() => ({ name, isNews: true }));
  }

  private noAnswer(): Unmeasurable {
    const { paths, mostSecondsPerLoad } = this.watched;
    const seconds = 2 * mostSecondsPerLoad;
    return new Unmeasurable(`no second answer from ${paths[0]} in ${seconds} seconds`, [
      `a task must answer twice within ${seconds} seconds to be measured, got no second answer from ${paths[0]}: ` +
        'give it more CPU with --set cpu=…, or name a lighter --path',
    ]);
  }
}
