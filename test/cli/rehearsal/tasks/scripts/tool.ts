import type { QuotaChoice } from '../../../../../cli/rehearsal/tasks/quota-choice';
import { TaskProcesses } from '../../../../../cli/rehearsal/tasks/task-processes';
import { run, taskOf } from '../task-of';

// stands in for the command: starts three busy tasks, tells their numbers and the keeper's, and stays until it is killed.
async function main(): Promise<void> {
  const processes = await TaskProcesses.start({ runtime: 'process', quota: process.argv[2] as QuotaChoice });
  const tasks = await Promise.all([1, 2, 3].map(() => run(processes, taskOf('busy', '600'), 0.25)));
  console.log(JSON.stringify(tasks.map((task) => task.processId)));
}

main();
