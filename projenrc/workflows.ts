import { Component, type Project } from 'projen';

/** Checks the workflows of GitHub Actions. Not part of the tests: it needs Go and its module proxy. Where they are missing, the task says so. */
export class Workflows extends Component {
  constructor(project: Project) {
    super(project);
    project.addTask('workflows', {
      description: 'Check the workflows and the composite action with actionlint; needs Go',
      steps: [{ execArgs: ['node', 'projenrc/workflows.mjs'] }],
    });
  }
}
