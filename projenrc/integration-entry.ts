import { type awscdk, Component } from 'projen';

const SOURCES = 'assertions';
const OUTPUT = 'lib-integ';
const ENTRY = 'integ';

/**
 * The entry `cdk-scalable-stateless-service/integ` of the package: assertions for integration tests.
 *
 * Its sources are outside the jsii assembly: jsii would make its peer, which is experimental, one of the packages in all languages.
 */
export class IntegrationEntry extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.compileTask.execArgs(['node', `${SOURCES}/bundle.mjs`]);
    const types = `./${OUTPUT}/index.d.ts`;
    project.package.addField('exports', {
      '.': { types: './lib/index.d.ts', default: './lib/index.js' },
      [`./${ENTRY}`]: { types, default: `./${OUTPUT}/index.js` },
      // what tools and examples read of the package, by its path.
      './.jsii': './.jsii',
      './package.json': './package.json',
      './*': './*',
    });
    // for the module resolution of TypeScript that does not read exports.
    project.package.addField('typesVersions', { '*': { [ENTRY]: [types] } });
    project.gitignore.exclude(`/${OUTPUT}/`);
    project.npmignore?.exclude(`/${SOURCES}/`);
    project.npmignore?.include(`/${OUTPUT}/`);
  }
}
