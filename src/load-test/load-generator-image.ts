import * as path from 'node:path';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import type { LoadTestProps } from './load-test-props';
import { PROGRAMS, toolOf } from './program-files';

/** The image of a load generator. */
export interface LoadGeneratorImage {
  readonly image: ContainerImage;

  /** Whether it has the programs of this package. */
  readonly hasPrograms: boolean;
}

/** The public images, and the newest versions that the tests of this package run. */
const PUBLIC_IMAGES = {
  k6: { name: 'grafana/k6', version: '1.8.1' },
  locust: { name: 'locustio/locust', version: '2.47.0' },
} as const;

/** The image of the props, else the public one, else one that is built from it, where there is no route to its registry. */
export function loadGeneratorImageOf(isClosed: boolean, architecture: CpuArchitecture, props: LoadTestProps): LoadGeneratorImage {
  const options = props.engine?._options;
  if (options?.image !== undefined) return { image: options.image, hasPrograms: false };
  const { name, version } = PUBLIC_IMAGES[toolOf(props)];
  const tag = options?.version ?? version;
  if (options?.buildImage ?? isClosed) return { image: builtImage(props, tag, architecture), hasPrograms: true };
  return { image: ContainerImage.fromRegistry(`${name}:${tag}`), hasPrograms: false };
}

function builtImage(props: LoadTestProps, version: string, architecture: CpuArchitecture): ContainerImage {
  const isArm = architecture._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture;
  return ContainerImage.fromAsset(path.join(PROGRAMS, toolOf(props)), {
    buildArgs: { VERSION: version },
    platform: isArm ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
  });
}
