import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerMeasurement } from '../../src/servers/known-server';
import type { Recipe } from './recipe';
import { RunningServer } from './running-server';

const MAX_IDLE_SECONDS = 80;
const MAX_EXIT_SECONDS = 35;
const UNDER_WAY_SECONDS = 0.7;

/** What the probe sees of a server: the cells of its row, except version and date. */
export type Probed = Omit<ServerMeasurement, 'variant' | 'version' | 'date'>;

/**
 * Measures a server with raw sockets and nothing of the command `check`: how long an idle connection stays open, what a long header gets, what
 * SIGTERM does to a request of 2 s, and whether it ends by SIGTERM as process 1 of a PID namespace.
 */
export async function probe(recipe: Recipe, folder: string, upstreamPort: number): Promise<Probed> {
  const start = (isProcessOne = false) => RunningServer.start(recipe, folder, upstreamPort, isProcessOne);
  const path = recipe.healthCheckPath ?? '/health';
  const [idle, stop, exit, processOne] = await Promise.all([
    start().then((server) => probeIdleAndHeader(server, path)),
    recipe.hasSlowPath === false ? undefined : start().then(probeRequestUnderWay),
    start().then((server) => probeExit(server, path)),
    start(true).then(probeProcessOne),
  ]);
  return { ...idle, completesRequests: stop, ...exit, endsAsProcessOne: processOne };
}

async function probeIdleAndHeader(server: RunningServer, path: string): Promise<Pick<Probed, 'idleSeconds' | 'header10KB'>> {
  try {
    const header10KB = await statusWithHeader(server.port, path, 10_000);
    const connection = await RawConnection.open(server.port);
    await connection.send(path);
    const answeredAtMillis = performance.now();
    const isClosed = await Promise.race([connection.closed.then(() => true), delay(1000 * MAX_IDLE_SECONDS, false)]);
    const seconds = (performance.now() - answeredAtMillis) / 1000;
    connection.close();
    if (!isClosed) return { idleSeconds: 'over 80', header10KB };
    return { idleSeconds: seconds < 0.5 ? 'each' : Math.round(10 * seconds) / 10, header10KB };
  } finally {
    server.kill();
  }
}

async function statusWithHeader(port: number, path: string, bytes: number): Promise<number | 'closed'> {
  const connection = await RawConnection.open(port);
  const text = await connection.send(path, `X-Long: ${'a'.repeat(bytes)}\r\n`);
  connection.close();
  const status = /^HTTP\/1\.\d (\d+)/.exec(text)?.[1];
  return status === undefined ? 'closed' : Number(status);
}

async function probeRequestUnderWay(server: RunningServer): Promise<boolean> {
  try {
    const connection = await RawConnection.open(server.port);
    let hasEnded = false;
    const response = connection.send('/slow').finally(() => {
      hasEnded = true;
    });
    await delay(1000 * UNDER_WAY_SECONDS);
    if (hasEnded) throw new Error('the request of 2 s had ended before SIGTERM was sent: is the machine too busy?');
    server.signal('SIGTERM');
    return /^HTTP\/1\.\d 200/.test(await response);
  } finally {
    server.kill();
  }
}

async function probeExit(server: RunningServer, path: string): Promise<Pick<Probed, 'exitSeconds' | 'exit'>> {
  try {
    const connection = await RawConnection.open(server.port);
    await connection.send(path);
    const sentAtMillis = performance.now();
    server.signal('SIGTERM');
    await server.waitForExit(MAX_EXIT_SECONDS);
    connection.close();
    if (server.exitedAtMillis === undefined) return {};
    const { exit } = server;
    return {
      exitSeconds: Math.round((server.exitedAtMillis - sentAtMillis) / 10) / 100,
      exit: typeof exit === 'number' ? exit : 'SIGTERM',
    };
  } finally {
    server.kill();
  }
}

async function probeProcessOne(server: RunningServer): Promise<boolean> {
  try {
    server.signal('SIGTERM');
    return await server.waitForExit(MAX_EXIT_SECONDS);
  } finally {
    server.kill();
  }
}

/** A connection whose bytes are read as they come. */
class RawConnection {
  public readonly closed: Promise<void>;
  private text = '';
  private onData: () => void = () => {};

  private constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.text += chunk;
      this.onData();
    });
    socket.on('error', () => {});
  }

  public static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawConnection(socket);
  }

  /** Sends a request, and returns the bytes of its response: until the body is complete, or the connection is closed. */
  public async send(path: string, headers = ''): Promise<string> {
    this.text = '';
    const complete = new Promise<void>((resolve) => {
      this.onData = () => isComplete(this.text) && resolve();
    });
    this.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    await Promise.race([complete, this.closed, delay(15_000)]);
    return this.text;
  }

  public close(): void {
    this.socket.destroy();
  }
}

/** Whether a response is complete by its length or its last chunk; one that ends with its connection never is. */
function isComplete(text: string): boolean {
  const [head, body] = [text.slice(0, text.indexOf('\r\n\r\n')), text.slice(text.indexOf('\r\n\r\n') + 4)];
  if (!text.includes('\r\n\r\n')) return false;
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) return body.length >= Number(length);
  return /^transfer-encoding: *chunked/im.test(head) && body.endsWith('0\r\n\r\n');
}
