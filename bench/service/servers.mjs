import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Debian's first: the goal was set with it, and later versions have another `sync.Map`, which is walked twice as fast. */
const GO_COMMANDS = [process.env.GO, '/usr/lib/go-1.19/bin/go', 'go'].filter((command) => command !== undefined);

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const node = (name) => [process.execPath, path(name)];
const service = [process.execPath, ...flagsOfImage(), path('../../service-image/dist/server.mjs')];

/** The compiler of the Go peer with its version, where there is one; `GO=…` chooses another. */
export const goCompiler = GO_COMMANDS.map(asCompiler).find((compiler) => compiler !== undefined);

/** What is compared: the service in each of its modes, and the peers it is measured by. */
export function servers(wanted) {
  return [
    ...(goCompiler && wanted('go') ? [{ name: 'Go, looks at 100', key: 'go', command: [goPeer()] }] : []),
    { name: 'node:http hello world', key: 'node', command: node('peers/node-hello.mjs') },
    { name: 'Fastify hello world', key: 'hello', command: node('peers/fastify-hello.mjs') },
    { name: 'Fastify scan of 100', key: 'scan', command: node('peers/fastify-scan.mjs') },
    { name: 'service, full search', key: 'cached', command: service },
    { name: 'service, without response cache', key: 'uncached', command: service, environment: { RESPONSE_CACHE_MB: '0' } },
    { name: 'service, sample of 100', key: 'sample', command: service, environment: { SEARCH_MODE: 'sample' } },
  ];
}

function goPeer() {
  const binary = join(tmpdir(), `search-service-peer-${process.pid}`);
  execFileSync(goCompiler.command, ['build', '-o', binary, '.'], { cwd: path('go'), stdio: 'inherit', env: goEnvironment() });
  return binary;
}

function asCompiler(command) {
  try {
    const version = execFileSync(command, ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: goEnvironment() });
    return { command, version: version.replace(/^go version /, '').trim() };
  } catch {
    return undefined;
  }
}

/** Each compiler as installed: no download of another one, and not the root of another Go. */
function goEnvironment() {
  const { GOROOT, ...rest } = process.env;
  return { ...rest, GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false' };
}

/** The service is measured as its image runs it. */
function flagsOfImage() {
  const [, command] = /^CMD (\["node".*)$/m.exec(readFileSync(path('../../service-image/Dockerfile'), 'utf8'));
  return JSON.parse(command).slice(1, -1);
}
