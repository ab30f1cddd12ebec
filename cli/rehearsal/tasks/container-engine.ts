import { execFile, execFileSync, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { InvalidInput } from '../../../src/plan/invalid-input';
import type { TaskChild } from './confinement';
import { OWNER_LABEL } from './container-arguments';
import { sweepEngineFolders } from './engine-folder';
import { isOwnerGone } from './owner-name';
import type { ContainerEngineName } from './task-container';

const execute = promisify(execFile);

/** An engine that does not answer for so long is taken to be gone. */
const TIMEOUT_MILLIS = 30_000;

/** A container engine, spoken to by its command. */
export class ContainerEngine {
  /** @throws InvalidInput where there is none, or it does not run. */
  public static async open(name: ContainerEngineName): Promise<ContainerEngine> {
    const engine = new ContainerEngine(name);
    try {
      await engine.ask('info', '--format', '{{json .}}');
      return engine;
    } catch (error) {
      throw new InvalidInput([absence(name, error as Error & { code?: unknown; stderr?: string })]);
    }
  }

  public constructor(public readonly name: ContainerEngineName) {}

  /** The socket on which the engine answers, where it is one of this machine. */
  public async socketPath(): Promise<string | undefined> {
    const given = this.name === 'docker' ? process.env['DOCKER_HOST'] : undefined;
    const address = given ?? (await this.ask(...SOCKET_QUESTION[this.name]).catch(() => ''));
    const path = address.replace(/^unix:\/\//, '');
    return path.startsWith('/') ? path : undefined;
  }

  /** Runs a command of the engine and returns what it prints. */
  public async ask(...words: string[]): Promise<string> {
    const { stdout } = await execute(this.name, words, { timeout: TIMEOUT_MILLIS, maxBuffer: 2 ** 24 });
    return stdout.trim();
  }

  /** Whether a container is there and has not ended. */
  public async isRunning(name: string): Promise<boolean> {
    const words = await this.ask('inspect', '--type', 'container', '--format', '{{.State.Running}}', name).catch(() => '');
    return words === 'true';
  }

  /** Starts a command of the engine that stays, in a folder for what it may leave. */
  public spawn(words: readonly string[], folder: string): TaskChild {
    // a Ctrl-C in the terminal is not for it.
    return spawn(this.name, words, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Ends and removes a container, if it is still there. */
  public async remove(name: string): Promise<void> {
    await this.ask(...this.removal, name).catch(() => {});
  }

  /** Ends and removes the containers of an owner, without waiting for events. */
  public removeNow(owner: string): void {
    this.removeAll(this.idsNow(`${OWNER_LABEL}=${owner}`));
  }

  /** Ends and removes the containers of owners on this machine that have gone, and their folders. */
  public sweep(): void {
    sweepEngineFolders();
    const ids = this.idsNow(OWNER_LABEL);
    if (ids.length === 0) return;
    const lines = this.askNow('inspect', '--type', 'container', '--format', `{{.Id}} {{index .Config.Labels "${OWNER_LABEL}"}}`, ...ids);
    const left = lines.split('\n').map((line) => line.split(' '));
    this.removeAll(left.filter(([, owner]) => isOwnerGone(owner ?? '')).map(([id]) => id!));
  }

  /** Docker ends a container at once, podman waits ten seconds first unless told otherwise. */
  private get removal(): readonly string[] {
    return this.name === 'podman' ? ['rm', '--force', '--volumes', '--time', '0'] : ['rm', '--force', '--volumes'];
  }

  private idsNow(label: string): string[] {
    return this.askNow('ps', '--all', '--quiet', '--filter', `label=${label}`).split('\n').filter(Boolean);
  }

  private removeAll(ids: readonly string[]): void {
    if (ids.length > 0) this.askNow(...this.removal, ...ids);
  }

  /** Nothing where it fails: one that was removed meanwhile is no mistake. */
  private askNow(...words: string[]): string {
    try {
      return execFileSync(this.name, words, { timeout: TIMEOUT_MILLIS, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return '';
    }
  }
}

const SOCKET_QUESTION: Readonly<Record<ContainerEngineName, readonly string[]>> = {
  docker: ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'],
  podman: ['machine', 'inspect', '--format', '{{.ConnectionInfo.PodmanSocket.Path}}'],
};

const HOW_TO_START: Readonly<Record<ContainerEngineName, string>> = {
  docker: 'start it, which is Docker Desktop or `sudo systemctl start docker`',
  podman: 'make `podman info` work, on macOS by `podman machine start`',
};

function absence(name: ContainerEngineName, { code, stderr, message }: Error & { code?: unknown; stderr?: string }): string {
  const otherwise = 'or use --runtime process, which needs no engine';
  if (code === 'ENOENT') return `--runtime ${name} must be installed, got no program ${name} on the PATH: install it, ${otherwise}`;
  return `--runtime ${name} must have an engine that runs, got '${refusalInWords({ stderr, message })}': ${HOW_TO_START[name]}, ${otherwise}`;
}

/** The last line of what an engine said when it refused a command. */
export function refusalInWords({ stderr, message }: { readonly stderr?: string; readonly message: string }): string {
  return (stderr?.trim() || message.trim()).split('\n').at(-1)!;
}
