import { AwsError, type AwsObject, number, type Operations, strings, structure, text, timestamp } from '../front/aws-call';
import {
  describeServiceDeployment,
  describeServiceDeploymentBriefly,
  describeServiceRevision,
  serviceDeploymentArn,
  serviceRevisionArn,
} from './described-service-deployment';
import type { LiveDeployment, ServiceDeploymentStatus } from './live-deployments';
import type { LiveService } from './live-service';
import type { LiveServices } from './live-services';

/** The most service deployments of one page. */
const MAX_RESULTS = 100;

/** A service deployment, with its service. */
interface FoundDeployment {
  readonly service: LiveService;
  readonly deployment: LiveDeployment;
}

/** The operations of ECS on service deployments and service revisions. They never reach the control plane, which has none. */
export function serviceDeploymentOperations(live: LiveServices): Operations {
  return {
    'ecs ListServiceDeployments': async ({ region, input }) => {
      const record = live.records.service(region, text(input.cluster), String(input.service));
      const service = live.find(record);
      if (record === undefined) throw new AwsError('ServiceNotFoundException', 'Service not found.');
      const listed = (service?.deployments.serviceDeployments ?? [])
        .filter((deployment) => isListed(deployment, input))
        .map((deployment) => describeServiceDeploymentBriefly(service!, deployment));
      const start = number(input.nextToken) ?? 0;
      const end = start + Math.min(MAX_RESULTS, number(input.maxResults) ?? MAX_RESULTS);
      return { serviceDeployments: listed.slice(start, end), ...(end < listed.length && { nextToken: String(end) }) };
    },
    'ecs DescribeServiceDeployments': async ({ input }) => {
      const arns = strings(input.serviceDeploymentArns);
      const found = arns.map((arn) => ({ arn, found: findDeployment(live, arn) }));
      return {
        serviceDeployments: found.flatMap(({ found: each }) => (each ? [describeServiceDeployment(each.service, each.deployment)] : [])),
        failures: found.flatMap(({ arn, found: each }) => (each ? [] : [{ arn, reason: 'MISSING' }])),
      };
    },
    'ecs DescribeServiceRevisions': async ({ input }) => {
      const all = live.all.flatMap((service) => service.deployments.revisions.map((revision) => ({ service, revision })));
      const found = strings(input.serviceRevisionArns).map((arn) => ({
        arn,
        found: all.find(({ service, revision }) => serviceRevisionArn(service, revision.number) === arn),
      }));
      return {
        serviceRevisions: found.flatMap(({ found: each }) => (each ? [describeServiceRevision(each.service, each.revision)] : [])),
        failures: found.flatMap(({ arn, found: each }) => (each ? [] : [{ arn, reason: 'MISSING' }])),
      };
    },
    'ecs StopServiceDeployment': async ({ input }) => {
      if (input.stopType === 'ABORT') throw new AwsError('ClientException', 'ABORT is not supported: use ROLLBACK.');
      const { service, deployment } = deploymentInProgress(live, input, ['IN_PROGRESS', 'ROLLBACK_IN_PROGRESS']);
      // a rollback in progress goes on.
      if (deployment.status === 'IN_PROGRESS') service.rollBack();
      return { serviceDeploymentArn: input.serviceDeploymentArn };
    },
    'ecs ContinueServiceDeployment': async ({ input }) => {
      const { service, deployment } = deploymentInProgress(live, input);
      const hook = deployment.hooks.find(({ id }) => id === input.hookId);
      if (hook?.status !== 'AWAITING_ACTION')
        throw new AwsError('InvalidParameterException', `No hook with the ID ${input.hookId} awaits an action.`);
      if (input.action === 'ROLLBACK') service.rollBack();
      else service.continueDeployment(hook.index);
      return { serviceDeploymentArn: input.serviceDeploymentArn };
    },
  };
}

function findDeployment(live: LiveServices, arn: string): FoundDeployment | undefined {
  const all = live.all.flatMap((service) => service.deployments.serviceDeployments.map((deployment) => ({ service, deployment })));
  return all.find(({ service, deployment }) => serviceDeploymentArn(service, deployment) === arn);
}

function deploymentInProgress(
  live: LiveServices,
  { serviceDeploymentArn: arn }: AwsObject,
  statuses: readonly ServiceDeploymentStatus[] = ['IN_PROGRESS'],
): FoundDeployment {
  const found = findDeployment(live, String(arn));
  if (found === undefined) throw new AwsError('ServiceDeploymentNotFoundException', 'The service deployment was not found.');
  if (!statuses.includes(found.deployment.status))
    throw new AwsError('ConflictException', `The service deployment is ${found.deployment.status}, and cannot be changed.`);
  return found;
}

function isListed({ status, createdAt }: LiveDeployment, input: AwsObject): boolean {
  const statuses = strings(input.status);
  const { before, after } = structure(input.createdAt);
  const [earliest, latest] = [timestamp(after), timestamp(before)];
  return (
    (statuses.length === 0 || statuses.includes(status)) &&
    (earliest === undefined || createdAt >= earliest) &&
    (latest === undefined || createdAt <= latest)
  );
}
