import * as path from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { PACKAGE_FOLDER } from '../../package-folder';

const FOLDER = path.join(PACKAGE_FOLDER, 'service-image');

/** The user of the reference search service: the `USER` of its Dockerfile. */
export const REFERENCE_USER = '10001:10001';

/** The image of the reference search service, built for the CPU architecture of the tasks. */
export function referenceImage(architecture: CpuArchitecture): ContainerImage {
  const platform = architecture._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
  return ContainerImage.fromAsset(FOLDER, { platform });
}
