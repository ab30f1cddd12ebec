/**
 * Whether the load tests and the forecast send the same traffic: the requests of k6 and of Locust, counted by a server, beside those of the forecast of the
 * same traffic at the response time that was measured.
 *
 * Needs k6 and Locust, and takes four minutes: `npx tsx bench/load-test/main.ts`. The rates are low, so that a busy machine reaches them: a user
 * whose process gets no processor waits longer than its think time, which no response time shows.
 */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService, Traffic, Workload } from '../../src';
import { ENGINES, INSTALLED, type Results, run } from '../../test/load-test/container';
import { CountingServer } from '../../test/load-test/counting-server';
import { removeSynthesizedFolders } from '../../test/synthesized-folder';

const DELAY_MILLISECONDS = 20;

/** The stages of a course, to a hundredth of its users in a quarter of its time. */
const STAGES = JSON.stringify({
  stages: [
    { duration: '15s', target: 10 },
    { duration: '150s', target: 50 },
  ],
});

const CASES: readonly { readonly title: string; readonly traffic: Traffic }[] = [
  {
    title: '50 users, 5 per second, 3 minutes, wait 1 s',
    traffic: Traffic.fromLocust(JSON.stringify({ users: 50, spawn_rate: 5, run_time: '3m' }), Duration.seconds(1)),
  },
  { title: 'stages to 10 in 15 s and 50 in 150 s, sleep 1 s', traffic: Traffic.fromK6(STAGES, { sleep: Duration.seconds(1) }) },
  { title: 'rate 5 to 20 in 60 s, then 20 for 60 s', traffic: Traffic.parse('rps 5..20 for 60s, rps 20 for 60s') },
  { title: '20 users, at most 30 requests per second', traffic: Traffic.parse('users 20 think 100ms for 60s, at most 30 rps') },
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

async function rowOf({ title, traffic }: (typeof CASES)[number], { title: name, engine }: (typeof ENGINES)[number]): Promise<Row> {
  const server = await CountingServer.start({ delayMilliseconds: DELAY_MILLISECONDS });
  const { results } = await run({ url: server.url, engine, traffic, paths: ['/', '/health'] });
  const sent = server.received.total;
  await server.stop();
  return { title, engine: name, traffic, sent, results };
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
  // all at once: they wait most of the time. The forecasts are computed when no one waits for a response.
  const engines = ENGINES.filter(({ tool }) => INSTALLED.has(tool));
  const rows = await Promise.all(CASES.flatMap((each) => engines.map((engine) => rowOf(each, engine))));
  for (const row of rows) write(row);
  removeSynthesizedFolders();
}

void main();
