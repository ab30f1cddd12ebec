import type { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import { expectAtPath, type WaitOptions, waitForValue } from './call-with-expectation';
import { exactly } from './expectation';
import { inOrder, type Steps } from './in-order';
import { nameOf, type TestedService } from './tested-service';

/** Starts a deployment of the same task definition, with the strategy that the service has. */
export function startDeployment(integ: IntegTest, service: TestedService): Steps {
  const parameters = { ...nameOf(service), forceNewDeployment: true };
  return inOrder(expectAtPath(integ, { service: 'ecs', api: 'updateService', parameters, path: 'service.status' }, exactly('ACTIVE')));
}

/** Waits until the latest deployment of the service has succeeded. A deployment that is rolled back does not, and fails the test. */
export function expectDeploymentSucceeded(integ: IntegTest, service: TestedService, wait: WaitOptions = {}): Steps {
  const parameters = { ...nameOf(service), maxResults: 1 };
  const call = { service: 'ecs', api: 'listServiceDeployments', parameters, path: 'serviceDeployments.0.status' };
  return inOrder(waitForValue(integ, call, exactly('SUCCESSFUL'), { timeout: Duration.minutes(30), ...wait }));
}
