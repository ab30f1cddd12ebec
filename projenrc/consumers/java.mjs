import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Workplace } from './workplace.mjs';

export const needs = ['javac', 'mvn'];

/** Where Maven keeps what it has downloaded of this package: a version under development must not stay there for the next build. */
const DOWNLOADED = join(homedir(), '.m2/repository/io/github/cdk-scalable-stateless-service');

const QUIETLY = ['--quiet', '--batch-mode', '--no-transfer-progress'];

/** Deployed to a repository in a folder, and resolved from there by the app. */
export async function writeService(workplace) {
  const app = workplace.app();
  const repository = `file://${join(workplace.folder, 'repository')}`;
  const onlyTheJar = ['-Dmaven.javadoc.skip', '-Dmaven.source.skip', '-Dgpg.skip'];
  const versions = [
    `-Dlibrary.version=${workplace.version}`,
    `-Dcdk.version=${workplace.cdkVersion}`,
    `-Dconstructs.version=[${Workplace.constructsVersion},11)`,
  ];
  rmSync(DOWNLOADED, { recursive: true, force: true });
  try {
    const deploy = [`-DaltDeploymentRepository=loopback::${repository}`, `-DaltReleaseDeploymentRepository=loopback::${repository}`];
    await workplace.run(
      workplace.generated(),
      'mvn',
      ...QUIETLY,
      ...onlyTheJar,
      ...deploy,
      'package',
      'org.apache.maven.plugins:maven-deploy-plugin:3.1.4:deploy',
    );
    await workplace.run(app, 'mvn', ...QUIETLY, ...versions, `-Drepository.url=${repository}`, 'package');
  } finally {
    rmSync(DOWNLOADED, { recursive: true, force: true });
  }
}
