import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { findPython } from '../../../emulation/control-plane/python-interpreter';
import { CACHE_FOLDER, controlPlaneHere, hasPython } from './control-plane-here';

const INSTALL_MILLISECONDS = 300_000;
const FOLDER = join(__dirname, '../../../emulation/control-plane');
const MAX_LINES = 250;

const STARTS_ONE = `
import { startControlPlane } from ${JSON.stringify(join(FOLDER, 'start-control-plane'))};
startControlPlane({ cacheFolder: ${JSON.stringify(CACHE_FOLDER)}, onProgress: () => undefined }).then(({ processId }) => console.log(processId));
`;

describe.skipIf(!hasPython('the process of the control plane'))('the control plane', () => {
  test(
    'responds on loopback, and is gone when it is stopped',
    async () => {
      const plane = await controlPlaneHere();
      expect(plane.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await fetch(`${plane.url}/moto-api/data.json`)).status).toBe(200);
      await plane.stop();
      expect(isRunning(plane.processId)).toBe(false);
    },
    INSTALL_MILLISECONDS,
  );

  test(
    'ends with its parent when that is killed',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'control-plane-parent-'));
      const script = join(folder, 'parent.ts');
      writeFileSync(script, STARTS_ONE);
      const parent = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = await once(createInterface({ input: parent.stdout }), 'line');
      const processId = Number(line);
      expect(isRunning(processId)).toBe(true);
      parent.kill('SIGKILL');
      await expect.poll(() => isRunning(processId), { timeout: 30_000 }).toBe(false);
      rmSync(folder, { recursive: true });
    },
    INSTALL_MILLISECONDS,
  );

  test('is Python that compiles', () => {
    execFileSync('python3', ['-m', 'compileall', '-q', '-f', join(FOLDER, 'control_plane')], {
      env: { ...process.env, PYTHONPYCACHEPREFIX: join(CACHE_FOLDER, 'compiled') },
    });
  });
});

describe('the files of the control plane', () => {
  const python = readdirSync(join(FOLDER, 'control_plane'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(py|cjs)$/.test(file),
  );

  test(`stay under ${MAX_LINES} lines, and begin with what they are for`, () => {
    const texts = python.map((file) => [file, readFileSync(join(FOLDER, 'control_plane', file), 'utf8')] as const);
    expect(texts.filter(([, text]) => text.trimEnd().split('\n').length > MAX_LINES).map(([file]) => file)).toEqual([]);
    expect(texts.filter(([, text]) => !/^("""|\/\/ )/.test(text)).map(([file]) => file)).toEqual([]);
  });

  test('have the newest schema of CloudFormation for the types that are handled', async () => {
    const { resourceSchema } = await import(join(FOLDER, 'resource-schema.mjs'));
    expect(readFileSync(join(FOLDER, 'control_plane/resources/resource-schema.json'), 'utf8')).toBe(resourceSchema());
  });

  test('have a hash for every required package', () => {
    const requirements = readFileSync(join(FOLDER, 'requirements.txt'), 'utf8')
      .split(/\n(?=\w)/)
      .filter((entry) => entry.includes('=='));
    expect(requirements.length).toBeGreaterThan(20);
    expect(requirements.filter((entry) => !entry.includes('--hash=sha256:'))).toEqual([]);
  });
});

describe('a Python', () => {
  test('that is missing is an error that says what to install', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'no-python-'));
    await expect(findPython({ PATH: empty })).rejects.toThrow(
      /^Python 3\.10 or later was not found: install it from .* apt install python3 python3-venv$/,
    );
    rmSync(empty, { recursive: true });
  });

  test('that is too old is an error that says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'old-python-'));
    writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho \'["/old/python3", [3, 8]]\'\n');
    chmodSync(join(folder, 'python3'), 0o755);
    await expect(findPython({ PATH: folder })).rejects.toThrow(/^Python 3\.10 or later is needed, python3 is 3\.8: install it/);
    rmSync(folder, { recursive: true });
  });
});

/** A process that has ended and that its parent has not waited for does not run. */
function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${processId}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux';
  }
}
