import { Component, type javascript, type Task } from 'projen';
import { whenStale } from './when-stale';

const FOLDER = 'docs';

/** What VitePress writes. */
const OUTPUT = [`/${FOLDER}/node_modules/`, `/${FOLDER}/.vitepress/dist/`, `/${FOLDER}/.vitepress/cache/`];

/** The pages that an installed package has too: for coding agents, which read what is installed. */
const SHIPPED = ['/llms.txt', `/${FOLDER}/agents.md`];

/**
 * The documentation site: VitePress over the Markdown files in `docs`.
 *
 * The generator is a package of its own in that folder, with its own lock file. It is installed when the site is built, so that the
 * installation of the repository does not wait for it (`docs/decisions/0023-documentation-site.md`).
 */
export class DocumentationSite extends Component {
  /** Builds the site into `docs/.vitepress/dist`. */
  public readonly build: Task;

  constructor(project: javascript.NodeProject) {
    super(project);
    this.build = this.addTask('docs', 'Build the documentation site into docs/.vitepress/dist', 'build');
    this.addTask('docs:serve', 'Serve the documentation site on this machine, and reload it on every save', 'serve');
    this.addTask('docs:preview', 'Serve the site that `docs` has built', 'preview');
    project.gitignore.exclude(...OUTPUT);
    // an excluded folder cannot have an included file, so the pattern excludes what is in the folder.
    project.npmignore?.exclude(`/${FOLDER}/*`);
    project.npmignore?.include(...SHIPPED);
  }

  private addTask(name: string, description: string, script: string): Task {
    const task = this.project.addTask(name, { description, receiveArgs: true });
    task.execArgs(['npm', 'ci', '--no-audit', '--no-fund'], {
      cwd: FOLDER,
      condition: whenStale(`${FOLDER}/node_modules/.package-lock.json`, `${FOLDER}/package-lock.json`),
    });
    task.execArgs(['npm', 'run', script], { cwd: FOLDER });
    return task;
  }
}
