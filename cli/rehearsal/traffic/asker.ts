import type { Dispatcher } from 'undici';
import { AWS_DEFAULTS } from '../../../src/plan/default-plan';
import { type FailureKind, failureKindOf } from '../../../src/scenario/failures';
import { type Connection, Connections } from '../connections';
import { failureInWords } from '../failure-in-words';
import type { TrafficRecord } from './traffic-record';

/** Requests that may wait for their answers at a time; what is asked beyond that fails at once. */
const MOST_AT_A_TIME = 10_000;

/** One request of a client. */
export interface Question {
  readonly path: string;
  /** From when on the answer is waited for; may lie before the moment in which the request is sent. */
  readonly sinceMillis: number;
  /** Called once. */
  readonly onOver: (isAnswered: boolean) => void;
}

/** Sends requests, and writes down how each of them fared. */
export class Asker {
  /** Why the last failed request failed, in words. */
  public lastFailure?: string;
  private readonly connections: Connections;
  private unanswered = 0;

  /** @param idleTimeoutSeconds how long an answer is waited for, and an idle connection kept. */
  public constructor(
    url: string,
    public readonly record: TrafficRecord,
    private readonly idleTimeoutSeconds: number = AWS_DEFAULTS.idleTimeoutSeconds,
  ) {
    this.connections = new Connections(url, idleTimeoutSeconds * 1000);
  }

  public ask(question: Question): void {
    this.record.question();
    if (this.connections.busyCount >= MOST_AT_A_TIME) this.fail(question, 'other', `client limit of ${MOST_AT_A_TIME} requests at a time`);
    else this.send(question, this.connections.take());
  }

  /** Waits until all requests are over, but not for longer than given; says how many had to be cut off, and so have failed. */
  public async finish(mostSeconds: number): Promise<number> {
    const timer = setTimeout(() => this.cutOff(), mostSeconds * 1000);
    await this.connections.whenIdle();
    clearTimeout(timer);
    this.cutOff();
    return this.unanswered;
  }

  private cutOff(): void {
    this.unanswered += this.connections.busyCount;
    this.connections.close();
  }

  private send(question: Question, connection: Connection): void {
    const answer = new Answer((statusCode, error) => {
      this.connections.give(connection);
      this.note(question, statusCode, error);
    });
    connection.send({ method: 'GET', path: question.path }, answer);
  }

  private note(question: Question, statusCode: number, error?: Error): void {
    if (error !== undefined) this.fail(question, 'other', failureInWords(error, this.idleTimeoutSeconds));
    else if (statusCode >= 500) this.fail(question, failureKindOf(statusCode), `GET ${question.path} answered ${statusCode}`);
    else this.succeed(question);
  }

  private succeed(question: Question): void {
    this.record.answer((performance.now() - question.sinceMillis) / 1000);
    question.onOver(true);
  }

  private fail(question: Question, kind: FailureKind, failure: string): void {
    this.record.failure(kind);
    this.lastFailure = failure;
    question.onOver(false);
  }
}

/** Waits for the last byte of an answer. */
class Answer implements Dispatcher.DispatchHandler {
  private statusCode = 0;

  public constructor(private readonly onOver: (statusCode: number, error?: Error) => void) {}

  /** Nothing is to be done, but by this method undici knows which of its two kinds of handler this is. */
  public onRequestStart(): void {}

  public onResponseStart(_controller: unknown, statusCode: number): void {
    this.statusCode = statusCode;
  }

  public onResponseData(): void {}

  public onResponseEnd(): void {
    this.onOver(this.statusCode);
  }

  public onResponseError(_controller: unknown, error: Error): void {
    this.onOver(this.statusCode, error);
  }
}
