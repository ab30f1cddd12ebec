import { renameSync } from 'node:fs';
import { join } from 'node:path';

export const needs = ['javac', 'mvn'];

/** The jar and the app in one build, so that no jar of a package under development stays behind in the local repository. */
export async function writeService(workplace) {
  const app = workplace.app();
  renameSync(workplace.generated(), join(app, 'library'));
  const versions = [`-Dcdk.version=${workplace.cdkVersion}`, `-Dconstructs.version=${workplace.constructsVersion}`];
  const onlyTheJar = ['-Dmaven.javadoc.skip', '-Dmaven.source.skip'];
  await workplace.run(app, 'mvn', '--quiet', '--batch-mode', '--no-transfer-progress', ...versions, ...onlyTheJar, 'package');
}
