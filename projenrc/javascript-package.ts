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
  '/biome.jsonc',
  'cdk.out/',
  '/docs/',
  '/projenrc/',
  '/tsconfig.dev.json',
  '/vitest.config.mts',
];

/**
 * The npm tarball: what it leaves out, and that a build makes only it.
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
