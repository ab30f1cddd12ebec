import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of tasks on a clock that is sped up, or of the CPU that they get: beside others of their kind, what is waited for comes too late. */
const ON_A_CLOCK = [
  'test/**/rehearse-command.test.ts',
  'test/**/live-display.test.ts',
  'test/**/live-tasks.test.ts',
  'test/**/rehearsal.test.ts',
  'test/**/fleet/**/*.test.ts',
  'test/**/task-runtime/**/*.test.ts',
];

/** Tests that wait for tasks most of the time: they run beside the tests that compute. */
const WITH_TASKS = [
  'test/cli/check/check-task.test.ts',
  'test/cli/commands/{check,measure}-command.test.ts',
  'test/cli/live-view/live-view.test.ts',
  'test/examples/your-own-dockerfile.test.ts',
  'test/rehearsal/measure/**/*.test.ts',
  'test/rehearsal/load-generator/**/*.test.ts',
  'test/load-test/load-generators.test.ts',
  'test/rehearsal/load-balancer/**/*.test.ts',
  'service-image/test/**/*.test.ts',
];

/** Tests with real tasks or processes depend on what else the machine does: one that fails is repeated once, and vitest says so beside its title. */
const RETRIES = 1;

const NO_TESTS = ['**/node_modules/**', '**/cdk.out/**'];

export default defineConfig({
  resolve: {
    // the package by its name, from its sources: what an example imports is what is being tested.
    alias: [
      { find: /^cdk-scalable-stateless-service$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      { find: /^cdk-scalable-stateless-service\/integ$/, replacement: fileURLToPath(new URL('assertions/index.ts', import.meta.url)) },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts', 'service-image/test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...NO_TESTS, ...ON_A_CLOCK, ...WITH_TASKS],
          retry: RETRIES,
          // vitest leaves one core to itself, and of two that is half.
          maxWorkers: '100%',
          // the CDK is loaded once for each worker, not once for each file: tests leave no global state behind.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'with tasks', include: WITH_TASKS, exclude: NO_TESTS, maxWorkers: 2, isolate: false, retry: RETRIES },
      },
      {
        extends: true,
        // they wait more than they compute.
        test: {
          name: 'on a clock',
          include: ON_A_CLOCK,
          exclude: NO_TESTS,
          maxWorkers: 2,
          isolate: false,
          retry: RETRIES,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    globalSetup: 'test/leftovers.ts',
    setupFiles: ['test/after-each-file.ts', 'test/property-seed.ts'],
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
