import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** `/proc` counts CPU in ticks of this many seconds. */
const TICK_SECONDS = 0.01;

/** A server as a process of its own on a core of its own, with what the kernel knows of it. */
export class MeasuredProcess {
  static async start({ command, environment = {}, prefix = [] }) {
    const port = await freePort();
    const started = performance.now();
    const [file, ...rest] = [...prefix, ...command];
    const child = spawn(file, rest, { env: { ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1' }, stdio: 'ignore' });
    const measured = new MeasuredProcess(child, port);
    await measured.answers('/health');
    measured.startMilliseconds = performance.now() - started;
    return measured;
  }

  constructor(child, port) {
    this.child = child;
    this.port = port;
  }

  get cpuSeconds() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
  }

  /** At its peak, since the start. */
  get residentMegabytes() {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024;
  }

  async answers(path) {
    while (!(await isOk(this.port, path))) {
      if (this.child.exitCode !== null)
        throw new Error(`${this.child.spawnargs.join(' ')} must start, got exit code ${this.child.exitCode}`);
      await setTimeout(2);
    }
  }

  async stop() {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

function isOk(port, path) {
  return new Promise((resolve) => {
    get({ port, path, host: '127.0.0.1' }, (answer) => resolve(answer.resume().statusCode === 200)).on('error', () => resolve(false));
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
