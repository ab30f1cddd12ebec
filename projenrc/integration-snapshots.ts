import { Component, JsonFile, type Task, type typescript } from 'projen';

/**
 * The deployable tests in `integ/`: their templates are compared in every test run, and deployed when asked to.
 */
export class IntegrationSnapshots extends Component {
  /** Compares every template with its snapshot. Needs no credentials and no network. */
  public readonly verify: Task;

  constructor(project: typescript.TypeScriptProject) {
    super(project);
    new JsonFile(project, 'integ.config.json', {
      marker: false,
      // the dev tsconfig lets a test find this package by its name.
      obj: { directory: 'integ', language: ['typescript'], app: `tsx --tsconfig ${project.tsconfigDev.fileName} {filePath}` },
    });
    this.verify = project.addTask('integ', {
      description: 'Compare the integration tests with their snapshots, without deploying',
      steps: [{ execArgs: ['integ-runner'], receiveArgs: true }],
    });
    project.addTask('integ:update', {
      description: 'Deploy the integration tests that changed, assert, and accept their snapshots',
      steps: [{ execArgs: ['integ-runner', '--update-on-failed'], receiveArgs: true }],
    });
    project.gitattributes.addAttributes('/integ/*.snapshot/**', 'linguist-generated');
    project.npmignore?.exclude('/integ/', '/integ.config.json');
  }
}
