import type { QuotaChoice } from '../../../../rehearsal/task-runtime/limits/limiter-choice';
import { SupervisorClient } from '../../../../rehearsal/task-runtime/supervisor/supervisor-client';
import { run, taskOf } from '../task-of';

// acts as the command: starts three busy tasks, prints their process ids, and runs until it is killed.
async function main(): Promise<void> {
  const supervisor = await SupervisorClient.start({ runtime: 'process', quota: process.argv[2] as QuotaChoice });
  const tasks = await Promise.all([1, 2, 3].map(() => run(supervisor, taskOf('busy', '600'), 0.25)));
  console.log(JSON.stringify(tasks.map((task) => task.processId)));
}

main();
