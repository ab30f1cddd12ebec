import { setTimeout as delay } from 'node:timers/promises';
import { type RequestOutcome, TaskConnection } from './task-connection';

/** Few: a server that gives each connection a thread or a process must not run out of them, which another check tests. */
const KEPT_CONNECTIONS = 4;

/** The pause between two requests of a client: connections of a load balancer are idle most of the time. */
const PAUSE_MILLIS = 25;

const REQUEST_TIMEOUT_SECONDS = 10;

/** HTTP clients that pause between requests: some keep their connections, one opens a new connection for each request. */
export class PacedClients {
  public readonly outcomes: RequestOutcome[] = [];
  private readonly connections = new Set<TaskConnection>();
  private readonly allEnded: Promise<unknown>;
  private isClosing = false;

  public constructor(
    private readonly port: number,
    private readonly paths: readonly string[],
  ) {
    this.allEnded = Promise.all(Array.from({ length: KEPT_CONNECTIONS + 1 }, (_, index) => this.sendRequests(index)));
  }

  /** Sends no more requests, and waits for those in flight. */
  public async close(): Promise<void> {
    this.isClosing = true;
    await this.allEnded;
    for (const connection of this.connections) connection.close();
  }

  private async sendRequests(clientIndex: number): Promise<void> {
    let connection: TaskConnection | undefined;
    for (let pathIndex = clientIndex; !this.isClosing; pathIndex++) {
      if (connection?.isUsable !== true) connection = this.open();
      this.outcomes.push(await connection.request(this.paths[pathIndex % this.paths.length]!, REQUEST_TIMEOUT_SECONDS));
      if (clientIndex === KEPT_CONNECTIONS || connection.announcesClose) {
        this.connections.delete(connection);
        connection.close();
        connection = undefined;
      }
      await delay(PAUSE_MILLIS);
    }
  }

  private open(): TaskConnection {
    const connection = new TaskConnection(this.port);
    this.connections.add(connection);
    return connection;
  }
}
