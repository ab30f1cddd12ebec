import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Recipe } from './recipe';

const START_SECONDS = 90;
const SETTLE_MILLIS = 3000;

/** The words, the folder, the environment and the files of a recipe, with or without its advice. */
export interface ServerCommand {
  readonly words: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stopSignal?: NodeJS.Signals;
}

/** Writes the files of a recipe for a port, and returns what to run. */
export function serverCommand(recipe: Recipe, folder: string, port: string, upstreamPort: number, isAdvised: boolean): ServerCommand {
  const fill = (text: string): string =>
    text.replaceAll('$PORT', port).replaceAll('$UPSTREAM', String(upstreamPort)).replaceAll('$FOLDER', folder);
  const files = isAdvised ? (recipe.advisedFiles ?? recipe.files) : recipe.files;
  for (const [name, text] of Object.entries(files ?? {})) writeFileSync(join(folder, fill(name)), fill(text));
  const advised = isAdvised ? recipe.advised : undefined;
  return {
    words: (advised?.command ?? recipe.command).map(fill),
    workingDirectory: workingDirectoryOf(recipe, folder),
    environment: Object.fromEntries(
      Object.entries({ ...recipe.environment, ...advised?.environment }).map(([name, value]) => [name, fill(value)]),
    ),
    stopSignal: advised?.stopSignal,
  };
}

function workingDirectoryOf({ name, installation, command }: Recipe, folder: string): string {
  if (installation.kind === 'pip') return join(folder, 'python');
  if (installation.kind === 'npm') return join(folder, 'node', name);
  const isRuby = ['puma', 'unicorn', 'thin', 'ruby'].includes(command[0]!);
  return installation.kind === 'debian' ? join(folder, isRuby ? 'ruby' : 'web') : folder;
}

/** A server that was started, outside a container or as process 1 of a PID namespace. */
export class RunningServer {
  public exitedAtMillis?: number;
  public exit?: number | NodeJS.Signals;

  private constructor(
    private readonly child: ChildProcess,
    public readonly port: number,
    private readonly isProcessOne: boolean,
  ) {
    child.once('exit', (code, signal) => {
      this.exitedAtMillis = performance.now();
      this.exit = signal ?? code ?? undefined;
    });
  }

  public static async start(recipe: Recipe, folder: string, upstreamPort: number, isProcessOne = false): Promise<RunningServer> {
    const port = await freePort();
    const { words, workingDirectory, environment } = serverCommand(recipe, folder, String(port), upstreamPort, false);
    const all = isProcessOne ? ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', ...words] : words;
    const env = { ...process.env, ...environment, PORT: String(port) };
    const child = spawn(all[0]!, all.slice(1), { cwd: workingDirectory, env, detached: true, stdio: 'ignore' });
    const server = new RunningServer(child, port, isProcessOne);
    await server.waitUntilListening();
    // some servers listen before they have installed their handlers.
    await delay(SETTLE_MILLIS);
    return server;
  }

  /** Sends a signal to the server, which is the child of `unshare` if it is process 1. */
  public signal(signal: NodeJS.Signals): void {
    const id = this.isProcessOne ? childOf(this.child.pid!) : this.child.pid!;
    process.kill(id, signal);
  }

  public async waitForExit(seconds: number): Promise<boolean> {
    const endsAtMillis = performance.now() + 1000 * seconds;
    while (this.exitedAtMillis === undefined && performance.now() < endsAtMillis) await delay(20);
    return this.exitedAtMillis !== undefined;
  }

  public kill(): void {
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch {
      // it has exited with all its processes.
    }
  }

  private async waitUntilListening(): Promise<void> {
    const endsAtMillis = performance.now() + 1000 * START_SECONDS;
    while (performance.now() < endsAtMillis) {
      if (this.exitedAtMillis !== undefined) throw new Error(`it ended with ${this.exit} before it listened`);
      if (await canConnect(this.port)) return;
      await delay(50);
    }
    this.kill();
    throw new Error(`it did not listen within ${START_SECONDS} s`);
  }
}

function childOf(parentId: number): number {
  return Number(readFileSync(`/proc/${parentId}/task/${parentId}/children`, 'latin1').trim().split(' ')[0]);
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const result = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'close').then(() => false)]).catch(() => false);
  socket.destroy();
  return result;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** What proxies pass requests on to: it takes 2 s for `/slow`. */
export async function startUpstream(): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createHttpServer((request, response) => {
    setTimeout(() => response.end('ok'), request.url === '/slow' ? 2000 : 0);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
