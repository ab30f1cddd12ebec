import type { CheckedTask } from './checked-task';
import { type Finding, notTried, ok, warning } from './finding';

const ROOT = /^(root|0)(:|$)/;

/** Reads which user the container is started as. */
export async function runsWithoutRoot({ parts: { image, onEngine } }: Pick<CheckedTask, 'parts'>): Promise<Finding> {
  if (image.user !== undefined) return judge(image.user, 'the task definition');
  if (onEngine !== undefined) return judge(onEngine.user, 'the image');
  if (image.dockerfile === undefined) return notTried('there is no Dockerfile to read, and a process of this machine is run by you');
  const user = lastUser(image.dockerfile);
  return user === undefined
    ? warning('the Dockerfile names no user: root, unless that of its base image is another', FIX)
    : judge(user, 'the Dockerfile');
}

function judge(user: string, where: string): Finding {
  return ROOT.test(user) ? warning(`${where} says ${user}`, FIX) : ok(`${where} says ${user}`);
}

/** The user of the last stage, which is the one that runs. */
function lastUser(dockerfile: string): string | undefined {
  const stage = dockerfile.split(/^FROM\s/im).at(-1)!;
  return [...stage.matchAll(/^USER\s+(\S+)/gim)].at(-1)?.[1];
}

const FIX = 'end the Dockerfile with USER 10001:10001, or any other number that is not 0';
