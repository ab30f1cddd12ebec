import { Component, type javascript, type Task } from 'projen';
import { whenStale } from './when-stale';

const FOLDER = 'service-image';

/**
 * The reference service: a package of its own in a plain folder, because a Docker build context needs its own lockfile.
 *
 * Its server is bundled before anything synthesizes, since the image copies the bundle; the tarball carries both the
 * sources and the bundle, so that a stack which uses the reference image deploys from an installed package.
 */
export class ServiceImage extends Component {
  /** Brings `dist/server.mjs` up to date. */
  public readonly task: Task;

  constructor(project: javascript.NodeProject) {
    super(project);
    this.task = this.addTask();
    this.ignoreWhatIsBuilt(project);
  }

  private addTask(): Task {
    const task = this.project.addTask(FOLDER, { description: `Bundle the reference service into ${FOLDER}/dist` });
    task.execArgs(['npm', 'ci', '--no-audit', '--no-fund'], {
      cwd: FOLDER,
      condition: whenStale(`${FOLDER}/node_modules/.package-lock.json`, `${FOLDER}/package-lock.json`),
    });
    task.execArgs(['npm', 'run', 'build'], { cwd: FOLDER });
    return task;
  }

  // npm would honour ignore files inside the folder over these, so the folder has none.
  private ignoreWhatIsBuilt(project: javascript.NodeProject): void {
    project.gitignore.exclude(`/${FOLDER}/node_modules/`, `/${FOLDER}/dist/`);
    project.npmignore?.exclude(`/${FOLDER}/node_modules/`, `/${FOLDER}/test/`);
    project.npmignore?.include(`/${FOLDER}/dist/`, `/${FOLDER}/dist/**`);
  }
}
