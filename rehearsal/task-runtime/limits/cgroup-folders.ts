import { accessSync, constants, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { resultOrUndefined } from './proc-file';

/** The folders of a control group in the file system: one for each controller, which may all be the same. */
export interface ControlGroupFolders {
  readonly version: 1 | 2;
  readonly cpu: string;
  /** The folder of the controller that counts CPU time, `cpuacct`. */
  readonly cpuAccount: string;
  readonly memory: string;
  /** The mount point of the CPU controller's hierarchy. */
  readonly mount: string;
}

/** The folders of a child of a control group. */
export function childGroupFolders(folders: ControlGroupFolders, name: string): ControlGroupFolders {
  const { cpu, cpuAccount, memory } = folders;
  return { ...folders, cpu: join(cpu, name), cpuAccount: join(cpuAccount, name), memory: join(memory, name) };
}

interface Mount {
  /** The control group that is mounted as the root. */
  readonly root: string;
  readonly folder: string;
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
}

/**
 * The control group of a process: of version 1 if that has the CPU controller, else of version 2. Undefined if there is none, or none
 * that is visible from this process.
 */
export function controlGroupFolders(processId: number | 'self'): ControlGroupFolders | undefined {
  const mounts = resultOrUndefined(() => readFileSync('/proc/self/mountinfo', 'utf8'));
  const groups = resultOrUndefined(() => readFileSync(`/proc/${processId}/cgroup`, 'utf8'));
  return mounts === undefined || groups === undefined ? undefined : parseControlGroupFolders(mounts, groups);
}

/** Reads /proc/<pid>/mountinfo and /proc/<pid>/cgroup, as proc(5) and cgroups(7) describe them. */
export function parseControlGroupFolders(mountLines: string, groupLines: string): ControlGroupFolders | undefined {
  const mounts = mountLines.split('\n').flatMap(parseMount);
  const findFolder = (controller: string): { folder: string; mount: string } | undefined => {
    const mount = mounts.find(({ version, controllers }) => version === 1 && controllers.includes(controller));
    return folderIn(mount, pathOf(groupLines, controller));
  };
  const [cpu, cpuAccount, memory] = [findFolder('cpu'), findFolder('cpuacct'), findFolder('memory')];
  if (cpu !== undefined && cpuAccount !== undefined && memory !== undefined)
    return { version: 1, cpu: cpu.folder, cpuAccount: cpuAccount.folder, memory: memory.folder, mount: cpu.mount };
  const unified = folderIn(
    mounts.find(({ version }) => version === 2),
    pathOf(groupLines, ''),
  );
  if (unified === undefined || cpu !== undefined) return undefined;
  return { version: 2, cpu: unified.folder, cpuAccount: unified.folder, memory: unified.folder, mount: unified.mount };
}

/** A line such as `32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu`. */
function parseMount(line: string): Mount[] {
  const [head, tail] = line.split(' - ');
  const [, , , root, folder] = head!.split(' ');
  const [type, , options] = (tail ?? '').split(' ');
  if (type === 'cgroup2') return [{ root: root!, folder: folder!, version: 2, controllers: [] }];
  return type === 'cgroup' ? [{ root: root!, folder: folder!, version: 1, controllers: options!.split(',') }] : [];
}

/** Finds the path of a controller in lines such as `4:cpu,cpuacct:/user.slice`. The line of version 2 names no controller: `0::/user.slice`. */
function pathOf(groupLines: string, controller: string): string | undefined {
  const groups = [...groupLines.matchAll(/^\d+:([^:]*):(.*)$/gm)];
  return groups.find(([, controllers]) => controllers!.split(',').includes(controller))?.[2];
}

/** The folder of a control group below a mount point. */
function folderIn(mount: Mount | undefined, path: string | undefined): { folder: string; mount: string } | undefined {
  if (mount === undefined || path === undefined) return undefined;
  const relativePath = relative(mount.root, path);
  // groups above the root of the mount are not reachable through it.
  return relativePath.startsWith('..') ? undefined : { folder: join(mount.folder, relativePath), mount: mount.folder };
}

/** The control group in which the groups of the tasks can be created, or the reason that there is none. */
export type ControlGroupParent = ControlGroupFolders | { readonly unavailable: string };

/**
 * Finds the control group in which the groups of the tasks can be created.
 *
 * In version 1 that is the group of this process. In version 2 a group that contains processes cannot have limited children, and
 * groups that a manager such as systemd has not delegated must not be changed: the result is the nearest ancestor that is writable
 * and already enables the CPU and memory controllers for its children.
 */
export function findControlGroupParent(own = controlGroupFolders('self')): ControlGroupParent {
  if (own === undefined) return { unavailable: 'no control groups with CPU and memory are mounted here' };
  if (own.version === 2) return nearestDelegatedGroup(own);
  const readOnly = [own.cpu, own.cpuAccount, own.memory].find((folder) => !isWritable(folder));
  return readOnly === undefined ? own : { unavailable: `${readOnly} is not writable` };
}

function nearestDelegatedGroup(own: ControlGroupFolders): ControlGroupParent {
  for (let folder = own.cpu; folder.startsWith(own.mount); folder = dirname(folder)) {
    const enabled = readGroupFile(folder, 'cgroup.subtree_control').trim().split(' ');
    const hasControllers = enabled.includes('cpu') && enabled.includes('memory');
    if (hasControllers && isWritable(folder)) return { ...own, cpu: folder, cpuAccount: folder, memory: folder };
  }
  return { unavailable: `no group from ${own.cpu} upwards is writable and enables the CPU and memory controllers` };
}

/** Whether this process may create groups in it and move its processes between them. */
function isWritable(folder: string): boolean {
  try {
    for (const path of [folder, join(folder, 'cgroup.procs')]) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The content of a file of a control group; empty if the file does not exist. */
export function readGroupFile(folder: string, file: string): string {
  return resultOrUndefined(() => readFileSync(join(folder, file), 'latin1')) ?? '';
}
