import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFile } from './control-group-files';
import { type ControlGroupFolders, controlGroupFolders } from './control-group-folders';

/** Where control groups for tasks may be made, or in words why nowhere. */
export type ControlGroupParent = ControlGroupFolders | { readonly refusal: string };

/**
 * Finds the control group inside which the tasks' may be made.
 *
 * In version 1 that is our own. In version 2 a group that holds processes has no groups inside that are limited, and what a manager
 * such as systemd has not left to us is not ours to change: the nearest group above us is taken that we may write to and that
 * hands on CPU and memory already.
 */
export function findControlGroupParent(own = controlGroupFolders('self')): ControlGroupParent {
  if (own === undefined) return { refusal: 'no control groups with CPU and memory are mounted here' };
  if (own.version === 2) return nearestThatHandsOn(own);
  const locked = [own.cpu, own.cpuAccount, own.memory].find((folder) => !isOurs(folder));
  return locked === undefined ? own : { refusal: `${locked} is not writable` };
}

function nearestThatHandsOn(own: ControlGroupFolders): ControlGroupParent {
  for (let folder = own.cpu; folder.startsWith(own.mount); folder = dirname(folder)) {
    const handedOn = readFile(folder, 'cgroup.subtree_control').trim().split(' ');
    const isFit = handedOn.includes('cpu') && handedOn.includes('memory');
    if (isFit && isOurs(folder)) return { ...own, cpu: folder, cpuAccount: folder, memory: folder };
  }
  return { refusal: `no group from ${own.cpu} upwards is writable and hands on CPU and memory` };
}

/** Whether we may make groups in it, and move our processes between them. */
function isOurs(folder: string): boolean {
  try {
    for (const path of [folder, join(folder, 'cgroup.procs')]) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
