import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ImageRecords } from '../../../emulation/images/image-records';
import { bundledProgram } from '../../../rehearsal/bundled-program';

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'images-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('what the CDK does with docker records the build folder under the name that is deployed, also after the folder is gone', () => {
  const records = folderOfTest();
  const source = folderOfTest();
  writeFileSync(join(source, 'Dockerfile'), 'CMD ["node", "server.js"]');
  const docker = (...args: string[]) =>
    spawnSync(process.execPath, [bundledProgram('image-recorder'), records, ...args], { cwd: source, encoding: 'utf8' });
  expect(docker('inspect', 'cdkasset-1').status).toBe(1);
  expect(docker('build', '--build-arg', 'A=b=c', '--tag', 'cdkasset-1', '--platform', 'linux/arm64', '--no-cache', '.').status).toBe(0);
  expect(docker('inspect', 'cdkasset-1').status).toBe(0);
  expect(docker('login', '--username', 'AWS', '--password-stdin', 'registry').status).toBe(0);
  expect(docker('tag', 'cdkasset-1', 'registry/assets:1').status).toBe(0);
  expect(docker('--config', '/nowhere', 'push', 'registry/assets:1').status).toBe(0);
  rmSync(source, { recursive: true });
  const image = new ImageRecords(records).find('registry/assets:1')!;
  expect(image).toMatchObject({ buildArguments: { A: 'b=c' }, platform: 'linux/arm64' });
  expect(readFileSync(join(image.folder, 'Dockerfile'), 'utf8')).toContain('server.js');
});

test.each([
  [['run', 'alpine'], 'docker run is not recorded'],
  [['push', 'unknown:1'], 'no such image was built during this emulation: unknown:1'],
  [['build', '.'], 'docker build must have a folder and a --tag'],
])('%s ends with exit code 1 and a sentence', (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, [bundledProgram('image-recorder'), folderOfTest(), ...args], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
