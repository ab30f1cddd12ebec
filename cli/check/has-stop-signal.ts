import { type CheckResult, ok, warning } from './check-result';
import type { CheckedTask } from './checked-task';

/** Compares the stop signal of the image with the one with which its server completes what is under way. */
export async function hasStopSignal({
  knownServer,
  stopSignal,
  isContainer,
  options: { image, inspectedImage },
}: CheckedTask): Promise<CheckResult> {
  const source = image.stopSignal === undefined && inspectedImage?.stopSignal === undefined ? 'the default' : 'as the image says';
  const required = knownServer?.server.stopSignal;
  if (required === undefined || required === stopSignal) return ok(`it is stopped with ${stopSignal}, ${source}`);
  return warning(
    `it is stopped with ${stopSignal}, ${source}, at which ${knownServer!.server.name} loses what is under way; ${required} completes it`,
    `end the Dockerfile with STOPSIGNAL ${required}, which ECS sends${isContainer ? '' : `; here --stop-signal ${required}`}`,
  );
}
