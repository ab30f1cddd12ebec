import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const needs = ['python3'];

/** Built into a wheel, which is put into an index in a folder, and installed from there into a virtual environment with what it needs from PyPI. */
export async function writeService(workplace) {
  const environment = join(workplace.folder, 'environment');
  const python = join(environment, 'bin/python');
  const index = join(workplace.folder, 'simple');
  await workplace.runHere('python3', '-m', 'venv', environment);
  // the generated project asks for a version of its build tools which an index may not have: any is good enough here.
  await workplace.runHere(python, '-m', 'pip', 'install', '--quiet', 'setuptools', 'wheel');
  const wheels = join(index, workplace.name);
  mkdirSync(wheels, { recursive: true });
  await workplace.runHere(
    python,
    '-m',
    'pip',
    'wheel',
    '--quiet',
    '--no-deps',
    '--no-build-isolation',
    '--wheel-dir',
    wheels,
    workplace.generated(),
  );
  writeIndex(index, workplace.name);
  const example = join(workplace.folder, 'example');
  cpSync('examples/python', example, { recursive: true });
  // as its README says, with the version of the CDK that the templates are compared in.
  const install = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--extra-index-url',
    `file://${index}`,
    '-r',
    'requirements.txt',
    `aws-cdk-lib==${workplace.cdkVersion}`,
  ];
  await workplace.run(example, python, ...install);
  await workplace.run(example, python, '-m', 'unittest');
  await workplace.run(example, python, 'app.py');
  await workplace.run(workplace.app(), python, 'shop.py');
}

/** The pages of an index as pip reads them: one with the packages, and one for each with its files. */
function writeIndex(index, name) {
  const page = (links) =>
    `<!DOCTYPE html><html><body>${links.map((link) => `<a href="${link}">${link.replace('/', '')}</a>`).join('')}</body></html>`;
  writeFileSync(join(index, 'index.html'), page([`${name}/`]));
  writeFileSync(join(index, name, 'index.html'), page(readdirSync(join(index, name)).filter((file) => file.endsWith('.whl'))));
}
