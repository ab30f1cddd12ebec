import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './workplace.mjs';

export const needs = [];

/** From the npm registry, by the line of the README in a project that has the CDK; compiled strictly against its declarations. */
export async function writeService(workplace) {
  const app = workplace.app();
  const dependencies = { 'aws-cdk-lib': workplace.cdkVersion, constructs: `^${Workplace.constructsVersion}` };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const [, line] = /^\| TypeScript \| `npm install ([^`]+)` \|$/m.exec(readFileSync('README.md', 'utf8'));
  await workplace.run(app, 'npm', 'install', '--silent', ...line.split(' '));
  await workplace.run(app, 'npx', '--no', 'ecs-rehearsal', '--version');
  const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
  const types = ['--typeRoots', join(process.cwd(), 'node_modules/@types'), '--types', 'node'];
  await workplace.run(app, process.execPath, tsc, '--strict', '--target', 'es2022', '--module', 'commonjs', ...types, 'shop.ts');
  await workplace.run(app, process.execPath, 'shop.js');
}
