import { cpSync } from 'node:fs';
import { join } from 'node:path';

export const needs = ['python3'];

/** In a virtual environment of its own, with what it needs from PyPI. */
export async function writeService(workplace) {
  const environment = join(workplace.folder, 'environment');
  const python = join(environment, 'bin/python');
  const packages = [`aws-cdk-lib==${workplace.cdkVersion}`, `constructs==${workplace.constructsVersion}`];
  await workplace.runHere('python3', '-m', 'venv', environment);
  // the generated project asks for a version of its build tools which an index may not have: any is good enough here.
  await workplace.runHere(python, '-m', 'pip', 'install', '--quiet', 'setuptools', 'wheel', ...packages);
  await workplace.runHere(python, '-m', 'pip', 'install', '--quiet', '--no-deps', '--no-build-isolation', workplace.generated());
  await workplace.run(workplace.app(), python, 'shop.py');
  await runExample(workplace, python);
}

/** The example in Python, copied as a user would: its unit test, and its app. */
async function runExample(workplace, python) {
  const example = join(workplace.folder, 'example');
  cpSync('examples/python', example, { recursive: true });
  await workplace.run(example, python, '-m', 'unittest');
  await workplace.run(example, python, 'app.py');
}
