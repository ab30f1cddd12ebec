import { Component, type javascript } from 'projen';

/**
 * Compiles every TypeScript block of the README, so that an example which no longer works fails the build.
 *
 * The assembly carries the README, so this runs after compiling. The names that a snippet may use without declaring them are in
 * `rosetta/default.ts-fixture`.
 */
export class ReadmeSnippets extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    const task = project.addTask('rosetta', {
      description: 'Compile the examples in the README and in doc comments',
      steps: [{ execArgs: ['jsii-rosetta', 'extract', '--strict'], receiveArgs: true }],
    });
    project.postCompileTask.spawn(task);
    project.gitignore.exclude('.jsii.tabl.json');
    project.npmignore?.exclude('/rosetta/', '.jsii.tabl.json');
  }
}
