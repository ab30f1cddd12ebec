import { expect, test } from 'vitest';
import { versionRange } from '../../src/servers/known-server';
import { KNOWN_SERVERS, recognizeServer, type ServerEvidence } from '../../src/servers/known-servers';

const rows = KNOWN_SERVERS.flatMap(({ name, measurements }) => measurements.map((row) => ({ name, ...row })));

test('the table has at least 120 measurements, each with its version and its day', () => {
  expect(rows.length).toBeGreaterThanOrEqual(120);
  for (const { name, version, date } of rows) {
    expect(version, name).toMatch(/^\d+(\.\d+)*$/);
    expect(date, name).toMatch(/^2026-1[12]-\d\d$/);
  }
});

test('a name, and a version with its settings, are in the table once', () => {
  const names = KNOWN_SERVERS.map(({ name }) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  const keys = rows.map(({ name, version, variant }) => `${name} ${version} ${variant}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a server that closes connections too early has what to type, unless nothing can be set', () => {
  const withoutSetting = KNOWN_SERVERS.filter(({ measurements, keepAlive }) => {
    const idle = measurements[0]?.idleSeconds;
    return typeof idle === 'number' && idle < 63 && keepAlive === undefined;
  });
  expect(withoutSetting.map(({ name }) => name)).toEqual(['socketify', 'salvo']);
});

type Row = [evidence: ServerEvidence, name: string | undefined, version?: string, variant?: string];

const libraries = (...names: string[]): ReadonlyMap<string, string> => new Map(names.map((name) => [name, '1.2.3']));

test.each<Row>([
  [{ serverHeader: 'uvicorn', command: 'python -m uvicorn a:app', libraries: libraries('pypi:uvicorn') }, 'uvicorn', '1.2.3'],
  [{ serverHeader: 'uvicorn', command: 'uvicorn a:app --workers 2' }, 'uvicorn', undefined, '--workers 2'],
  [{ serverHeader: 'uvicorn', command: 'gunicorn -k uvicorn.workers.UvicornWorker a:app' }, 'gunicorn with uvicorn workers'],
  [{ serverHeader: 'gunicorn', command: 'gunicorn a:app' }, 'gunicorn'],
  [{ serverHeader: 'Werkzeug/3.1.9 Python/3.11.7', command: 'flask run' }, 'Werkzeug', '3.1.9'],
  [{ serverHeader: 'nginx/1.22.1' }, 'nginx', '1.22.1'],
  [{ serverHeader: 'nginx' }, 'nginx'],
  [{ image: 'nginx:1.27-alpine' }, 'nginx'],
  [{ image: 'public.ecr.aws/nginx/nginx:latest' }, 'nginx'],
  [{ serverHeader: 'Apache/2.4.71 (Debian)' }, 'Apache httpd', '2.4.71'],
  [{ serverHeader: 'Jetty(12.1.14)' }, 'Jetty', '12.1.14'],
  [{ libraries: libraries('maven:spring-boot+tomcat-embed-core', 'maven:tomcat-embed-core') }, 'Spring Boot on Tomcat', '1.2.3'],
  // a client of WebFlux beside Tomcat.
  [
    { libraries: libraries('maven:spring-boot+reactor-netty-http', 'maven:spring-boot+tomcat-embed-core') },
    'Spring Boot on Tomcat',
    '1.2.3',
  ],
  [{ poweredBy: 'Express', command: 'node server.js' }, 'Express'],
  [{ command: 'node server.js', libraries: libraries('npm:fastify') }, 'Fastify', '1.2.3'],
  [{ command: 'node dist/main', libraries: libraries('npm:@nestjs/platform-fastify', 'npm:fastify') }, 'NestJS on Fastify', '1.2.3'],
  [{ command: '/usr/local/bin/node server.js' }, 'Node.js'],
  [{ poweredBy: 'Next.js', command: 'next-server (v16)' }, 'Next.js'],
  [{ command: './app', libraries: libraries('go:std', 'go:github.com/gin-gonic/gin') }, 'Gin', '1.2.3'],
  [{ command: './app', libraries: libraries('crates:hyper', 'crates:axum') }, 'axum', '1.2.3'],
  [{ command: 'puma 5.6.5 (tcp://0.0.0.0:8080) [app]' }, 'puma'],
  [{ command: 'ruby /usr/bin/unicorn -l 8080' }, 'unicorn'],
  [{ serverHeader: 'Kestrel', command: 'dotnet app.dll' }, 'Kestrel'],
  [{ serverHeader: 'cloudflare', command: './server' }, undefined],
  [{}, undefined],
])('%o is %s', (evidence, name, version, variant) => {
  const found = recognizeServer(evidence);
  expect(found?.server.name).toBe(name);
  expect(found?.version).toBe(version);
  if (variant !== undefined) expect(found?.measurement?.variant).toBe(variant);
});

test('a measurement speaks for its major version, and before 1.0 for its minor one', () => {
  expect(['27.0.1', '0.54.0', '8.2.36', '17'].map((version) => versionRange({ version }))).toEqual(['27.x', '0.54', '8.x', '17.x']);
});
