import { Component, type javascript } from 'projen';

/** What the repository needs and an installed package does not. */
const NOT_SHIPPED = [
  '/.ci/',
  '/.editorconfig',
  '/.gitattributes',
  '/.projenrc.ts',
  '/ARCHITECTURE.md',
  '/CONTRIBUTING.md',
  '/SECURITY.md',
  '/bench/',
  '/findings/',
  '/biome.jsonc',
  'cdk.out/',
  '/projenrc/',
  '/tsconfig.dev.json',
  '/vitest.config.mts',
];

/**
 * The npm tarball: which files it leaves out, and that a build packages nothing else.
 *
 * The other languages are packaged from the tarball in jobs of their own, where their tools are installed; a build
 * needs only Node.
 */
export class JavaScriptPackage extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.npmignore?.exclude(...NOT_SHIPPED);
    const packageJs = project.tasks.tryFind('package:js')!;
    project.packageTask.reset();
    project.packageTask.spawn(packageJs);
  }
}
