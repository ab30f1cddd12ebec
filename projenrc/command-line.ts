import { Component, type Task, type typescript } from 'projen';
import type { ServiceImage } from './service-image';

const OUTPUT = 'lib-cli';

/** The short name of the command, beside the name of the package, which npx needs before the package is installed. */
const SHORT_NAME = 'ecs-rehearsal';
const EXAMPLE = 'examples/search-service/app.ts';

/** Options of the command in the build. */
export interface CommandLineOptions {
  /** The service that a rehearsal runs by default. */
  readonly serviceImage: ServiceImage;
}

/**
 * The command: its sources are in `cli/`, `rehearsal/` and `emulation/`, outside the jsii assembly, and bundled with their libraries into
 * `lib-cli/`.
 *
 * The bundle keeps the package free of runtime dependencies; jsii would require each of them in `bundledDependencies`.
 */
export class CommandLine extends Component {
  /** Bundles the command. */
  public readonly bundle: Task;

  constructor(project: typescript.TypeScriptProject, options: CommandLineOptions) {
    super(project);
    this.bundle = project.addTask('bundle', { description: `Bundle the command line into ${OUTPUT}` });
    this.bundle.execArgs(['node', 'cli/bundle.mjs']);

    const main = `${OUTPUT}/main.js`;
    project.package.addBin({ [project.package.packageName]: main, [SHORT_NAME]: main });
    project.gitignore.exclude(`/${OUTPUT}/`);
    project.npmignore?.exclude('/cli/', '/rehearsal/', '/emulation/');
    project.npmignore?.include(`/${OUTPUT}/`);

    // the dev tsconfig resolves the name of this package for the example.
    const app = `npx tsx --tsconfig ${project.tsconfigDev.fileName} ${EXAMPLE}`;
    this.addExampleTask('forecast', 'Forecast the search service of the examples', app, options);
    this.addExampleTask('rehearse', 'Rehearse the search service of the examples on this machine', app, options);
  }

  private addExampleTask(command: string, description: string, app: string, options: CommandLineOptions): void {
    const task = this.project.addTask(command, { description });
    task.spawn(options.serviceImage.task);
    task.spawn(this.bundle);
    task.execArgs(['node', `${OUTPUT}/main.js`, command, '--app', app], { receiveArgs: true });
  }
}
