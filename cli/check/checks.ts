import { answersHealthUnderLoad } from './answers-health-under-load';
import { answersRequests } from './answers-requests';
import { answersUnderLoad } from './answers-under-load';
import { becomesHealthy } from './becomes-healthy';
import { canBeReached } from './can-be-reached';
import type { CheckedTask } from './checked-task';
import { endsInTime } from './ends-in-time';
import type { Finding } from './finding';
import { fitsProcessor } from './fits-processor';
import { hasReadOnlyRoot } from './has-read-only-root';
import { keepsConnections } from './keeps-connections';
import { keepsMemoryFlat } from './keeps-memory-flat';
import { listens } from './listens';
import { losesNothingWhenStopped } from './loses-nothing-when-stopped';
import { runsWithoutRoot } from './runs-without-root';
import { survivesMalformedRequests } from './survives-malformed-requests';

/** One thing that a task behind a load balancer has to do, and how it is tried. */
export interface Check {
  readonly name: string;
  /** What the task must be doing for it to be tried. */
  readonly needs: 'a task that serves' | 'a task that was stopped' | 'nothing';
  readonly find: (task: CheckedTask) => Promise<Finding>;
}

/** Everything that is tried, in this order: each leaves the task as the next one needs it. */
export const CHECKS: readonly Check[] = [
  { name: 'listens on its port', needs: 'nothing', find: listens },
  { name: 'is healthy within its grace', needs: 'nothing', find: becomesHealthy },
  { name: 'is reached from outside', needs: 'a task that serves', find: canBeReached },
  { name: 'answers requests', needs: 'a task that serves', find: answersRequests },
  { name: 'answers under load', needs: 'a task that serves', find: answersUnderLoad },
  { name: 'answers health under load', needs: 'a task that serves', find: answersHealthUnderLoad },
  { name: 'keeps memory flat under load', needs: 'a task that serves', find: keepsMemoryFlat },
  { name: 'keeps connections open', needs: 'a task that serves', find: keepsConnections },
  { name: 'survives malformed requests', needs: 'a task that serves', find: survivesMalformedRequests },
  { name: 'loses nothing when stopped', needs: 'a task that serves', find: losesNothingWhenStopped },
  { name: 'ends before it is killed', needs: 'a task that was stopped', find: endsInTime },
  { name: 'fits the processor', needs: 'nothing', find: fitsProcessor },
  { name: 'runs without root', needs: 'nothing', find: runsWithoutRoot },
  { name: 'has a read-only root', needs: 'nothing', find: hasReadOnlyRoot },
];
