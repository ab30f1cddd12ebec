import type { ContainerDefinition, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { NamedImageUser } from '../service/task/image-platform';
import { allowPull } from '../service/task/image-registry';
import { referenceImage } from '../service/task/reference-image';
import type { InstanceProps } from './instance-props';
import { architectureOfInstances } from './instances-plan';

/** The image of the container of the instances, which their role may pull; undefined where they run a program. */
export function instanceImageOf(scope: Construct, role: IRole, props: InstanceProps): InstanceImage | undefined {
  if (props.program !== undefined) return undefined;
  const image = new InstanceImage(scope, 'Image', props.image ?? referenceImage(architectureOfInstances(props)), role);
  allowPull([image], role);
  return image;
}

/** The image of the container of an instance, which the role of the instance may pull. */
export class InstanceImage extends Construct implements NamedImageUser {
  public readonly imageName: string;
  public readonly containerName = 'web';

  public constructor(scope: Construct, id: string, image: ContainerImage, role: IRole) {
    super(scope, id);
    this.imageName = image.bind(this, puller(role)).imageName;
  }
}

/**
 * What an image of the CDK asks of a container definition: the role that pulls it.
 *
 * The CDK binds an image to a container of a task definition only.
 */
function puller(role: IRole): ContainerDefinition {
  return { taskDefinition: { obtainExecutionRole: () => role } } as unknown as ContainerDefinition;
}
