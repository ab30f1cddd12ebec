import { type awscdk, Component } from 'projen';

/**
 * Lazy loading of the simulation: an app that only deploys does not load what a forecast needs.
 *
 * It rewrites the output of the compiler, because TypeScript has no lazy synchronous import.
 */
export class LazyRequires extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.execArgs(['node', 'projenrc/lazy-requires.mjs']);
  }
}
