import type { RequestListener } from 'node:http';
import { type Logger, pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PricesClient, type PricesSettings } from '../../src/prices/prices.js';
import { smallApp } from '../small-app.js';
import { someServer } from '../some-server.js';

async function client(
  listener: RequestListener,
  settings: Partial<PricesSettings> = {},
  log: Logger = pino({ level: 'silent' }),
): Promise<PricesClient> {
  const url = await someServer(listener);
  const rest = { timeoutMilliseconds: 30_000, concurrency: 10, breakerFailures: 2, breakerSeconds: 60, ...settings };
  return new PricesClient({ url, ...rest }, log);
}

const priced: RequestListener = (request, response) => {
  const ids = new URL(request.url!, 'http://a').searchParams.get('ids')!.split(',');
  response.end(JSON.stringify(Object.fromEntries(ids.map((id) => [id, Number(id) + 0.5]))));
};
const broken: RequestListener = (_request, response) => response.writeHead(500).end();
const silent: RequestListener = () => undefined;

test('prices are those of the products asked for', async () => {
  expect(await (await client(priced)).of([1, 2])).toEqual({ 1: 1.5, 2: 2.5 });
});

test('what is not a number is not a price', async () => {
  const prices = await client((_request, response) => response.end('{"1":2,"2":"<script>","3":null}'));
  expect(await prices.of([1, 2, 3])).toEqual({ 1: 2 });
});

test('what was not asked for is not passed on', async () => {
  const prices = await client((_request, response) => response.end('{"1":2,"7":3,"evil":4,"2":1e999}'));
  expect(await prices.of([1, 2])).toEqual({ 1: 2 });
});

test.each([
  ['an error', broken],
  ['no JSON', (_request, response) => response.end('hello')],
  ['no object', (_request, response) => response.end('7')],
  ['a list', (_request, response) => response.end('[1,2]')],
  ['a connection that breaks', (request) => request.destroy()],
] as [string, RequestListener][])('%s means unavailable', async (_title, listener) => {
  expect(await (await client(listener)).of([1])).toBe('unavailable');
});

test('a response that takes too long is not waited for', async () => {
  const prices = await client(silent, { timeoutMilliseconds: 20 });
  expect(await prices.of([1])).toBe('unavailable');
  expect(prices.lines()).toContain('prices_requests_total{outcome="timeout"} 1');
});

describe('the circuit breaker', () => {
  test('opens after failures in a row, and asks no more', async () => {
    let asked = 0;
    const prices = await client((request, response) => {
      asked++;
      broken(request, response);
    });
    for (let round = 0; round < 5; round++) expect(await prices.of([1])).toBe('unavailable');
    expect([asked, prices.state]).toEqual([2, 'open']);
    expect(prices.lines()).toContain('prices_breaker_state{state="open"} 1');
    expect(prices.lines()).toContain('prices_requests_total{outcome="breaker_open"} 3');
  });

  test('lets one try through after a while, and closes when that succeeds', async () => {
    let isWell = false;
    const prices = await client((request, response) => (isWell ? priced : broken)(request, response), { breakerSeconds: 0 });
    await prices.of([1]);
    await prices.of([1]);
    expect(prices.state).toBe('open');
    isWell = true;
    expect(await prices.of([1])).toEqual({ 1: 1.5 });
    expect(prices.state).toBe('closed');
  });
});

test('the bulkhead rejects more than may wait, and that does not open the breaker', async () => {
  const waiting: (() => void)[] = [];
  const prices = await client((request, response) => waiting.push(() => priced(request, response)), { concurrency: 1 });
  const first = prices.of([1]);
  for (let round = 0; round < 5; round++) expect(await prices.of([2])).toBe('unavailable');
  expect([prices.state, prices.lines().includes('prices_requests_total{outcome="bulkhead_full"} 5')]).toEqual(['closed', true]);
  while (waiting.length === 0) await new Promise(setImmediate);
  waiting[0]();
  expect(await first).toEqual({ 1: 1.5 });
});

test('as many as may wait do so without a warning', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const prices = await client((request, response) => setImmediate(() => priced(request, response)), { concurrency: 30 });
  const ids = Array.from({ length: 30 }, (_, index) => index);
  expect(await Promise.all(ids.map((id) => prices.of([id])))).toEqual(ids.map((id) => ({ [id]: id + 0.5 })));
  // warnings are emitted in a later turn.
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});

test('the log has the first failure and each change of the breaker, and no other request', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(JSON.parse(line)) });
  let isWell = false;
  const prices = await client((request, response) => (isWell ? priced : broken)(request, response), { breakerSeconds: 0 }, log);
  for (let round = 0; round < 5; round++) await prices.of([1]);
  isWell = true;
  for (let round = 0; round < 5; round++) await prices.of([1]);
  expect(new Set(lines.map(({ level }) => level))).toEqual(new Set([40]));
  expect(lines.map(({ msg }) => msg)).toEqual([
    'Prices are unavailable',
    ...Array(4).fill('Prices: the circuit breaker is open'),
    'Prices: the circuit breaker is closed again',
  ]);
  expect(lines[0]).toMatchObject({ outcome: 'failed', err: { message: 'the status of prices must be 200, got 500' } });
});

describe('a search', () => {
  const settings = { timeoutMilliseconds: 30_000, concurrency: 10, breakerFailures: 1, breakerSeconds: 60 };

  test('carries the prices of its products', async () => {
    const app = smallApp({ pricesSettings: { ...settings, url: await someServer(priced) } });
    const { products, prices } = (await app.inject('/products/search?q=aurora&limit=2')).json();
    expect(Object.keys(prices).map(Number)).toEqual(products.map(({ id }: { id: number }) => id));
  });

  test('is served without prices when there are none', async () => {
    const app = smallApp({ pricesSettings: { ...settings, url: await someServer(broken) } });
    const search = await app.inject('/products/search?q=aurora');
    expect([search.statusCode, search.json().prices]).toEqual([200, 'unavailable']);
    const [health, deep] = [await app.inject('/health'), await app.inject('/health/deep')];
    expect([health.statusCode, deep.statusCode, deep.json()]).toEqual([200, 503, { status: 'degraded', dependencies: { prices: 'open' } }]);
  });

  test('that finds nothing asks for nothing', async () => {
    const app = smallApp({ pricesSettings: { ...settings, url: 'http://127.0.0.1:9' } });
    expect((await app.inject('/products/search?q=zebra')).json().prices).toEqual({});
  });

  test('beyond the concurrency limit is rejected at once', async () => {
    const overloadLimits = { concurrency: 1, eventLoopDelayMilliseconds: 60_000 };
    let markRequested = (): void => undefined;
    const requested = new Promise<void>((resolve) => {
      markRequested = resolve;
    });
    const release: (() => void)[] = [];
    const url = await someServer((request, response) => {
      release.push(() => priced(request, response));
      markRequested();
    });
    const app = smallApp({ overloadLimits, pricesSettings: { ...settings, url } });
    const first = app.inject('/products/search?q=aurora').then((reply) => reply.statusCode);
    await requested;
    const second = await app.inject('/products/search?q=aurora');
    expect([second.statusCode, second.headers['retry-after'], second.json().status]).toEqual([503, '1', 503]);
    expect((await app.inject('/health')).statusCode).toBe(200);
    release[0]();
    expect(await first).toBe(200);
    expect((await app.inject('/products/search?q=zebra')).statusCode).toBe(200);
  });
});
