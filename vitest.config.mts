import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of tasks on a clock that is sped up, or of the CPU that they get: beside others, what is waited for comes too late. */
const ON_A_CLOCK = [
  'test/cli/rehearse-command.test.ts',
  'test/cli/live-display.test.ts',
  'test/cli/live-tasks.test.ts',
  'test/cli/rehearsal/rehearsal.test.ts',
  'test/cli/rehearsal/rehearsed-task.test.ts',
  'test/cli/rehearsal/fleet/**/*.test.ts',
  'test/cli/rehearsal/tasks/**/*.test.ts',
];

const NO_TESTS = ['**/node_modules/**', '**/cdk.out/**'];

export default defineConfig({
  resolve: {
    // the package by its name, from its sources: what an example imports is what is being tested.
    alias: [{ find: /^cdk-scalable-stateless-service$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) }],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts', 'service-image/test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...NO_TESTS, ...ON_A_CLOCK],
          // vitest leaves one core to itself, and of two that is half.
          maxWorkers: '100%',
        },
      },
      { extends: true, test: { name: 'one by one', include: ON_A_CLOCK, exclude: NO_TESTS, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    globalSetup: 'test/leftovers.ts',
    // a limit, not an expectation: some tests start real processes or install the packed tarball.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: {
      // what jsii would otherwise print in every process a test starts on Node 20.
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
      // what the CDK would otherwise say, of its own code, for every Fargate task definition.
      JSII_DEPRECATED: 'quiet',
    },
  },
});
