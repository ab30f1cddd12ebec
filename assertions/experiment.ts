import type { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import { callForValues, type WaitOptions, waitForValue } from './call-with-expectation';
import { exactly } from './expectation';
import { inOrder, type Steps } from './in-order';

/** What an assertion needs of an experiment template of AWS FIS: one that `Chaos` has created. */
export interface StartableExperiment {
  readonly experimentTemplateId: string;
}

/** Starts an experiment of AWS FIS, and waits until it is completed. An experiment that an alarm has stopped is not, and fails the test. */
export function runExperiment(integ: IntegTest, { experimentTemplateId }: StartableExperiment, wait: WaitOptions = {}): Steps {
  const parameters = { experimentTemplateId };
  const startExperiment = {
    service: 'fis',
    api: 'startExperiment',
    parameters,
    // the first experiment of an account creates the service-linked role.
    alsoAllow: [{ actions: ['iam:CreateServiceLinkedRole'], resources: ['*'] }],
  };
  const {
    call: start,
    values: [id],
  } = callForValues(integ, startExperiment, 'experiment.id');
  const state = { service: 'fis', api: 'getExperiment', parameters: { id }, path: 'experiment.state.status' };
  return inOrder(start, waitForValue(integ, state, exactly('completed'), { timeout: Duration.minutes(30), ...wait }));
}
