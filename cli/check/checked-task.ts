import { setTimeout as pass } from 'node:timers/promises';
import { request } from 'undici';
import type { Plan } from '../../src/plan/plan';
import { failureInWords } from '../rehearsal/failure-in-words';
import { exitInWords, type TaskExit } from '../rehearsal/tasks/task-exit';
import type { TaskProcess } from '../rehearsal/tasks/task-process';
import type { TaskRuntime } from '../rehearsal/tasks/task-runtime';
import type { ContainerImage } from './container-image';
import type { HeldConnection } from './held-connection';
import type { ImageOnEngine } from './image-on-engine';

/** What is checked, and how long that may take. */
export interface CheckParts {
  readonly plan: Plan;
  /** Where its program stands on this machine, if it runs from there. */
  readonly folder?: string;
  readonly paths: readonly string[];
  readonly image: ContainerImage;
  /** Left out where the task is a process. */
  readonly onEngine?: ImageOnEngine;
  /** Whether to wait for as long as the load balancer keeps an idle connection. */
  readonly isThorough: boolean;
}

/** The end of a task is heard of within so long, also on a machine that is busy. */
const NEWS_OF_END_MILLIS = 2000;

/** The one task that is checked, and what the checks before have made of it. */
export class CheckedTask {
  /** On the clock of file systems. */
  public readonly startedAtEpochMillis = Date.now();
  private readonly startedAtMillis = performance.now();
  /** Set once its port is open. */
  public isListening = false;
  /** Set once it has been healthy. */
  public isServing = false;
  /** Left alone from the moment in which the task is healthy. */
  public held?: HeldConnection;
  /** Set once it was asked to end. */
  public stop?: { readonly atMillis: number; readonly exit: Promise<TaskExit> };
  private end?: TaskExit & { readonly atMillis: number };

  private constructor(
    public readonly parts: CheckParts,
    public readonly process: TaskProcess,
  ) {
    void process.exited.then((exit) => {
      this.end = { ...exit, atMillis: performance.now() };
    });
  }

  public static async start(parts: CheckParts, runtime: TaskRuntime): Promise<CheckedTask> {
    return new CheckedTask(parts, await runtime.run());
  }

  public get port(): number {
    return this.process.port;
  }

  /** The port that it is told to open. */
  public get portInside(): number {
    return this.parts.onEngine === undefined ? this.port : this.plan.container.port;
  }

  public get plan(): Plan {
    return this.parts.plan;
  }

  public get hasEnded(): boolean {
    return this.end !== undefined;
  }

  /** Whether it was killed because it needed more memory than it has. */
  public get isOutOfMemory(): boolean {
    return this.end?.isOutOfMemory === true;
  }

  public get endedAtMillis(): number | undefined {
    return this.end?.atMillis;
  }

  /** Seconds since its start. */
  public get age(): number {
    return (performance.now() - this.startedAtMillis) / 1000;
  }

  /** How it ended, with its last words, for a reason of a finding. */
  public get endInWords(): string {
    if (this.end === undefined) return 'still runs';
    return `ended with ${exitInWords(this.end)}${lastLines(this.end.lastOutput)}`;
  }

  /** That nothing listens after so long, with its last words. */
  public silenceInWords(seconds: number): string {
    return `did not listen on port ${this.portInside}, which PORT names, within ${seconds} s${lastLines(this.process.lastOutput)}`;
  }

  /** Whether it has ended, asked after it gave no answer: one hears of the end of a task a moment later than of that of its connections. */
  public async hasDied(): Promise<boolean> {
    const waiting = new AbortController();
    await Promise.race([this.process.exited, pass(NEWS_OF_END_MILLIS, undefined, { signal: waiting.signal }).catch(() => {})]);
    waiting.abort();
    return this.hasEnded;
  }

  /** Asks for the health of the task, over a connection of its own. Says what is wrong, or nothing where the answer is 200. */
  public async healthFailure(): Promise<string | undefined> {
    const { path, timeoutSeconds } = this.plan.healthCheck;
    const answer = await this.get(path, timeoutSeconds);
    return answer === 200 ? undefined : answerInWords(path, answer);
  }

  /** Asks for a path: the status of the answer, or in words why there was none. */
  public async get(path: string, timeoutSeconds: number): Promise<number | string> {
    try {
      const { statusCode, body } = await request(`http://127.0.0.1:${this.port}${path}`, {
        headers: { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
        signal: AbortSignal.timeout(timeoutSeconds * 1000),
      });
      await body.dump();
      return statusCode;
    } catch (error) {
      return failureInWords(error as Error, timeoutSeconds);
    }
  }
}

const LINES_OF_OUTPUT = 3;

/** The last lines that it wrote, or the last that speaks of an error: what follows on one is where it came by. */
function lastLines(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const error = lines.filter((line) => /^\w*error\b/i.test(line)).at(-1);
  const words = error ?? lines.filter(Boolean).slice(-LINES_OF_OUTPUT).join(' | ');
  return words === '' ? '' : `; its last lines: ${words}`;
}

/** What a path was answered with: a status, or in words why there was no answer. */
export function answerInWords(path: string, answer: number | string): string {
  return typeof answer === 'number' ? `GET ${path} answered ${answer}` : `GET ${path}: ${answer}`;
}
