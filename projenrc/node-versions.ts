import { Component, github, type javascript } from 'projen';

/** Where else the checks run. */
export interface NodeVersionsOptions {
  /** The major versions to test on besides the one that the build runs on. */
  readonly alsoTestOn: string[];
}

/**
 * The versions of Node that the package supports: every check runs on each of them, in a job of the build workflow.
 */
export class NodeVersions extends Component {
  constructor(project: javascript.NodeProject, options: NodeVersionsOptions) {
    super(project);
    const workflow = project.github?.tryFindWorkflow('build');
    for (const version of options.alsoTestOn) {
      workflow?.addJob(`test-on-node-${version}`, this.job(project, version));
    }
    // jsii warns about a Node past its end of life; that it still works here is what the job proves.
    project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
  }

  private job(project: javascript.NodeProject, version: string): github.workflows.Job {
    return {
      runsOn: ['ubuntu-latest'],
      permissions: { contents: github.workflows.JobPermission.READ },
      env: { CI: 'true' },
      tools: { node: { version } },
      steps: [
        github.WorkflowSteps.checkout(),
        { name: 'Install dependencies', run: 'npm ci' },
        { name: 'Run every check', run: project.runTaskCommand(project.testTask) },
      ],
    };
  }
}
