/**
 * The time that `check` takes on several servers, and the CPU and the memory of the command itself:
 *
 *   npm run bundle && npx tsx bench/check-cost.ts [--thorough] [--folder <folder>] [node uvicorn puma nginx net-http …]
 *
 * Each server is checked twice: with all checks, and without those that need the load, which the command sends. The CPU of the second run is what it takes
 * beside the load. The supervisor and the task are not counted. With each run goes the longest wait between two results. Fails where a run takes longer than
 * 20 s, or 75 s with --thorough, more than 0.15 of a core beside the load, or more than 120 MB.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { has } from './http/running';
import { installServer, MEASURED_SERVERS, type MeasuredServer } from './measure/measured-servers';

const COMMAND = join(__dirname, '..', 'lib-cli', 'main.js');
const TICKS_PER_SECOND = 100;
const SAMPLE_MILLIS = 100;
const MAX_CORES = 0.15;
const MAX_MEMORY_MB = 120;
const BYTES_PER_KIBIBYTE = 1024;

/** The checks that need the load. */
const LOAD_CHECKS = ['responds under load', 'serves health checks under load', 'serves all kept connections', 'keeps memory stable'];

const NODE_SERVER = `const server = require('node:http').createServer((request, response) => response.end('hello')).listen(process.env.PORT);
server.keepAliveTimeout = 65_000;
process.once('SIGTERM', () => server.close());
`;

const NGINX_START = `#!/bin/sh
cat > nginx-$PORT.conf <<END
daemon off;
error_log /dev/stderr;
pid $PWD/nginx-$PORT.pid;
events {}
http {
  access_log off;
  keepalive_timeout 75s;
  client_body_temp_path $PWD/body;
  proxy_temp_path $PWD/proxy;
  fastcgi_temp_path $PWD/fastcgi;
  uwsgi_temp_path $PWD/uwsgi;
  scgi_temp_path $PWD/scgi;
  server {
    listen $PORT;
    location / { return 200 hello; }
  }
}
END
exec nginx -c $PWD/nginx-$PORT.conf
`;

const SERVERS: readonly MeasuredServer[] = [
  { name: 'node', needs: ['node'], files: { 'server.cjs': NODE_SERVER }, install: [], command: 'node server.cjs' },
  { name: 'nginx', needs: ['nginx'], files: { 'start.sh': NGINX_START }, install: [], command: 'sh start.sh' },
  ...MEASURED_SERVERS,
];

const DEFAULT_NAMES = ['node', 'uvicorn', 'puma', 'nginx', 'net-http'];

/** What one run took. */
interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memoryMB: number;
  readonly longestWait: string;
  readonly summary: string;
}

/** Runs `check` and watches its process. */
async function costOf(server: MeasuredServer, folder: string, options: readonly string[]): Promise<Cost> {
  const settings = (server.settings ?? []).flatMap((setting) => ['--set', setting]);
  const words = ['check', '--command', server.command, '--set', 'healthCheck.path=/', ...settings, ...options];
  const startedAtMillis = performance.now();
  const child = spawn(process.execPath, [COMMAND, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let lastAtMillis = startedAtMillis;
  let longest = { seconds: 0, line: '' };
  let summary = '';
  createInterface(child.stdout).on('line', (line) => {
    const seconds = (performance.now() - lastAtMillis) / 1000;
    if (seconds > longest.seconds) longest = { seconds, line };
    lastAtMillis = performance.now();
    if (/^\d+ ok/.test(line)) summary = line;
  });
  let usage = { cpuSeconds: 0, memoryMB: 0 };
  while (child.exitCode === null) {
    usage = usageOf(child.pid!) ?? usage;
    await Promise.race([exited, delay(SAMPLE_MILLIS)]);
  }
  const name = longest.line.trim().split(/ {2,}/)[1] ?? longest.line.trim();
  const seconds = (performance.now() - startedAtMillis) / 1000;
  return { ...usage, seconds, longestWait: `${longest.seconds.toFixed(1)} s for ${name}`, summary };
}

/** The CPU since its start and the highest memory of one process; undefined once it has exited. */
function usageOf(processId: number): { cpuSeconds: number; memoryMB: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peakKiB = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${processId}/status`, 'latin1'))?.[1];
    if (peakKiB === undefined) return undefined;
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuSeconds: ticks / TICKS_PER_SECOND, memoryMB: (Number(peakKiB) * BYTES_PER_KIBIBYTE) / 1e6 };
  } catch {
    return undefined;
  }
}

/** Checks a server both ways, prints its row, and returns whether it stays within the limits. */
async function benchServer(server: MeasuredServer, parent: string, isThorough: boolean): Promise<boolean> {
  const missing = server.needs.filter((program) => !has(program));
  if (missing.length > 0) {
    console.log(`skipped: ${server.name} needs ${missing.join(', ')}`);
    return true;
  }
  const folder = installServer(server, parent);
  const options = isThorough ? ['--thorough'] : [];
  const whole = await costOf(server, folder, options);
  const beside = await costOf(server, folder, [...options, ...LOAD_CHECKS.flatMap((name) => ['--skip', name])]);
  const [coresOfWhole, cores] = [whole, beside].map(({ cpuSeconds, seconds }) => cpuSeconds / seconds) as [number, number];
  const cells = [server.name, whole.seconds.toFixed(1), whole.longestWait, whole.summary, coresOfWhole.toFixed(2), cores.toFixed(2)];
  console.log(`| ${[...cells, whole.memoryMB.toFixed(0)].join(' | ')} |`);
  return whole.seconds <= (isThorough ? 75 : 20) && cores <= MAX_CORES && whole.memoryMB <= MAX_MEMORY_MB;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { thorough: { type: 'boolean', default: false }, folder: { type: 'string' } },
  });
  const parent = values.folder ?? mkdtempSync(join(tmpdir(), 'check-cost-'));
  mkdirSync(parent, { recursive: true });
  console.log('| server | seconds | longest wait | results | cores, load included | cores beside the load | MB |');
  console.log('|---|---|---|---|---|---|---|');
  for (const name of positionals.length > 0 ? positionals : DEFAULT_NAMES) {
    const server = SERVERS.find((candidate) => candidate.name === name);
    if (server === undefined) throw new Error(`the server must be one of ${SERVERS.map((known) => known.name).join(', ')}, got '${name}'`);
    if (!(await benchServer(server, parent, values.thorough))) process.exitCode = 1;
  }
  if (values.folder === undefined) rmSync(parent, { recursive: true, force: true });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
