import { Component, JsonFile, type Task, type typescript } from 'projen';
import type { CompileWhenStale } from './compile-when-stale';

const FOLDER = 'integ';

/** Where the bundled tests are: nothing in it is committed, checked or packed. */
const BUNDLED = 'cdk.out/integ';

/** What the integration tests need from the rest of the build. */
export interface IntegrationSnapshotsOptions {
  /** The tests run on the compiled package. */
  readonly compileWhenStale: CompileWhenStale;
}

/**
 * The deployable tests in `integ/`. integ-runner compares them with their snapshots, and deploys them when asked to.
 *
 * Every test run compares them too, in one process: integ-runner starts two for each app.
 */
export class IntegrationSnapshots extends Component {
  constructor(project: typescript.TypeScriptProject, options: IntegrationSnapshotsOptions) {
    super(project);
    new JsonFile(project, 'integ.config.json', {
      marker: false,
      // a worker loads the whole runner: more of them than processors of a small machine take longer.
      obj: { directory: FOLDER, language: ['typescript'], 'max-workers': 2, app: `node ${BUNDLED}/{filePath}.js` },
    });
    const integ = this.addTask('integ', 'Compare the integration tests with their snapshots, without deploying', [], options);
    // what integ-runner leaves out: assertions, stack names, Regions, tags, a second stack.
    integ.execArgs(['vitest', 'run', '--project', 'together', 'test/integ/snapshots.test.ts']);
    const description = 'Deploy the integration tests that changed, assert, and accept their snapshots';
    this.addTask('integ:update', description, ['--update-on-failed'], options);
    this.addEmulationTask(options);
    project.gitattributes.addAttributes('/integ/*.snapshot/**', 'linguist-generated');
    // the handler of the assertions, 2.2 MB a snapshot: the assertion stack is never deployed from a snapshot, so nothing reads it there.
    project.gitignore.exclude('/integ/*.snapshot/asset.*.bundle/');
    project.npmignore?.exclude('/integ/', '/integ.config.json');
  }

  /** The tests from start to end on an AWS endpoint of this machine, with the command of this package. */
  private addEmulationTask(options: IntegrationSnapshotsOptions): void {
    const task = this.project.addTask('integ:emulate', {
      description: 'Deploy integration tests to an emulation of AWS on this machine, put them under load, assert, and delete them',
    });
    task.spawn(options.compileWhenStale.task);
    task.execArgs(['node', 'projenrc/bundle-integration-apps.mjs', FOLDER, BUNDLED]);
    task.execArgs(['node', 'projenrc/integration-on-emulation.mjs'], { receiveArgs: true });
  }

  private addTask(name: string, description: string, words: string[], options: IntegrationSnapshotsOptions): Task {
    const task = this.project.addTask(name, { description });
    task.spawn(options.compileWhenStale.task);
    task.execArgs(['node', 'projenrc/bundle-integration-apps.mjs', FOLDER, BUNDLED]);
    task.execArgs(['node', 'projenrc/integration-runner.mjs', ...words], { receiveArgs: true });
    return task;
  }
}
