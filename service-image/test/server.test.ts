import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RawConnection } from './raw-connection.js';
import { RunningService, SERVER } from './running-service.js';

const HEALTH = 'GET /health HTTP/1.1\r\nHost: a\r\n\r\n';
const HALF_A_SEARCH = 'GET /products/search?q=a HTTP/1.1\r\nHost: a\r\n';

describe('started', () => {
  test('logs the port it was given, as a number', async () => {
    const service = new RunningService({});
    expect(await service.port()).toBeGreaterThan(0);
    expect((await service.fetch('/health')).status).toBe(200);
  });

  test('writes no line for a request', async () => {
    const service = new RunningService({ DRAIN_SECONDS: '0' });
    await service.fetch('/products/search?q=a');
    service.signal('SIGTERM');
    await service.exitCode;
    expect(service.lines.filter(({ msg }) => /request/.test(msg))).toEqual([]);
  });

  test('writes a line for a request when it is debugged', async () => {
    const service = new RunningService({ LOG_LEVEL: 'debug' });
    await service.fetch('/health');
    await service.said('request completed');
  });

  test('needs nothing but its one file, unless it traces or reads from S3', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'search-service-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await copyFile(SERVER, join(folder, 'server.mjs'));
    const service = new RunningService({}, join(folder, 'server.mjs'));
    expect((await service.fetch('/products/search?q=a')).status).toBe(200);
  });
});

describe.each(['SIGTERM', 'SIGINT'] as const)('on %s', (signal) => {
  test('is unhealthy, keeps serving, and closes every connection after its response', async () => {
    const service = new RunningService({ DRAIN_SECONDS: '110' });
    await service.port();
    service.signal(signal);
    await service.said('Draining');
    const [health, search] = [await service.fetch('/health'), await service.fetch('/products/search?q=a')];
    expect([health.status, await health.json()]).toEqual([503, { status: 'draining' }]);
    expect(search.status).toBe(200);
    expect([health, search].map(({ headers }) => headers.get('connection'))).toEqual(['close', 'close']);
  });

  test('exits with 0 when the time is over', async () => {
    const service = new RunningService({ DRAIN_SECONDS: '1' });
    await service.port();
    service.signal(signal);
    expect(await service.exitCode).toBe(0);
    expect(service.lines.map(({ msg }) => msg).slice(-2)).toEqual(['Draining', 'Closing']);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('exits with 1 at once on a further %s', async (further) => {
    const service = new RunningService({ DRAIN_SECONDS: '110' });
    await service.port();
    service.signal(signal);
    await service.said('Draining');
    service.signal(further);
    expect(await service.exitCode).toBe(1);
  });
});

test('SIGTERM while the service still loads its code exits with 0', async () => {
  // the signal is sent when the bundle loads its first module.
  const preload = `import module from 'node:module';
    const load = module._load;
    module._load = (...request) => {
      module._load = load;
      process.kill(process.pid, 'SIGTERM');
      return load(...request);
    };`;
  const service = new RunningService({ DRAIN_SECONDS: '0', NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` });
  expect(await service.exitCode).toBe(0);
});

describe('closing', () => {
  test('finishes a request that has begun', async () => {
    const service = new RunningService({ DRAIN_SECONDS: '0' });
    const connection = await RawConnection.open(await service.port());
    // in one packet, so that the first response proves that the second request has begun.
    connection.send(HEALTH + HALF_A_SEARCH);
    await connection.receives('{"status":"healthy"}');
    service.signal('SIGTERM');
    await service.said('Closing');
    connection.send('\r\n');
    expect(await connection.end()).toContain('"total_found":');
    expect(await service.exitCode).toBe(0);
  });

  test('does not wait for connections that are idle', async () => {
    const service = new RunningService({ DRAIN_SECONDS: '0' });
    const connection = await RawConnection.open(await service.port());
    connection.send(HEALTH);
    await connection.receives('{"status":"healthy"}');
    service.signal('SIGTERM');
    await connection.end();
    expect(await service.exitCode).toBe(0);
  });

  test('does not wait for ever for a request that never ends', async () => {
    const service = new RunningService({ DRAIN_SECONDS: '0' });
    const connection = await RawConnection.open(await service.port());
    connection.send(HEALTH + HALF_A_SEARCH);
    await connection.receives('{"status":"healthy"}');
    service.signal('SIGTERM');
    expect(await service.exitCode).toBe(0);
  });
});

describe('not able to start', () => {
  test('prints every error in its environment on standard error, and exits with 1', async () => {
    const service = new RunningService({ PORT: 'abc', SAMPLE_SIZE: '0', LOG_LEVEL: 'loud' });
    expect(await service.exitCode).toBe(1);
    expect(service.lines).toEqual([]);
    expect((await service.errorOutput).trimEnd().split('\n')).toEqual([
      "PORT must be a whole number from 0 to 65535, got 'abc'",
      "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, got 'loud'",
      "SAMPLE_SIZE must be a whole number from 1 to 1000, got '0'",
    ]);
  });

  test('prints that it has no such address, and exits with 1', async () => {
    const service = new RunningService({ HOST: '203.0.113.7' });
    expect(await service.exitCode).toBe(1);
    expect(await service.errorOutput).toBe("HOST must be a name or an address of this machine, got '203.0.113.7' (EADDRNOTAVAIL)\n");
  });

  test('prints that the port is in use, and exits with 1', async () => {
    const first = new RunningService({});
    const second = new RunningService({ PORT: String(await first.port()) });
    expect(await second.exitCode).toBe(1);
    expect(await second.errorOutput).toBe(`PORT ${await first.port()} of 127.0.0.1 is already in use\n`);
  });
});
