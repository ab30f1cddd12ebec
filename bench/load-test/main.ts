/**
 * Whether the load tests and the forecast send the same traffic: the requests of k6 and of Locust, counted by a server, beside those of the forecast of the
 * same traffic at the response time that was measured.
 *
 * Needs k6 and Locust, and takes seven minutes: `npx tsx bench/load-test/main.ts`. The rates are low, so that a busy machine reaches them: a user
 * whose process gets no processor waits longer than its think time, which no response time shows.
 */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService, Traffic, Workload } from '../../src';
import { ENGINES, INSTALLED, type Results, run } from '../../test/load-test/container';
import { CountingServer } from '../../test/load-test/counting-server';
import { removeSynthesizedFolders } from '../../test/synthesized-folder';

const DELAY_MILLISECONDS = 20;

const STAGES = JSON.stringify({
  stages: [
    { duration: '6s', target: 20 },
    { duration: '60s', target: 60 },
  ],
});

const CASES: readonly { readonly title: string; readonly traffic: Traffic }[] = [
  {
    title: '50 users, 5 per second, 3 minutes, wait 1 s',
    traffic: Traffic.fromLocust(JSON.stringify({ users: 50, spawn_rate: 5, run_time: '3m' }), Duration.seconds(1)),
  },
  { title: 'stages to 20 in 6 s and 60 in 60 s, sleep 1 s', traffic: Traffic.fromK6(STAGES, { sleep: Duration.seconds(1) }) },
  { title: 'rate 5 to 20 in 30 s, then 20 for 30 s', traffic: Traffic.parse('rps 5..20 for 30s, rps 20 for 30s') },
  { title: '4 and 20 users in turn, think 1 s', traffic: Traffic.parse('users 4 think 1s for 30s, users 20 think 1s for 30s') },
  { title: '20 users, at most 30 requests per second', traffic: Traffic.parse('users 20 think 100ms for 30s, at most 30 rps') },
];

/** A service that always has enough tasks, at the response time that the load test had. */
const service = new ScalableStatelessService(new Stack(new App(), 'Bench'), 'Search', { minCapacity: 10, maxCapacity: 10 });

function forecastRequests(traffic: Traffic, milliseconds: number): number {
  const workload = Workload.of({ cpuPerRequest: Duration.millis(0.01), baseLatency: Duration.millis(milliseconds) });
  return service.forecast({ traffic, workload, seeds: 1 }).totals.requests;
}

interface Row {
  readonly title: string;
  readonly engine: string;
  readonly traffic: Traffic;
  readonly sent: number;
  readonly results: Results | undefined;
}

async function rowsOf({ title: engine, engine: loadTestEngine }: (typeof ENGINES)[number]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { title, traffic } of CASES) {
    const server = await CountingServer.start({ delayMilliseconds: DELAY_MILLISECONDS });
    const { results } = await run({ url: server.url, engine: loadTestEngine, traffic, paths: ['/', '/health'] });
    rows.push({ title, engine, traffic, sent: server.received.total, results });
    await server.stop();
  }
  return rows;
}

function write({ title, engine, traffic, sent, results }: Row): void {
  const forecast = forecastRequests(traffic, results?.meanMilliseconds ?? DELAY_MILLISECONDS);
  const percent = (100 * (sent - forecast)) / forecast;
  const numbers = [sent, results?.requests, results?.meanMilliseconds?.toFixed(0), forecast.toFixed(0), `${percent.toFixed(2)} %`];
  console.log(`| ${[title, engine, ...numbers].join(' | ')} |`);
}

async function main(): Promise<void> {
  console.log('| traffic | load generator | requests at the server | in its results | mean ms | in the forecast | difference |');
  console.log('|---|---|---|---|---|---|---|');
  // they wait most of the time; the forecasts are computed when no one waits for a response.
  const rows = await Promise.all(ENGINES.filter(({ tool }) => INSTALLED.has(tool)).map(rowsOf));
  for (const row of rows.flat().sort((a, b) => titleOrder(a) - titleOrder(b))) write(row);
  removeSynthesizedFolders();
}

function titleOrder({ title }: Row): number {
  return CASES.findIndex((each) => each.title === title);
}

void main();
