import { execFile, execFileSync, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { InputError } from '../../../src/parse/input-error';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import { removeOrphanedFolders } from '../process/owned-folder';
import { hasOwnerExited } from '../process/owner-id';
import type { TaskChild } from '../process/task-child';
import { withPort } from '../task-command';
import type { ContainerEngineName, TaskContainer } from '../task-container';
import { limitArguments, readHardLimits } from './podman-limits';

const execute = promisify(execFile);

/** A command of the engine that takes longer has failed. */
const TIMEOUT_MILLIS = 30_000;

/** A container engine, used through its command line. */
export class ContainerEngine {
  /** @throws InputError if it is not installed or not running. */
  public static async open(name: ContainerEngineName): Promise<ContainerEngine> {
    const engine = new ContainerEngine(name);
    try {
      await engine.run('info', '--format', '{{json .}}');
      return engine;
    } catch (error) {
      throw new InputError([formatUnavailable(name, error as Error & { code?: unknown; stderr?: string })]);
    }
  }

  public constructor(public readonly name: ContainerEngineName) {}

  /** The path of the engine's API socket; undefined if it is not a socket of this machine. */
  public async socketPath(): Promise<string | undefined> {
    const fromEnvironment = this.name === 'docker' ? process.env['DOCKER_HOST'] : undefined;
    const address = fromEnvironment ?? (await this.run(...SOCKET_COMMAND[this.name]).catch(() => ''));
    const path = address.replace(/^unix:\/\//, '');
    return path.startsWith('/') ? path : undefined;
  }

  /** Runs a command of the engine and returns what it prints. */
  public async run(...args: string[]): Promise<string> {
    const { stdout } = await execute(this.name, args, { timeout: TIMEOUT_MILLIS, maxBuffer: 2 ** 24 });
    return stdout.trim();
  }

  /** Whether a container exists and has not exited. */
  public async isRunning(name: string): Promise<boolean> {
    const state = await this.run('inspect', '--type', 'container', '--format', '{{.State.Running}}', name).catch(() => '');
    return state === 'true';
  }

  /** Starts a long-running command of the engine, in a folder for the files that it may leave. */
  public spawn(args: readonly string[], folder: string): TaskChild {
    // a Ctrl-C in the terminal must not reach it.
    return spawn(this.name, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Kills and removes a container, if it still exists. */
  public async remove(name: string): Promise<void> {
    await this.run(...this.removeArguments, name).catch(() => {});
  }

  /** Kills and removes the containers of a supervisor, synchronously. */
  public removeSync(owner: string): void {
    this.removeAll(this.idsSync(`${OWNER_LABEL}=${owner}`));
  }

  /** Kills and removes the orphaned containers and folders: those of supervisors that have exited without removing them. */
  public removeOrphans(): void {
    removeOrphanedFolders();
    const ids = this.idsSync(OWNER_LABEL);
    if (ids.length === 0) return;
    const lines = this.runSync('inspect', '--type', 'container', '--format', `{{.Id}} {{index .Config.Labels "${OWNER_LABEL}"}}`, ...ids);
    const labelled = lines.split('\n').map((line) => line.split(' '));
    this.removeAll(labelled.filter(([, owner]) => hasOwnerExited(owner ?? '')).map(([id]) => id!));
  }

  /** Docker kills a container at once; podman waits ten seconds first, unless `--time` is 0. */
  private get removeArguments(): readonly string[] {
    return this.name === 'podman' ? ['rm', '--force', '--volumes', '--time', '0'] : ['rm', '--force', '--volumes'];
  }

  private idsSync(label: string): string[] {
    return this.runSync('ps', '--all', '--quiet', '--filter', `label=${label}`).split('\n').filter(Boolean);
  }

  private removeAll(ids: readonly string[]): void {
    if (ids.length > 0) this.runSync(...this.removeArguments, ...ids);
  }

  /** Runs a command synchronously. Returns an empty string if it fails: a container may have been removed before. */
  private runSync(...args: string[]): string {
    try {
      return execFileSync(this.name, args, { timeout: TIMEOUT_MILLIS, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return '';
    }
  }
}

const SOCKET_COMMAND: Readonly<Record<ContainerEngineName, readonly string[]>> = {
  docker: ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'],
  podman: ['machine', 'inspect', '--format', '{{.ConnectionInfo.PodmanSocket.Path}}'],
};

const HOW_TO_START: Readonly<Record<ContainerEngineName, string>> = {
  docker: 'start it with Docker Desktop or `sudo systemctl start docker`',
  podman: 'check `podman info`; on macOS use `podman machine start`',
};

function formatUnavailable(name: ContainerEngineName, { code, stderr, message }: Error & { code?: unknown; stderr?: string }): string {
  const alternative = 'or use --runtime process, which needs no engine';
  if (code === 'ENOENT') return `--runtime ${name} needs ${name}, which is not on the PATH: install it, ${alternative}`;
  return `--runtime ${name} needs a running engine, and ${name} reports '${formatEngineError({ stderr, message })}': ${HOW_TO_START[name]}, ${alternative}`;
}

/** Docker prints this below every error of `run`. */
const HELP_LINE = /^(Run|See) 'docker .*--help'/;

/** The last line that an engine printed when a command failed, which says why. */
export function formatEngineError({ stderr, message }: { readonly stderr?: string; readonly message: string }): string {
  const lines = (stderr?.trim() || message.trim()).split('\n').filter((line) => line.trim() !== '');
  return lines.filter((line) => !HELP_LINE.test(line)).at(-1) ?? message;
}

/** The label with the owner of a container, which is the supervisor process that has created it. Orphaned containers are found by it. */
export const OWNER_LABEL = 'cdk-scalable-stateless-service.owner';

/** The name of a container, its owner, and the port at which it is reached. */
export interface ContainerIdentity {
  readonly name: string;
  readonly owner: string;
  /** A port of 127.0.0.1. */
  readonly port: number;
}

/** The arguments with which an engine's command runs a task in the foreground, limited to its size. */
export function runArguments(
  engine: ContainerEngineName,
  container: TaskContainer,
  size: TaskSize,
  { name, owner, port }: ContainerIdentity,
): string[] {
  const memory = `${size.memoryMiB}m`;
  const command = (container.command ?? []).map((word) => withPort(word, container.port));
  const [entryPoint, ...rest] = [...(container.entryPoint ?? []), ...command];
  const overridesEntryPoint = (container.entryPoint ?? []).length > 0;
  return [
    ...['run', '--name', name, '--label', `${OWNER_LABEL}=${owner}`],
    // a signal to the `docker run` command is not forwarded to the container; the rehearsal signals the container itself. The image is
    // on this machine already.
    ...['--sig-proxy=false', '--pull=never'],
    // ECS does not run the HEALTHCHECK of an image, only that of a container definition.
    '--no-healthcheck',
    // the same limit for memory and for memory with swap: no swap.
    ...['--cpus', String(vcpuOf(size)), '--memory', memory, '--memory-swap', memory],
    ...limitArguments(engine, readHardLimits()),
    ...['--publish', `127.0.0.1:${port}:${container.port}`],
    ...Object.entries({ ...container.environment, PORT: String(container.port) }).flatMap(([key, value]) => [
      '--env',
      `${key}=${withPort(value, container.port)}`,
    ]),
    ...permissionArguments(engine, container),
    ...(container.initProcessEnabled ? ['--init'] : []),
    ...(container.user === undefined ? [] : ['--user', container.user]),
    ...(container.workingDirectory === undefined ? [] : ['--workdir', container.workingDirectory]),
    ...(overridesEntryPoint ? ['--entrypoint', entryPoint!, container.image, ...rest] : [container.image, ...command]),
  ];
}

/** The arguments that set what a container may write to, and its Linux capabilities. */
function permissionArguments(engine: ContainerEngineName, container: TaskContainer): string[] {
  const { readonlyRootFilesystem, writableDirectories = [], droppedCapabilities = [] } = container;
  return [
    ...(readonlyRootFilesystem ? ['--read-only'] : []),
    // podman would mount writable folders over a read-only root, which ECS does not.
    ...(readonlyRootFilesystem && engine === 'podman' ? ['--read-only-tmpfs=false'] : []),
    // anonymous volumes, which are removed with the container.
    ...writableDirectories.flatMap((folder) => ['--volume', folder]),
    ...droppedCapabilities.flatMap((name) => ['--cap-drop', name]),
  ];
}
