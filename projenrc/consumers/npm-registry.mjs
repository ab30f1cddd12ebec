// The npm registry on loopback: verdaccio, which has what was packed here, and passes on what other registries have.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment } from './workplace.mjs';

const FOLDER = fileURLToPath(new URL('npm-registry', import.meta.url));

/** Starts the registry, and returns what npm needs in its environment to use it, and how it is stopped. */
export async function startNpmRegistry(name, folder) {
  install();
  const storage = join(folder, 'npm-registry');
  mkdirSync(storage);
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim();
  const server = spawn(process.execPath, ['serve.mjs', name, upstream, storage], { cwd: FOLDER, stdio: ['pipe', 'pipe', 'pipe'] });
  const errors = [];
  server.stderr.on('data', (bytes) => errors.push(bytes));
  const [port] = await Promise.race([once(createInterface(server.stdout), 'line'), once(server, 'close').then(() => [undefined])]);
  if (port === undefined) throw new Error(`the npm registry has ended: ${Buffer.concat(errors)}`);
  const userConfiguration = join(folder, 'npmrc');
  // npm publishes with a token only, whatever the registry asks for.
  writeFileSync(userConfiguration, `registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=none\n`);
  return {
    environment: {
      npm_config_userconfig: userConfiguration,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_audit: 'false',
      npm_config_fund: 'false',
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.stdin.end();
      await closed;
    },
  };
}

/** Publishes a tarball, with what `startNpmRegistry` has returned. */
export function publishToNpm(tarball, registry) {
  execFileSync('npm', ['publish', '--silent', '--ignore-scripts', '--tag', 'latest', tarball], {
    stdio: 'inherit',
    env: environment(registry.environment),
  });
}

function install() {
  const [installed, wanted] = ['node_modules/.package-lock.json', 'package-lock.json'].map((file) => join(FOLDER, file));
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'], {
    cwd: FOLDER,
    stdio: 'inherit',
  });
}
