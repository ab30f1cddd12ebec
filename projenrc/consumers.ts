import { type awscdk, Component } from 'projen';

/** The languages in which a service is written and compared, and what each needs besides Node. */
const COMPARED = {
  python: 'Python and PyPI',
  java: 'a JDK, Maven and Maven Central',
  go: 'Go and its module proxy',
};

/**
 * Publishes the package to registries on this machine and installs it from there as a user would: every example, and the same service in every
 * language, whose template and forecast are compared with those of TypeScript. Not part of the tests: each needs a toolchain and a registry. Where
 * one is missing, the task says so.
 */
export class Consumers extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    for (const [language, needs] of Object.entries(COMPARED)) {
      project.addTask(`consumer:${language}`, {
        description: `Write a service in ${language} and compare it with one in TypeScript; needs ${needs}; compile first`,
        steps: [{ execArgs: ['node', 'projenrc/consumers/consumer.mjs', language] }],
      });
    }
    project.addTask('consumer:examples', {
      description:
        'Install every example in TypeScript from an npm registry on this machine, test and synthesize it; compile and bundle first',
      steps: [{ execArgs: ['node', 'projenrc/consumers/consumer.mjs', 'examples'] }],
    });
    const needs = Object.entries(COMPARED).map(([language, needed]) => `${language} needs ${needed}`);
    project.addTask('consumers', {
      description: `Write a service in every language and compare it with one in TypeScript, and generate the .NET package; compile first (${needs.join('; ')})`,
      steps: [{ execArgs: ['node', 'projenrc/consumers/consumer.mjs', ...Object.keys(COMPARED), 'dotnet', 'examples'] }],
    });
    project.addTask('consumer:dotnet', {
      description: 'Generate the .NET package, and compile it where there is a .NET SDK; compile first',
      steps: [{ execArgs: ['node', 'projenrc/consumers/consumer.mjs', 'dotnet'] }],
    });
    project.gitignore.exclude('/projenrc/consumers/npm-registry/node_modules/');
  }
}
