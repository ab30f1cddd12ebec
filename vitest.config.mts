import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // the package by its name, from its sources: what an example imports is what is being tested.
    alias: [{ find: /^cdk-scalable-stateless-service$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) }],
  },
  test: {
    include: ['test/**/*.test.ts', 'service-image/test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/cdk.out/**'],
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
