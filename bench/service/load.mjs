import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PATHS } from './queries.mjs';

const CONNECTIONS = 30;
const run = promisify(execFile);

/** Sends queries of a kind over 30 keep-alive connections; returns the number of responses and their latencies. */
export async function load(port, seconds, prefix, kind = 'popular') {
  return has('wrk') ? withWrk(port, seconds, prefix, kind) : withClosedLoop(port, seconds, prefix, kind);
}

export function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function withWrk(port, seconds, prefix, kind) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-service-'));
  const script = join(folder, 'terms.lua');
  const paths = JSON.stringify(PATHS[kind]).slice(1, -1);
  writeFileSync(
    script,
    `local paths, n = {${paths}}, 0\nrequest = function() n = n % #paths + 1; return wrk.format("GET", paths[n]) end\n`,
  );
  try {
    const command = [
      ...prefix,
      'wrk',
      '-t1',
      `-c${CONNECTIONS}`,
      `-d${Math.ceil(seconds)}s`,
      '--latency',
      '-s',
      script,
      `http://127.0.0.1:${port}`,
    ];
    return readWrk((await run(command[0], command.slice(1))).stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readWrk(text) {
  const errors = /Non-2xx.*: (\d+)/.exec(text)?.[1];
  if (errors) throw new Error(`every answer must be a success, got ${errors} others`);
  return { requests: Number(/(\d+) requests in/.exec(text)[1]), p50: percentile(text, 50), p99: percentile(text, 99) };
}

function percentile(text, percent) {
  const [, value, unit] = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s)`).exec(text);
  return Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit];
}

async function withClosedLoop(port, seconds, prefix, kind) {
  const script = fileURLToPath(new URL('closed-loop.mjs', import.meta.url));
  const command = [...prefix, process.execPath, script, String(port), String(seconds), String(CONNECTIONS), kind];
  return JSON.parse((await run(command[0], command.slice(1))).stdout);
}
