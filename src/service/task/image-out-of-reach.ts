import { Token } from 'aws-cdk-lib';
import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import type { ServiceNetwork } from '../network/service-network';
import { warn } from '../warnings';

/** An address in Amazon ECR, the only registry that has an endpoint. */
const ECR_ADDRESS = /^\d{12}\.dkr\.ecr\./;

/** Warns of an image that no task could pull: the deployment would wait for a while, and then roll back without naming the reason. */
export function warnOfImageOutOfReach(container: ContainerDefinition, network: ServiceNetwork): void {
  const { imageName } = container;
  if (!network.isClosed || Token.isUnresolved(imageName) || ECR_ADDRESS.test(imageName)) return;
  warn(
    container,
    'imageOutOfReach',
    `image must be in Amazon ECR, got '${imageName}': the new VPC has no way to another registry. Copy the image to ECR, or give a vpc that has one`,
  );
}
