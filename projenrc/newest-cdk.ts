import { Component, type javascript, type Task } from 'projen';
import { whenStale } from './when-stale';

const FOLDER = 'test/newest-cdk';

/**
 * The newest CDK, and cdk-nag, which needs a newer one than this package is developed on: a package of its own, with its own lockfile,
 * because the integration runner holds the root to an older version.
 */
export class NewestCdk extends Component {
  /** Installs the versions of the folder's lockfile. */
  public readonly task: Task;

  constructor(project: javascript.NodeProject) {
    super(project);
    this.task = project.addTask('newest-cdk', { description: 'Install the newest CDK and cdk-nag beside the tests that run with them' });
    this.task.execArgs(['npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: FOLDER,
      condition: whenStale(`${FOLDER}/node_modules/.package-lock.json`, `${FOLDER}/package-lock.json`),
    });
    project.upgradeWorkflow?.postUpgradeTask.execArgs(
      ['npm', 'install', '--save-exact', 'aws-cdk-lib@latest', 'cdk-nag@latest', 'constructs@latest'],
      {
        cwd: FOLDER,
      },
    );
    project.gitignore.exclude(`/${FOLDER}/node_modules/`);
  }
}
