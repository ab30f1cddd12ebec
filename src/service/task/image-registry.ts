import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ServiceNetwork } from '../network/service-network';
import { hasPlaceholder } from '../placeholders';
import { warn } from '../warnings';

/** What is started from an image: a container of a task, or that of an instance. */
export interface ImageUser extends Construct {
  readonly imageName: string;
}

/** The registry of an image in Amazon ECR, the only registry with a VPC endpoint. Parts that only the deployment knows are missing. */
interface EcrImage {
  readonly account?: string;
  readonly region?: string;

  /** Where the image is given by its whole name. */
  readonly repository?: string;
}

const ECR_IMAGE = /(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?\/([^:@"]+))?/;

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

/** Allows ECS to pull images of ECR that are given by their name. The CDK allows it for those that are given by their repository. */
export function allowPull(containers: readonly ImageUser[], executionRole: IRole): void {
  for (const container of containers) {
    const { account, region, repository } = Token.isUnresolved(container.imageName) ? {} : (ecrImageOf(container) ?? {});
    if (repository === undefined) continue;
    const arn = Stack.of(container).formatArn({ service: 'ecr', resource: 'repository', account, region, resourceName: repository });
    for (const statement of pullStatements(arn)) executionRole.addToPrincipalPolicy(statement);
    Annotations.of(container).acknowledgeWarning('@aws-cdk/aws-ecs:ecrImageRequiresPolicy');
  }
}

/** What ECS needs to pull the images of a repository. */
export function pullStatements(repositoryArn: string): [pull: PolicyStatement, login: PolicyStatement] {
  return [
    new PolicyStatement({ actions: PULL, resources: [repositoryArn] }),
    new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
  ];
}

/** Warns of each image that no task can pull: the deployment would time out and roll back without naming the cause. */
export function warnOfRegistries(
  containers: readonly ImageUser[],
  { isClosed, endpoints }: Pick<ServiceNetwork, 'isClosed' | 'endpoints'>,
): void {
  for (const container of containers) {
    if (isClosed) warnOfUnreachableRegistry(container, endpoints === undefined ? 'the VPC' : 'the new VPC');
    warnOfOtherAccount(container);
  }
}

function warnOfUnreachableRegistry(container: ImageUser, vpc: string): void {
  const image = ecrImageOf(container);
  const { region } = Stack.of(container);
  if (image === undefined) {
    warn(
      container,
      'unreachableRegistry',
      `${vpc} has no route to the registry of image '${container.imageName}', only to Amazon ECR: copy the image to ECR, or set network to one with Internet access`,
    );
  } else if (image.region !== undefined && !Token.isUnresolved(region) && image.region !== region) {
    warn(
      container,
      'unreachableRegistry',
      `${vpc} has a route to Amazon ECR in ${region} only, and an image is in ${image.region}: replicate its repository to ${region}, or set network to one with Internet access`,
    );
  }
}

/** ECR asks both the execution role and the policy of the repository, where they are in two accounts. */
function warnOfOtherAccount(container: ImageUser): void {
  const { account } = ecrImageOf(container) ?? {};
  const own = Stack.of(container).account;
  if (account === undefined || Token.isUnresolved(own) || account === own) return;
  warn(
    container,
    'repositoryPolicy',
    `an image is in account ${account}: the policy of its repository must allow account ${own} the actions ${PULL.join(', ')}`,
  );
}

/** The registry of an image; undefined for one that is known to be elsewhere than in ECR. */
function ecrImageOf(container: ImageUser): EcrImage | undefined {
  const text = JSON.stringify(Stack.of(container).resolve(container.imageName));
  const [, account, region, repository] = ECR_IMAGE.exec(text) ?? [];
  if (account !== undefined) return { account, region, repository };
  return Token.isUnresolved(container.imageName) || hasPlaceholder(container.imageName) ? {} : undefined;
}
