import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type LoadTestProps, LoadTestScript, Traffic } from '../../src';
import { Container, ENGINES, type Ended, INSTALLED, run } from './container';
import { CountingServer } from './counting-server';

/** k6 and Locust are no packages of npm: CONTRIBUTING.md says how to install them. */
for (const tool of ['k6', 'locust']) if (!INSTALLED.has(tool)) console.log(`skipped: load tests with ${tool}, which is not installed`);

// a run takes seconds, and Locust many to start beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'load-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The same script for both tools: one request, then a tenth of a second. */
const SCRIPTS = {
  k6: `import http from 'k6/http';
import { sleep } from 'k6';
const { url } = JSON.parse(__ENV.LOAD_TEST);
export const options = { vus: 2, duration: '60s', thresholds: { checks: ['rate>=0'] } };
export default function () { http.get(url + '/script'); sleep(0.1); }
export function handleSummary() { return { stdout: 'the summary of the script' }; }
`,
  locust: `from locust import FastHttpUser, constant, task
class Shopper(FastHttpUser):
    wait_time = constant(0.1)
    @task
    def search(self):
        self.client.get('/script')
`,
} as const;

const ENDINGS = { k6: 'js', locust: 'py' } as const;

describe.each(ENGINES.filter(({ tool }) => INSTALLED.has(tool)))('$title', ({ tool, engine }) => {
  let server: CountingServer;
  beforeEach(async () => {
    server = await CountingServer.start({ delayMilliseconds: 20 });
  });
  afterEach(() => server.stop());

  const load = (props: Partial<LoadTestProps>): Promise<Ended> => run({ url: server.url, engine, ...props });

  test('sends the requests of a rate, as many as the area below it, and writes them as one line', async () => {
    const traffic = Traffic.parse('rps 5 for 3s, rps 5..25 for 4s');
    const { exitCode, results } = await load({ traffic, paths: ['/', '/health'] });
    expect(exitCode).toBe(0);
    expect(Math.abs(server.received.total - 75)).toBeLessThanOrEqual(1);
    expect(results).toMatchObject({
      loadTest: 'Shop/Load',
      tool,
      passed: true,
      failedThresholds: [],
      failedRequests: 0,
      droppedRequests: 0,
    });
    expect(results!.requests).toBe(server.received.total);
    expect([...server.received.requests.keys()].sort()).toEqual(['GET /', 'GET /health']);
  });

  test('has users who wait for responses and think', async () => {
    const { results } = await load({ traffic: Traffic.parse('users 0..6 think 300ms for 4s, users 6 think 300ms for 4s') });
    // 36 seconds of users, at a request per cycle; each of them sends the first one at once.
    const expected = 36 / (0.3 + results!.meanMilliseconds / 1000);
    expect(server.received.total).toBeGreaterThan(expected - 8);
    expect(server.received.total).toBeLessThan(expected + 8);
  });

  test('has users whose next request comes no sooner than their pacing', async () => {
    await load({ traffic: Traffic.parse('users 5 think 10ms pacing 400ms for 6s') });
    // 30 seconds of users, at a request every 0.4 seconds; each of them sends the first one at once.
    expect(server.received.total).toBeGreaterThan(60);
    expect(server.received.total).toBeLessThanOrEqual(75 + 5);
  });

  test('sends methods, headers, bodies and weights, and needs the status that was expected', async () => {
    const requests = [
      {
        path: '/orders',
        method: 'POST',
        body: '{"id":1}',
        headers: { 'Content-Type': 'application/json' },
        weight: 2,
        expectedStatus: 201,
      },
      { path: '/products?q=a' },
    ];
    const { exitCode, results } = await load({ traffic: Traffic.parse('rps 10 for 3s'), requests });
    expect(exitCode).toBe(99);
    const orders = server.received.requests.get('POST /orders {"id":1}')!;
    expect(Math.abs(orders - 2 * server.received.requests.get('GET /products?q=a')!)).toBeLessThanOrEqual(2);
    expect(results!.failedRequests).toBe(orders);
  });

  test('exits with 99 where a threshold is not reached, and names it', async () => {
    const { exitCode, results } = await load({ traffic: Traffic.parse('rps 5 for 2s'), thresholds: { maxP95: Duration.millis(1) } });
    expect(exitCode).toBe(99);
    expect(results).toMatchObject({ passed: false, failedThresholds: [expect.stringMatching(/p\(?95/)] });
  });

  test('fails where no one listens', async () => {
    const { exitCode, results } = await load({ url: 'http://127.0.0.1:1', traffic: Traffic.parse('users 1 for 2s') });
    expect(exitCode).toBe(99);
    expect(results).toMatchObject({ failedPercent: 100, passed: false });
  });

  test('stays below the limit of its traffic', async () => {
    await load({ traffic: Traffic.parse('users 10 for 4s, at most 20 rps') });
    expect(server.received.total).toBeGreaterThan(60);
    expect(server.received.total).toBeLessThanOrEqual(95);
  });

  test('runs the script of a file with the users of the traffic', async () => {
    const file = join(folder, `shop.${ENDINGS[tool]}`);
    writeFileSync(file, SCRIPTS[tool]);
    const { exitCode, results, output } = await load({ traffic: Traffic.parse('users 4 for 4s'), script: LoadTestScript.fromFile(file) });
    expect(exitCode).toBe(0);
    expect([...server.received.requests.keys()]).toEqual(['GET /script']);
    expect(results!.requests).toBe(server.received.total);
    expect(server.received.total).toBeGreaterThan(60);
    if (tool === 'k6') expect(output).toContain('the summary of the script\n');
  });

  test('ends at its maximum duration, and writes what it has', async () => {
    const { exitCode, results } = await load({ script: LoadTestScript.inline(SCRIPTS[tool]), maxDuration: Duration.seconds(3) });
    // Locust has no load of its own in this script: the maximum is its run time.
    expect(exitCode).toBe(tool === 'k6' ? 105 : 0);
    expect(results!.requests).toBeGreaterThan(0);
  });

  test('ends when its task is stopped, writes what it has, and exits with 105', async () => {
    const container = new Container({ url: server.url, engine, traffic: Traffic.parse('users 3 think 100ms for 10m') });
    try {
      await expect.poll(() => server.received.total, { timeout: 60_000 }).toBeGreaterThan(5);
      container.stop();
      const { exitCode, results } = await container.ended();
      expect(exitCode).toBe(105);
      expect(results).toMatchObject({ passed: false, failedThresholds: ['the run was stopped before its end'] });
    } finally {
      container.kill();
    }
  });

  test('has metrics that CloudWatch reads: each is in the line, with its unit and the name of the load test as dimension', async () => {
    const { results } = await load({ traffic: Traffic.parse('rps 5 for 2s') });
    const [directive] = results!._aws.CloudWatchMetrics;
    expect(directive).toMatchObject({ Namespace: 'LoadTest', Dimensions: [['loadTest']] });
    expect(directive!.Metrics.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['requests', 'failedRequests', 'failedPercent', 'p50Milliseconds', 'p95Milliseconds', 'p99Milliseconds']),
    );
    for (const { Name } of directive!.Metrics) expect(results![Name as keyof typeof results]).toEqual(expect.any(Number));
    expect(results!._aws.Timestamp).toBeGreaterThan(1_700_000_000_000);
  });
});
