// Measures the search service beside its peers, in one run: what counts are the ratios.
//
//   npm --prefix service-image run build && node bench/service/main.mjs [seconds for each server and round] [names…]
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { has, load } from './load.mjs';
import { MeasuredProcess } from './measured-process.mjs';
import { goCompiler, servers } from './servers.mjs';

const STARTS = 5;
const WARM_UP_SECONDS = 1;
const ROUNDS = 7;

/** Long enough for the heap to find its height. */
const VARIED_SECONDS = 5;
const [seconds = '1', ...keys] = process.argv.slice(2);
const pinned = has('taskset') && availableParallelism() > 1;
const onCore = (core) => (pinned ? ['taskset', '-c', String(core)] : []);

/** Starts all, then loads one after the other in several rounds, so that a busy moment of the machine affects all alike. */
async function measureAll(chosen) {
  const running = [];
  try {
    for (const server of chosen) running.push({ ...server, starts: await startTimes(server), process: await start(server), rounds: [] });
    for (const { process } of running) await load(process.port, WARM_UP_SECONDS, onCore(1));
    for (let round = 0; round < ROUNDS; round++) {
      for (const each of running) each.rounds.push(await measureOnce(each.process));
    }
    const rows = running.map(summary);
    for (const [index, { process }] of running.entries()) rows[index].varied = await peakUnderVariedLoad(process);
    return rows;
  } finally {
    for (const { process } of running) await process.stop();
  }
}

async function measureOnce(process) {
  const before = process.cpuSeconds;
  const { requests, p50, p99 } = await load(process.port, Number(seconds), onCore(1));
  return { perCpuSecond: requests / (process.cpuSeconds - before), p50, p99 };
}

/** Queries that hardly ever repeat make the most garbage. */
async function peakUnderVariedLoad(process) {
  await load(process.port, VARIED_SECONDS, onCore(1), 'varied');
  return process.residentMegabytes;
}

function summary({ key, name, starts, rounds, process }) {
  const of = (figure) => median(rounds.map((round) => round[figure]));
  const resident = process.residentMegabytes;
  return { key, name, perCpuSecond: of('perCpuSecond'), p50: of('p50'), p99: of('p99'), start: median(starts), resident };
}

async function startTimes(server) {
  const times = [];
  for (let round = 0; round < STARTS; round++) times.push(await startOnce(server));
  return times;
}

function start(server) {
  return MeasuredProcess.start({ ...server, prefix: onCore(0) });
}

async function startOnce(server) {
  const process = await start(server);
  await process.stop();
  return process.startMilliseconds;
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

function printRow({ name, perCpuSecond, p50, p99, start, resident, varied }) {
  const cells = [perCpuSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), start.toFixed(0), resident.toFixed(0), varied.toFixed(0)];
  console.log(name.padEnd(32) + cells.map((cell) => cell.padStart(12)).join(''));
}

function printRatios(rows) {
  const of = (key) => rows.find((row) => row.key === key)?.perCpuSecond;
  const pairs = [
    ['cached', 'hello', 0.95],
    ['uncached', 'hello', 0.55],
    ['sample', 'hello', 0.6],
    ['sample', 'go', 3],
    ['sample', 'scan', 1],
  ];
  for (const [one, other, aim] of pairs) {
    if (of(one) && of(other)) console.log(`${one} / ${other}: ${(of(one) / of(other)).toFixed(2)} (aim ${aim})`);
  }
}

const wanted = (key) => keys.length === 0 || keys.includes(key);
const chosen = servers(wanted).filter(({ key }) => wanted(key));
console.log(
  `${has('wrk') ? 'wrk' : 'own client'}, 30 connections, ${pinned ? 'a core each' : 'not pinned'}, Node ${process.version}, ${goCompiler?.version ?? 'no Go'}`,
);
console.log(
  `${''.padEnd(32)}${['per CPU-s', 'p50 ms', 'p99 ms', 'start ms', 'peak MB', 'varied MB'].map((cell) => cell.padStart(12)).join('')}`,
);
try {
  const rows = await measureAll(chosen);
  rows.forEach(printRow);
  printRatios(rows);
} finally {
  for (const { key, command } of chosen) if (key === 'go') rmSync(command[0]);
}
