import type { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { expectAtPath, type WaitOptions, waitForValue } from './call-with-expectation';
import { exactly } from './expectation';
import { inOrder, type Steps } from './in-order';
import { nameOf, type TestedService } from './tested-service';

/** What is deployed. */
export interface StartDeploymentOptions {
  /**
   * Another task definition.
   *
   * @default - the one that the service has
   */
  readonly taskDefinition?: DeployableTaskDefinition;
}

/** What an assertion needs of a task definition: one of the CDK. */
export interface DeployableTaskDefinition {
  readonly taskDefinitionArn: string;
  readonly taskRole: IRole;
  readonly executionRole?: IRole;
}

/** Starts a deployment, with the strategy that the service has. */
export function startDeployment(integ: IntegTest, service: TestedService, { taskDefinition }: StartDeploymentOptions = {}): Steps {
  const parameters = {
    ...nameOf(service),
    ...(taskDefinition && { taskDefinition: taskDefinition.taskDefinitionArn }),
    forceNewDeployment: true,
  };
  const roles =
    taskDefinition === undefined ? [] : [taskDefinition.taskRole, ...(taskDefinition.executionRole ? [taskDefinition.executionRole] : [])];
  // who deploys a task definition passes its roles to the tasks.
  const alsoAllow = roles.length === 0 ? [] : [{ actions: ['iam:PassRole'], resources: roles.map(({ roleArn }) => roleArn) }];
  return inOrder(
    expectAtPath(integ, { service: 'ecs', api: 'updateService', parameters, path: 'service.status', alsoAllow }, exactly('ACTIVE')),
  );
}

/** Waits until the latest deployment of the service has succeeded. A deployment that is rolled back does not, and fails the test. */
export function expectDeploymentSucceeded(integ: IntegTest, service: TestedService, wait: WaitOptions = {}): Steps {
  return expectDeploymentStatus(integ, service, 'SUCCESSFUL', wait);
}

/** Waits until the latest deployment of the service has failed and was rolled back: the tasks of the revision before serve again. */
export function expectDeploymentRolledBack(integ: IntegTest, service: TestedService, wait: WaitOptions = {}): Steps {
  return expectDeploymentStatus(integ, service, 'ROLLBACK_SUCCESSFUL', wait);
}

function expectDeploymentStatus(integ: IntegTest, service: TestedService, status: string, wait: WaitOptions): Steps {
  const parameters = { ...nameOf(service), maxResults: 1 };
  const call = { service: 'ecs', api: 'listServiceDeployments', parameters, path: 'serviceDeployments.0.status' };
  return inOrder(waitForValue(integ, call, exactly(status), { timeout: Duration.minutes(30), ...wait }));
}
