import { throwIfAny } from '../parse/input-error';
import type { StartCommand } from './start-command';

/**
 * The largest task definition (https://docs.aws.amazon.com/general/latest/gr/ecs-service.html), less what is in it besides the command, and what
 * the deployment puts in the place of references.
 */
export const MAX_COMMAND_BYTES = 60_000;

/**
 * Checks that a command fits into a task definition.
 *
 * @throws InputError if it does not.
 */
export function checkCommandSize(subject: string, { entryPoint, command }: StartCommand): void {
  const bytes = Buffer.byteLength(JSON.stringify([...entryPoint, ...command]));
  if (bytes <= MAX_COMMAND_BYTES) return;
  throwIfAny(
    [
      `the script and the traffic must have at most ${MAX_COMMAND_BYTES} bytes together, as a task definition has at most 64 KiB, got ${bytes}: put the script into an image and use LoadTestScript.inImage, or use traffic with fewer phases`,
    ],
    subject,
  );
}
