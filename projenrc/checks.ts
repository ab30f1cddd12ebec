import { Component, type typescript } from 'projen';
import type { CommandLine } from './command-line';
import type { IntegrationSnapshots } from './integration-snapshots';
import type { NewestCdk } from './newest-cdk';
import type { ServiceImage } from './service-image';
import { whenStale } from './when-stale';

/** What the checks build first, and the check that is a task of its own. */
export interface ChecksOptions {
  readonly serviceImage: ServiceImage;
  readonly newestCdk: NewestCdk;
  readonly commandLine: CommandLine;
  readonly snapshots: IntegrationSnapshots;
}

/**
 * `test` means every check there is, from a clean clone: it builds what the tests run, and compiles if nobody has since the last change.
 *
 * No check repairs what it finds; `biome` is the task that does.
 */
export class Checks extends Component {
  constructor(project: typescript.TypeScriptProject, options: ChecksOptions) {
    super(project);
    const test = project.testTask;
    test.reset();
    test.description = 'Run every check';
    test.execArgs(['biome', 'check', '--error-on-warnings']);
    test.spawn(options.serviceImage.task);
    test.spawn(options.newestCdk.task);
    test.spawn(options.commandLine.bundle);
    test.spawn(project.compileTask, { condition: whenStale('lib/index.js', 'src', 'README.md', 'package.json', 'tsconfig.json') });
    test.execArgs(['tsc', '--noEmit', '-p', project.tsconfigDev.fileName]);
    test.execArgs(['tsc', '--noEmit', '-p', 'service-image/tsconfig.json']);
    test.execArgs(['vitest', 'run'], { receiveArgs: true });
    test.spawn(options.snapshots.verify);
  }
}
