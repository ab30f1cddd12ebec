// Generates the Python package, installs it into a virtual environment of its own with what it needs from PyPI, and runs a forecast.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'python-consumer-'));
const cdkVersion = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies['aws-cdk-lib'];
const environment = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', JSII_DEPRECATED: 'quiet' };
const run = (command, ...args) => execFileSync(command, args, { stdio: 'inherit', env: environment });

try {
  const [generated, python] = [join(folder, 'generated'), join(folder, 'environment/bin/python')];
  run('npx', 'jsii-pacmak', '--code-only', '--targets', 'python', '--outdir', generated);
  run('python3', '-m', 'venv', join(folder, 'environment'));
  // the generated project asks for a version of its build tools which an index may not have: any is good enough here.
  run(python, '-m', 'pip', 'install', '--quiet', 'setuptools', 'wheel', `aws-cdk-lib==${cdkVersion}`);
  run(python, '-m', 'pip', 'install', '--quiet', '--no-deps', '--no-build-isolation', join(generated, 'python'));
  run(python, 'test/languages/forecast.py');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
