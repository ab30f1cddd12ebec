import { type awscdk, Component } from 'projen';

/**
 * The compiled library in three files, because Node needs longer to load a hundred small ones than an app to create a service.
 *
 * It bundles the output of the compiler: jsii adds to each class what other languages find it by.
 */
export class LibraryBundles extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.execArgs(['node', 'projenrc/library-bundles.mjs']);
  }
}
