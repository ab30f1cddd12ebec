import * as path from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';

/** The folder is as far away from the sources as from what they compile to. */
const FOLDER = path.join(__dirname, '..', '..', '..', 'service-image');

/** Whom the reference search service runs as: the `USER` of its Dockerfile. */
export const REFERENCE_USER = '10001:10001';

/** The reference search service, built for the processor that the tasks run on, whatever machine builds it. */
export function referenceImage(architecture: CpuArchitecture): ContainerImage {
  const platform = architecture._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
  return ContainerImage.fromAsset(FOLDER, { platform });
}
