import { type awscdk, Component } from 'projen';

/**
 * Lets an app that only deploys not load a simulation: what a forecast needs is loaded with the first one.
 *
 * It rewrites what the compiler has written, as an import cannot be told to wait in the language itself.
 */
export class LazyDoors extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.execArgs(['node', 'projenrc/lazy-doors.mjs']);
  }
}
