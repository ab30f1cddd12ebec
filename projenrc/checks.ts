import { Component, type typescript } from 'projen';
import type { CommandLine } from './command-line';
import type { CompileWhenStale } from './compile-when-stale';
import type { NewestCdk } from './newest-cdk';
import type { ServiceImage } from './service-image';

/** What the checks build first. */
export interface ChecksOptions {
  readonly compileWhenStale: CompileWhenStale;
  readonly serviceImage: ServiceImage;
  readonly newestCdk: NewestCdk;
  readonly commandLine: CommandLine;
}

/**
 * `test` runs every check from a clean clone: it builds what the tests run, and compiles if the sources have changed since.
 *
 * Independent steps run side by side: most builds wait for a registry, and the tests on a clock for a clock.
 * No check changes files; the task `biome` does.
 */
export class Checks extends Component {
  constructor(project: typescript.TypeScriptProject, options: ChecksOptions) {
    super(project);
    const test = project.testTask;
    test.reset();
    test.description = 'Run every check';
    const builds = [options.compileWhenStale.task, options.serviceImage.task, options.newestCdk.task, options.commandLine.bundle].map(
      ({ name }) => `projen ${name}`,
    );
    test.execArgs(sideBySide(...builds, 'biome check --error-on-warnings'));
    test.execArgs(
      [
        ...sideBySide(
          "vitest run --project 'on a clock' --passWithNoTests %arguments",
          "vitest run --project 'with tasks' --passWithNoTests %arguments",
          'vitest run --project together --passWithNoTests %arguments',
          `${typeCheck(project.tsconfigDev.fileName)} && ${typeCheck('service-image/tsconfig.json')}`,
        ),
        '--',
      ],
      { receiveArgs: true },
    );
  }
}

/** Checks the files of a configuration that have changed since the last time, and what depends on them. */
function typeCheck(configuration: string): string {
  const state = `node_modules/.cache/type-check/${configuration.replaceAll('/', '-')}.tsbuildinfo`;
  return `node node_modules/typescript-7/bin/tsc --noEmit -p ${configuration} --incremental --tsBuildInfoFile ${state}`;
}

function sideBySide(...commands: string[]): string[] {
  return ['node', 'projenrc/side-by-side.mjs', ...commands];
}
