import { Token } from 'aws-cdk-lib';
import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import type { ServiceNetwork } from '../network/service-network';
import { warn } from '../warnings';

/** An address in Amazon ECR, the only registry that has an endpoint. */
const ECR_ADDRESS = /^\d{12}\.dkr\.ecr\./;

/** Warns of each image that no task could pull: the deployment would wait for a while, and then roll back without naming the reason. */
export function warnOfImagesOutOfReach(containers: readonly ContainerDefinition[], network: ServiceNetwork): void {
  if (network.isClosed) containers.forEach(warnOfImageOutOfReach);
}

function warnOfImageOutOfReach(container: ContainerDefinition): void {
  const { imageName } = container;
  if (Token.isUnresolved(imageName) || ECR_ADDRESS.test(imageName)) return;
  warn(
    container,
    'imageOutOfReach',
    `image must be in Amazon ECR, got '${imageName}': the new VPC has no way to another registry. Copy the image to ECR, or choose a network that has one`,
  );
}
