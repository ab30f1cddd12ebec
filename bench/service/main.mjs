// Measures the search service beside its peers, in one run: what counts are the ratios.
//
//   npm --prefix service-image run build && node bench/service/main.mjs [seconds for each server] [names…]
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { has, load } from './load.mjs';
import { MeasuredProcess } from './measured-process.mjs';
import { servers } from './servers.mjs';

const STARTS = 5;
const WARM_UP_SECONDS = 2;
const [seconds = '5', ...keys] = process.argv.slice(2);
const pinned = has('taskset') && availableParallelism() > 1;
const onCore = (core) => (pinned ? ['taskset', '-c', String(core)] : []);

async function measure(server) {
  const starts = [];
  for (let round = 0; round < STARTS; round++) starts.push(await startOnce(server));
  const process = await MeasuredProcess.start({ ...server, prefix: onCore(0) });
  try {
    await load(process.port, WARM_UP_SECONDS, onCore(1));
    const cpuBefore = process.cpuSeconds;
    const { requests, p50, p99 } = await load(process.port, Number(seconds), onCore(1));
    const perCpuSecond = requests / (process.cpuSeconds - cpuBefore);
    return { key: server.key, name: server.name, perCpuSecond, p50, p99, start: median(starts), resident: process.residentMegabytes };
  } finally {
    await process.stop();
  }
}

async function startOnce(server) {
  const process = await MeasuredProcess.start({ ...server, prefix: onCore(0) });
  await process.stop();
  return process.startMilliseconds;
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

function printRow({ name, perCpuSecond, p50, p99, start, resident }) {
  const cells = [perCpuSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), start.toFixed(0), resident.toFixed(0)];
  console.log(name.padEnd(32) + cells.map((cell) => cell.padStart(12)).join(''));
}

function printRatios(rows) {
  const of = (key) => rows.find((row) => row.key === key)?.perCpuSecond;
  const pairs = [
    ['cached', 'hello', 0.85],
    ['uncached', 'hello', 0.4],
    ['sample', 'go', 3],
    ['sample', 'scan', 1],
  ];
  for (const [one, other, aim] of pairs) {
    if (of(one) && of(other)) console.log(`${one} / ${other}: ${(of(one) / of(other)).toFixed(2)} (aim ${aim})`);
  }
}

const chosen = servers().filter(({ key }) => keys.length === 0 || keys.includes(key));
console.log(`${has('wrk') ? 'wrk' : 'own client'}, 30 connections, ${pinned ? 'a core each' : 'not pinned'}, Node ${process.version}`);
console.log(`${''.padEnd(32)}${['per CPU-s', 'p50 ms', 'p99 ms', 'start ms', 'RSS MB'].map((cell) => cell.padStart(12)).join('')}`);
const rows = [];
try {
  for (const server of chosen) {
    rows.push(await measure(server));
    printRow(rows.at(-1));
  }
} finally {
  for (const { key, command } of chosen) if (key === 'go') rmSync(command[0]);
}
printRatios(rows);
