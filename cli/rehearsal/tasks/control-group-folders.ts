import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unlessGone } from './proc-file';

/** Where the control group of a process stands in the file system: one folder for each controller, which may be one and the same. */
export interface ControlGroupFolders {
  readonly version: 1 | 2;
  readonly cpu: string;
  /** Where its CPU time is accounted for. */
  readonly cpuAccount: string;
  readonly memory: string;
  /** Where the hierarchy of the CPU controller is mounted. */
  readonly mount: string;
}

/** The folders of a control group inside another. */
export function insideOf(folders: ControlGroupFolders, name: string): ControlGroupFolders {
  const { cpu, cpuAccount, memory } = folders;
  return { ...folders, cpu: join(cpu, name), cpuAccount: join(cpuAccount, name), memory: join(memory, name) };
}

interface Mount {
  /** The control group that is seen as the root. */
  readonly root: string;
  readonly folder: string;
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
}

/**
 * The control group of a process, of version 1 where that has the CPU controller, or else of version 2.
 * Undefined where there is none, or none that can be seen from here.
 */
export function controlGroupFolders(processId: number | 'self'): ControlGroupFolders | undefined {
  const mounts = unlessGone(() => readFileSync('/proc/self/mountinfo', 'utf8'));
  const groups = unlessGone(() => readFileSync(`/proc/${processId}/cgroup`, 'utf8'));
  return mounts === undefined || groups === undefined ? undefined : parseControlGroupFolders(mounts, groups);
}

/** Reads /proc/<pid>/mountinfo and /proc/<pid>/cgroup, as proc(5) and cgroups(7) describe them. */
export function parseControlGroupFolders(mountLines: string, groupLines: string): ControlGroupFolders | undefined {
  const mounts = mountLines.split('\n').flatMap(parseMount);
  const of = (controller: string): { folder: string; mount: string } | undefined => {
    const mount = mounts.find(({ version, controllers }) => version === 1 && controllers.includes(controller));
    return place(mount, pathOf(groupLines, controller));
  };
  const [cpu, cpuAccount, memory] = [of('cpu'), of('cpuacct'), of('memory')];
  if (cpu !== undefined && cpuAccount !== undefined && memory !== undefined)
    return { version: 1, cpu: cpu.folder, cpuAccount: cpuAccount.folder, memory: memory.folder, mount: cpu.mount };
  const unified = place(
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

/** Of lines such as `4:cpu,cpuacct:/user.slice`, the path for a controller. That of version 2 names none: `0::/user.slice`. */
function pathOf(groupLines: string, controller: string): string | undefined {
  const groups = [...groupLines.matchAll(/^\d+:([^:]*):(.*)$/gm)];
  return groups.find(([, controllers]) => controllers!.split(',').includes(controller))?.[2];
}

function place(mount: Mount | undefined, path: string | undefined): { folder: string; mount: string } | undefined {
  if (mount === undefined || path === undefined) return undefined;
  const inside = relative(mount.root, path);
  // what is above the root of the mount cannot be reached through it.
  return inside.startsWith('..') ? undefined : { folder: join(mount.folder, inside), mount: mount.folder };
}
