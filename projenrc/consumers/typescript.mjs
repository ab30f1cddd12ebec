import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** From the npm tarball, compiled strictly against its declarations. */
export async function writeService(workplace) {
  const app = workplace.app();
  await workplace.runHere('npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', workplace.folder);
  const tarball = readdirSync(workplace.folder).find((file) => file.endsWith('.tgz'));
  const peers = [`aws-cdk-lib@${workplace.cdkVersion}`, `constructs@${workplace.constructsVersion}`];
  writeFileSync(join(app, 'package.json'), '{ "private": true }');
  await workplace.run(
    app,
    'npm',
    'install',
    '--silent',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    join(workplace.folder, tarball),
    ...peers,
  );
  const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
  const types = ['--typeRoots', join(process.cwd(), 'node_modules/@types'), '--types', 'node'];
  await workplace.run(app, process.execPath, tsc, '--strict', '--target', 'es2022', '--module', 'commonjs', ...types, 'shop.ts');
  await workplace.run(app, process.execPath, 'shop.js');
}
