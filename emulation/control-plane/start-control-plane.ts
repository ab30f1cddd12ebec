import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ControlPlaneError } from './control-plane-error';
import { controlPlaneFiles } from './control-plane-files';
import { pythonEnvironment } from './python-environment';
import { findPython } from './python-interpreter';

/** A limit, not an expectation: the first start compiles what it imports. */
const START_SECONDS = 120;
const STOP_SECONDS = 10;
const KEPT_LOG_LINES = 20;

/** Where the control plane is installed, and to what it sends requests. */
export interface ControlPlaneOptions {
  /** The command's own folder. Python's packages, the code of functions and their modules are below it. */
  readonly cacheFolder: string;

  /** Where all requests to services are sent, so that what is in front of the control plane sees them. @default - the control plane itself */
  readonly frontUrl?: string;
  readonly onProgress: (message: string) => void;

  /** @default - lines that the control plane prints are kept only for errors */
  readonly onLog?: (line: string) => void;
}

/** A control plane that is running. */
export interface ControlPlane {
  /** On loopback, with a port that the system chose. */
  readonly url: string;
  readonly processId: number;

  /** Ends it with everything that it started. */
  stop(): Promise<void>;
}

/**
 * Installs the control plane on first use, starts it, and waits until it responds.
 *
 * It ends with this process, also when that is killed.
 *
 * @throws ControlPlaneError if Python is missing, or if the control plane cannot be installed or started.
 */
export async function startControlPlane({ cacheFolder, frontUrl, onProgress, onLog }: ControlPlaneOptions): Promise<ControlPlane> {
  const files = controlPlaneFiles();
  const folder = join(cacheFolder, 'control-plane');
  const python = await findPython();
  const executable = await pythonEnvironment({ python, cacheFolder: folder, requirements: join(files, 'requirements.txt'), onProgress });
  onProgress('starting the control plane');
  const options = [
    '--functions',
    join(folder, 'functions'),
    '--modules',
    join(folder, 'modules'),
    ...(frontUrl ? ['--front', frontUrl] : []),
  ];
  const child = spawn(executable, ['-m', 'control_plane', ...options], {
    cwd: files,
    // the end of its stdin is the end of this process.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment(folder),
  });
  // what is written to it when it has ended is of no interest.
  child.stdin.on('error', () => undefined);
  const log = keepLog(child, onLog);
  try {
    const url = await firstUrl(child, log);
    return { url, processId: child.pid!, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** The environment of this process without settings of AWS, which could lead the control plane to AWS itself. */
function environment(folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|MOTO_|PYTHON)/.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_CONFIG_FILE: join(folder, 'no-configuration'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    // the folder of the package may be read-only.
    PYTHONPYCACHEPREFIX: join(folder, 'compiled'),
    PYTHONUNBUFFERED: '1',
    // no page in a browser may call it.
    MOTO_DISABLE_GLOBAL_CORS: 'true',
  };
}

function keepLog(child: ChildProcessWithoutNullStreams, onLog?: (line: string) => void): string[] {
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > KEPT_LOG_LINES) lines.shift();
    onLog?.(line);
  });
  return lines;
}

async function firstUrl(child: ChildProcessWithoutNullStreams, log: readonly string[]): Promise<string> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), START_SECONDS * 1000);
  child.once('error', () => ended.abort());
  child.once('close', () => ended.abort());
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line', { signal: ended.signal });
    return JSON.parse(line).url;
  } catch {
    const reason = log.at(-1) ?? `it did not respond within ${START_SECONDS} seconds`;
    throw new ControlPlaneError(`the control plane did not start: ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.stdin.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000);
  await ended;
  clearTimeout(timer);
}
