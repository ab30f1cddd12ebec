import { Component, type Task, type typescript } from 'projen';
import type { ServiceImage } from './service-image';

const OUTPUT = 'lib-cli';
const EXAMPLE = 'examples/search-service/app.ts';

/** What the command needs from the rest of the build. */
export interface CommandLineOptions {
  /** What a rehearsal runs. */
  readonly serviceImage: ServiceImage;
}

/**
 * The command: kept out of the jsii assembly in `cli/`, bundled with its libraries into `lib-cli/`.
 *
 * The bundle keeps the package free of runtime dependencies, which jsii would otherwise demand to be bundled one by one.
 */
export class CommandLine extends Component {
  /** Bundles the command. */
  public readonly bundle: Task;

  constructor(project: typescript.TypeScriptProject, options: CommandLineOptions) {
    super(project);
    this.bundle = project.addTask('bundle', { description: `Bundle the command line into ${OUTPUT}` });
    this.bundle.execArgs(['node', 'cli/bundle.mjs']);

    project.package.addBin({ [project.package.packageName]: `${OUTPUT}/main.js` });
    project.gitignore.exclude(`/${OUTPUT}/`);
    project.npmignore?.exclude('/cli/');
    project.npmignore?.include(`/${OUTPUT}/`);

    // the dev tsconfig lets the example find this package by its name.
    const app = `npx tsx --tsconfig ${project.tsconfigDev.fileName} ${EXAMPLE}`;
    this.addTryOut('forecast', 'Forecast the search service of the examples', app, options);
    this.addTryOut('rehearse', 'Rehearse the search service of the examples on this machine', app, options);
  }

  private addTryOut(command: string, description: string, app: string, options: CommandLineOptions): void {
    const task = this.project.addTask(command, { description });
    task.spawn(options.serviceImage.task);
    task.spawn(this.bundle);
    task.execArgs(['node', `${OUTPUT}/main.js`, command, '--app', app], { receiveArgs: true });
  }
}
