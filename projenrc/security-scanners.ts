import { Component, type javascript } from 'projen';

/**
 * Records what security scanners find in the variants of the construct. Not part of the tests: each scanner is a program of its own.
 *
 * The tests compare the table of `docs/security.md` with the record.
 */
export class SecurityScanners extends Component {
  constructor(project: javascript.NodeProject) {
    super(project);
    project.addTask('security-findings', {
      description: 'Record what checkov, trivy, kics and cfn-guard find, where they are installed',
      env: { JSII_DEPRECATED: 'quiet' },
      steps: [{ execArgs: ['tsx', 'bench/security-findings/main.ts'] }],
    });
  }
}
