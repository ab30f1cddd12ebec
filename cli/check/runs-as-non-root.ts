import { type CheckResult, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';

const ROOT = /^(root|0)(:|$)/;

/** Reads which user the container runs as. */
export async function runsAsNonRoot({ options: { image, inspectedImage } }: Pick<CheckedTask, 'options'>): Promise<CheckResult> {
  if (image.user !== undefined) return assessUser(image.user, 'the task definition');
  if (inspectedImage !== undefined) return assessUser(inspectedImage.user, 'the image');
  if (image.dockerfile === undefined) return skipped('there is no Dockerfile to read, and a process on this machine runs as your user');
  const user = lastUser(image.dockerfile);
  return user === undefined
    ? warning('the Dockerfile has no USER instruction, so the container runs as root unless the base image sets another user', FIX)
    : assessUser(user, 'the Dockerfile');
}

function assessUser(user: string, source: string): CheckResult {
  const reason = `${source} sets user ${user}`;
  return ROOT.test(user) ? warning(reason, FIX) : ok(reason);
}

/** The user of the last build stage, which is the one that runs. */
function lastUser(dockerfile: string): string | undefined {
  const stage = dockerfile.split(/^FROM\s/im).at(-1)!;
  return [...stage.matchAll(/^USER\s+(\S+)/gim)].at(-1)?.[1];
}

const FIX = 'end the Dockerfile with USER 10001:10001, or another user ID that is not 0';
