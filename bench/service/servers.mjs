import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { has } from './load.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const node = (name) => [process.execPath, path(name)];
const service = [process.execPath, '--max-semi-space-size=2', path('../../service-image/dist/server.mjs')];

/** What is compared: the service in each of its modes, and the peers it is measured by. */
export function servers(wanted) {
  return [
    ...(has('go') && wanted('go') ? [{ name: 'Go, looks at 100', key: 'go', command: [goPeer()] }] : []),
    { name: 'node:http hello world', key: 'node', command: node('peers/node-hello.mjs') },
    { name: 'Fastify hello world', key: 'hello', command: node('peers/fastify-hello.mjs') },
    { name: 'Fastify scan of 100', key: 'scan', command: node('peers/fastify-scan.mjs') },
    { name: 'service, full search', key: 'cached', command: service },
    { name: 'service, without answer cache', key: 'uncached', command: service, environment: { ANSWER_CACHE_MB: '0' } },
    { name: 'service, sample of 100', key: 'sample', command: service, environment: { SEARCH_MODE: 'sample' } },
  ];
}

function goPeer() {
  const binary = join(tmpdir(), `search-service-peer-${process.pid}`);
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: path('go'), stdio: 'inherit' });
  return binary;
}
