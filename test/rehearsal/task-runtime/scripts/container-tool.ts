import { NODE_IMAGE } from '../../../../bench/node-image';
import { ContainerRuntime } from '../../../../rehearsal/task-runtime/container/container-runtime';
import type { SupervisedTaskHandle } from '../../../../rehearsal/task-runtime/supervisor/supervisor-client';
import type { ContainerEngineName } from '../../../../rehearsal/task-runtime/task-container';

// acts as the command: starts two tasks as containers, prints the processes that run them, and runs until it is killed.
async function main(): Promise<void> {
  const container = {
    image: NODE_IMAGE,
    port: 8080,
    environment: {},
    command: ['node', '-e', 'setInterval(() => {}, 1000)'],
    readonlyRootFilesystem: true,
    initProcessEnabled: true,
  };
  const runtime = await ContainerRuntime.start(process.argv[2] as ContainerEngineName, container, { cpu: 256, memoryMiB: 128 });
  const tasks = await Promise.all([1, 2].map(() => runtime.run()));
  console.log(JSON.stringify(tasks.map((task) => (task as SupervisedTaskHandle).processId)));
}

main();
