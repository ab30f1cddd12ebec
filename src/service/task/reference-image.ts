import * as path from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/** The folder is as far away from the sources as from what they compile to. */
const FOLDER = path.join(__dirname, '..', '..', '..', 'service-image');

/** The reference search service, built for the processor that the tasks run on, whatever machine builds it. */
export function referenceImage(): ContainerImage {
  return ContainerImage.fromAsset(FOLDER, { platform: Platform.LINUX_AMD64 });
}
