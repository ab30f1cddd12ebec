import { Token } from 'aws-cdk-lib';
import type { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { AssetImage } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../../plan/default-plan';
import { secondsOf } from '../seconds';
import { wholeNumberMistakes } from '../whole-number';
import { CONTAINER_NAME } from './container';
import { architectureOf } from './task-definition';
import type { TaskProps } from './task-props';

/** Returns one sentence for each rule of a task that the props break, besides those of a plan. */
export function taskMistakes(props: TaskProps): string[] {
  return [
    ...wholeNumberMistakes('stopTimeout', secondsOf(props.stopTimeout), 2, 120, 'seconds'),
    ...wholeNumberMistakes('ephemeralStorageGiB', props.ephemeralStorageGiB, 21, 200),
    ...drainingMistakes(props),
    ...doubleVariableMistakes(props),
    ...shellMistakes(props),
    ...platformMistakes(props),
    ...directoryMistakes(props),
    ...(props.sidecars?.[CONTAINER_NAME] === undefined
      ? []
      : [`sidecars must not be named ${CONTAINER_NAME}, as the container is, got one`]),
  ];
}

/** The reference search service serves on for so long after it was told to stop. */
function drainingMistakes({ environment, stopTimeout }: TaskProps): string[] {
  const drainSeconds = Number(environment?.['DRAIN_SECONDS']);
  const stopSeconds = secondsOf(stopTimeout) ?? DEFAULTS.stopTimeoutSeconds;
  return stopSeconds > drainSeconds || !Number.isFinite(drainSeconds) || Token.isUnresolved(stopSeconds)
    ? []
    : [
        `stopTimeout must be above environment.DRAIN_SECONDS (${drainSeconds}), for which the container goes on serving, got ${stopSeconds}`,
      ];
}

function doubleVariableMistakes({ environment = {}, secrets = {} }: TaskProps): string[] {
  const names = Object.keys(secrets).filter((name) => name in environment);
  return names.map((name) => `secrets must have other names than environment, got ${name} in both`);
}

function shellMistakes({ enableExecuteCommand, readonlyRootFilesystem }: TaskProps): string[] {
  return enableExecuteCommand === true && readonlyRootFilesystem === true
    ? ['readonlyRootFilesystem must be false beside enableExecuteCommand, whose agent writes to it, got true']
    : [];
}

/** What an image is built for is what it says, or what the machine is that builds it. */
function platformMistakes(props: TaskProps): string[] {
  const platform = platformOf(props.image);
  const wanted = architectureOf(props)._cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64';
  return platform === undefined || platform === wanted || platform.startsWith(`${wanted}/`)
    ? []
    : [`architecture must be that of the image (${platform}), or no task could run it, got ${architectureOf(props)._cpuArchitecture}`];
}

function platformOf(image: TaskProps['image']): string | undefined {
  if (!(image instanceof AssetImage)) return undefined;
  const { props } = image as unknown as { props?: { platform?: Platform } };
  return props?.platform?.platform;
}

function directoryMistakes({ writableDirectories = [] }: TaskProps): string[] {
  const wrong = writableDirectories.filter((directory) => !directory.startsWith('/') || directory === '/');
  return wrong.map((directory) => `writableDirectories must be absolute paths below /, got '${directory}'`);
}
