import type { Fault, FaultKind, TaskFault } from '../../src/scenario/fault';
import type { LiveState } from './live-state';

const OF_TASKS: Readonly<Partial<Record<TaskFault['kind'], string>>> = {
  'freeze-task': 'frozen',
  'slow-task': 'slowed down',
  'fail-health-check': 'failing checks',
  'fill-memory': 'filling up',
};

const OF_ALL: Readonly<Partial<Record<FaultKind, string>>> = {
  'slow-dependency': 'slow dependency',
  'crash-at-start': 'starts crash',
  'lose-zone': 'a zone lost',
};

/** What goes on of the faults now, in a word or two each: those of tasks for as long as there are such tasks, the others for as long as they last. */
export function faultsUnderWay({ tasks, faults, nowSeconds }: Pick<LiveState, 'tasks' | 'faults' | 'nowSeconds'>): string[] {
  const kinds = Object.keys(OF_TASKS) as TaskFault['kind'][];
  const befallen = kinds.flatMap((kind) => {
    const count = tasks.filter(({ befallenBy = [] }) => befallenBy.includes(kind)).length;
    return count > 0 ? `${count} ${OF_TASKS[kind]}` : [];
  });
  const lasting = faults.filter((fault) => isUnderWay(fault, nowSeconds)).flatMap(({ kind }) => OF_ALL[kind] ?? []);
  return [...befallen, ...new Set(lasting)];
}

function isUnderWay(fault: Fault, nowSeconds: number): boolean {
  return 'durationSeconds' in fault && fault.atSeconds <= nowSeconds && nowSeconds < fault.atSeconds + fault.durationSeconds;
}
