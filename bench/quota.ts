import { setTimeout as pass } from 'node:timers/promises';
import { Client } from 'undici';
import { waitUntilListening } from '../rehearsal/task-runtime/process/ports';
import type { TaskHandle } from '../rehearsal/task-runtime/task-runtime';
import { type RuntimeHere, runtimesHere } from './runtimes-here';

// The CPU that a busy task of 0.25 vCPU gets, by each runtime of this machine, in several rounds.
//
// npx projen bundle && npx tsx bench/quota.ts [rounds] [seconds]

const [ROUNDS, SECONDS] = [Number(process.argv[2] ?? 3), Number(process.argv[3] ?? 8)];
const VCPU = 0.25;
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 2;

/** A server that does the same work for each request, and reports the CPU time of its process. */
const SERVER = `
require('node:http').createServer(({ url }, answer) => {
  if (url === '/cpu') {
    const { user, system } = process.cpuUsage();
    return answer.end(JSON.stringify({ cpuSeconds: (user + system) / 1e6, atSeconds: performance.now() / 1e3 }));
  }
  let sum = 0;
  for (let step = 0; step < 200_000; step++) sum += Math.sqrt(step);
  answer.end(String(sum));
}).listen(process.env.PORT);
process.on('SIGTERM', () => process.exit());
`;

interface Result {
  readonly name: string;
  readonly share: number;
  /** As the runtime counts it. */
  readonly reportedShare: number;
  readonly requestsPerSecond: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
}

async function main(): Promise<void> {
  const runtimes = runtimesHere((line) => console.log(line));
  const results: Result[] = [];
  for (let round = 0; round < ROUNDS; round++) for (const runtime of runtimes) results.push(await measure(runtime));
  const rows = runtimes.map(({ name }) => middle(results.filter((result) => result.name === name)));
  const kernel = rows[0]!;
  console.log(
    `\n0.25 vCPU, ${CONNECTIONS} connections that never pause, ${ROUNDS} rounds of ${SECONDS} s, medians; ratios to ${kernel.name}\n`,
  );
  console.log('| runtime | share got | as reported | requests/s | ratio | p50 / p99 ms |\n|---|---|---|---|---|---|');
  for (const row of rows) console.log(line(row, kernel));
}

function line(row: Result, kernel: Result): string {
  const ratio = (row.requestsPerSecond / kernel.requestsPerSecond).toFixed(2);
  const shares = `${row.share.toFixed(3)} | ${row.reportedShare.toFixed(3)}`;
  return `| ${row.name} | ${shares} | ${row.requestsPerSecond.toFixed(0)} | ${ratio} | ${row.p50Millis.toFixed(1)} / ${row.p99Millis.toFixed(0)} |`;
}

async function measure({ name, start }: RuntimeHere): Promise<Result> {
  const runtime = await start(SERVER, { cpu: 1024 * VCPU, memoryMiB: 512 });
  try {
    const task = await runtime.run();
    await waitUntilListening(task.port, AbortSignal.timeout(30_000));
    return { name, ...(await saturate(task)) };
  } finally {
    await runtime.stop();
  }
}

async function saturate(task: TaskHandle): Promise<Omit<Result, 'name'>> {
  const clients = Array.from({ length: CONNECTIONS }, () => new Client(`http://127.0.0.1:${task.port}`));
  let isOver = false;
  let millis: number[] = [];
  const users = clients.map(async (client) => {
    while (!isOver) millis.push(await timed(client));
  });
  await pass(WARM_UP_SECONDS * 1000);
  millis = [];
  const [before, reportedBefore, startedAt] = [await ownAccount(task), task.cpuSeconds, performance.now()];
  await pass(SECONDS * 1000);
  const [after, reportedAfter, seconds] = [await ownAccount(task), task.cpuSeconds, (performance.now() - startedAt) / 1000];
  isOver = true;
  const sorted = [...millis].sort((one, other) => one - other);
  await Promise.all(users);
  await Promise.all(clients.map((client) => client.close()));
  return {
    share: (after.cpuSeconds - before.cpuSeconds) / (after.atSeconds - before.atSeconds),
    reportedShare: (reportedAfter - reportedBefore) / seconds,
    requestsPerSecond: sorted.length / seconds,
    p50Millis: sorted[Math.floor(sorted.length * 0.5)]!,
    p99Millis: sorted[Math.floor(sorted.length * 0.99)]!,
  };
}

async function timed(client: Client): Promise<number> {
  const startedAt = performance.now();
  const { body } = await client.request({ method: 'GET', path: '/' });
  await body.dump();
  return performance.now() - startedAt;
}

async function ownAccount(task: TaskHandle): Promise<{ cpuSeconds: number; atSeconds: number }> {
  return (await (await fetch(`http://127.0.0.1:${task.port}/cpu`)).json()) as { cpuSeconds: number; atSeconds: number };
}

/** The medians of several results of one runtime. */
function middle(results: readonly Result[]): Result {
  const of = (key: Exclude<keyof Result, 'name'>): number => {
    const values = results.map((result) => result[key]).sort((one, other) => one - other);
    return values[Math.floor(values.length / 2)]!;
  };
  const [share, reportedShare, requestsPerSecond] = [of('share'), of('reportedShare'), of('requestsPerSecond')];
  return { name: results[0]!.name, share, reportedShare, requestsPerSecond, p50Millis: of('p50Millis'), p99Millis: of('p99Millis') };
}

main();
