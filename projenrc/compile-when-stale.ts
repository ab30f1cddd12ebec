import { Component, type Task, type typescript } from 'projen';
import { whenStale } from './when-stale';

/** Compiles if a source is newer than what was compiled. */
export class CompileWhenStale extends Component {
  public readonly task: Task;

  constructor(project: typescript.TypeScriptProject) {
    super(project);
    this.task = project.addTask('compile:when-stale', { description: 'Compile if a source is newer than what was compiled' });
    this.task.spawn(project.compileTask, { condition: whenStale('lib/index.js', 'src', 'README.md', 'package.json', 'tsconfig.json') });
  }
}
