import { NODE_IMAGE } from '../../../../../bench/node-image';
import { ContainerRuntime } from '../../../../../cli/rehearsal/tasks/container-runtime';
import type { StartedTask } from '../../../../../cli/rehearsal/tasks/started-task';
import type { ContainerEngineName } from '../../../../../cli/rehearsal/tasks/task-container';

// stands in for the command: starts two tasks as containers, tells the processes that run them, and stays until it is killed.
async function main(): Promise<void> {
  const container = {
    image: NODE_IMAGE,
    port: 8080,
    environment: {},
    command: ['node', '-e', 'setInterval(() => {}, 1000)'],
    hasReadOnlyRoot: true,
    hasInitProcess: true,
  };
  const runtime = await ContainerRuntime.start(process.argv[2] as ContainerEngineName, container, { cpu: 256, memoryMiB: 128 });
  const tasks = await Promise.all([1, 2].map(() => runtime.run()));
  console.log(JSON.stringify(tasks.map((task) => (task as StartedTask).processId)));
}

main();
