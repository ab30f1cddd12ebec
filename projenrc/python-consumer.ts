import { type awscdk, Component } from 'projen';

/** Forecasts from Python, with the package as somebody would install it. Not part of the tests: it needs Python and PyPI. */
export class PythonConsumer extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);
    project.addTask('consumer:python', {
      description: 'Install the package into a Python project and forecast there; compile first',
      steps: [{ execArgs: ['node', 'projenrc/python-consumer.mjs'] }],
    });
  }
}
