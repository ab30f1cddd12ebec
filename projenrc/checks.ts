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
 * Everything runs side by side, as soon as what it needs is built: most builds wait for a registry, and the tests on a clock for a clock.
 * No check changes files; the task `biome` does.
 */
export class Checks extends Component {
  constructor(project: typescript.TypeScriptProject, options: ChecksOptions) {
    super(project);
    const test = project.testTask;
    test.reset();
    test.description = 'Run every check';
    const [compile, serviceImage, newestCdk, bundle] = [
      options.compileWhenStale.task,
      options.serviceImage.task,
      options.newestCdk.task,
      options.commandLine.bundle,
    ].map(({ name }) => `projen ${name}`) as [string, string, string, string];
    const checks: readonly Check[] = [
      { command: testsOf("'on a clock'"), after: [serviceImage, bundle], isRepeated: true },
      { command: compile },
      { command: newestCdk },
      { command: serviceImage },
      { command: bundle },
      { command: testsOf("'with tasks'"), after: [serviceImage, bundle], isRepeated: true },
      { command: testsOf('together'), after: [compile, newestCdk, serviceImage, bundle] },
      { command: `${typeCheck(project.tsconfigDev.fileName)} && ${typeCheck('service-image/tsconfig.json')}`, after: [serviceImage] },
      { command: 'biome check --error-on-warnings' },
    ];
    const words = checks.flatMap(({ command, after = [], isRepeated = false }) => [
      ...after.flatMap((each) => ['--after', each]),
      ...(isRepeated ? ['--repeat'] : []),
      command,
    ]);
    test.execArgs(['node', 'projenrc/side-by-side.mjs', ...words, '--'], { receiveArgs: true });
  }
}

/** A command, and the commands that it needs. */
interface Check {
  readonly command: string;
  readonly after?: readonly string[];
  /** Whether it is run once more, alone, after it has failed beside the others: it waits for tasks in real time. */
  readonly isRepeated?: boolean;
}

/** Runs the tests of a project of the vitest configuration, or those of its files that are named. */
function testsOf(project: string): string {
  return `vitest run --project ${project} --passWithNoTests %arguments`;
}

/** Checks the files of a configuration that have changed since the last time, and what depends on them. */
function typeCheck(configuration: string): string {
  const state = `node_modules/.cache/type-check/${configuration.replaceAll('/', '-')}.tsbuildinfo`;
  return `node node_modules/typescript-7/bin/tsc --noEmit -p ${configuration} --incremental --tsBuildInfoFile ${state}`;
}
