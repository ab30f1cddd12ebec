import { awscdk, javascript, typescript } from 'projen';
import { biomeConfiguration } from './projenrc/biome-configuration';
import { Checks } from './projenrc/checks';
import { CommandLine } from './projenrc/command-line';
import { CompileWhenStale } from './projenrc/compile-when-stale';
import { Consumers } from './projenrc/consumers';
import { DocumentationSite } from './projenrc/documentation-site';
import { IntegrationEntry } from './projenrc/integration-entry';
import { IntegrationSnapshots } from './projenrc/integration-snapshots';
import { JavaScriptPackage } from './projenrc/javascript-package';
import { LazyRequires } from './projenrc/lazy-requires';
import { LibraryBundles } from './projenrc/library-bundles';
import { NewestCdk } from './projenrc/newest-cdk';
import { NodeVersions } from './projenrc/node-versions';
import { ReadmeSnippets } from './projenrc/readme-snippets';
import { RELEASE_OPTIONS, Releases } from './projenrc/releases';
import { SecurityScanners } from './projenrc/security-scanners';
import { ServiceImage } from './projenrc/service-image';
import { Workflows } from './projenrc/workflows';

const NAME = 'cdk-scalable-stateless-service';
const REPOSITORY = `github.com/${NAME}/${NAME}`;
const CDK_VERSION = '2.245.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: NAME,
  description: 'A load-balanced Fargate service whose scaling you can forecast, rehearse and prove',
  author: `The ${NAME} authors`,
  authorAddress: 'opensource@example.com',
  authorOrganization: true,
  repositoryUrl: `https://${REPOSITORY}.git`,
  license: 'Apache-2.0',
  keywords: ['cdk', 'aws-cdk', 'ecs', 'fargate', 'autoscaling', 'load-balancer', 'simulation', 'capacity-planning'],
  defaultReleaseBranch: 'main',

  cdkVersion: CDK_VERSION,
  constructsVersion: '10.5.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  projenVersion: '~0.103.25',
  // the oldest Node that runs the tests; the workflows use the newest.
  minNodeVersion: '20.18.1',
  workflowNodeVersion: '24',
  packageManager: javascript.NodePackageManager.NPM,
  runner: typescript.TypeScriptRunner.tsx(),
  projenrcTs: true,
  projenrcTsOptions: { projenCodeDir: 'projenrc' },

  devDeps: [
    // the CloudFormation schema, which a test compares with the create-only properties of lint.
    '@aws-cdk/aws-service-spec@0.1.167',
    // parsers of files with traffic; they are bundled into the command, in a file that is loaded when there is such a file.
    '@babel/parser@7.29.15',
    '@lezer/python@1.1.19',
    'fflate@0.8.3',
    'yaml@2.9.1',
    // the schema of scenario files.
    'ajv@8.20.0',
    `@aws-cdk/integ-tests-alpha@${CDK_VERSION}-alpha.0`,
    // with which a test calls the emulation, each in the protocol that it has today.
    '@aws-sdk/client-application-auto-scaling@3.1141.0',
    '@aws-sdk/client-cloudwatch@3.1164.0',
    '@aws-sdk/client-ecs@3.1164.0',
    '@aws-sdk/client-elastic-load-balancing-v2@3.1142.0',
    // the newest runner there is; it reads cloud assemblies up to schema 53, which holds the CDK to 2.257.
    '@aws-cdk/integ-runner@2.197.10',
    'aws-cdk@2.1148.1',
    // the binary protocol that newer SDKs call CloudWatch in.
    'cborg@6.1.5',
    'commander@^14',
    'esbuild@^0.28',
    'fast-check@^4',
    'fast-xml-parser@5.3.9',
    'string-width@^8',
    'tsx@^4',
    // only for type checks, in a third of the time; jsii and the tests of the architecture use the API of 6.
    'typescript-7@npm:typescript@7.0.2',
    'undici@^7',
    'vitest@^4.1.12',
  ],
  // the last major that runs on Node 20.
  bumpPackage: 'commit-and-tag-version@^12',
  ...RELEASE_OPTIONS,
  allowScripts: ['esbuild'],

  publishToPypi: { distName: NAME, module: 'cdk_scalable_stateless_service', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkscalablestatelessservice',
    mavenGroupId: 'io.github.cdk-scalable-stateless-service',
    mavenArtifactId: NAME,
    mavenServerId: 'central-ossrh',
  },
  publishToNuget: {
    dotNetNamespace: 'CdkScalableStatelessService',
    packageId: 'CdkScalableStatelessService',
    trustedPublishing: true,
  },
  publishToGo: { moduleName: `${REPOSITORY}-go`, packageName: 'scalablestatelessservice' },
  npmTrustedPublishing: true,

  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: {
      // what tsx, vitest and esbuild do: sources are bundled or run, never emitted.
      module: 'preserve',
      moduleResolution: javascript.TypeScriptModuleResolution.BUNDLER,
      target: 'ES2022',
      lib: ['es2022'],
      noEmit: true,
      skipLibCheck: true,
      // examples and integration tests import the package by its name without compiling it.
      paths: { [NAME]: ['./src/index.ts'], [`${NAME}/integ`]: ['./assertions/index.ts'] },
    },
    // everything in TypeScript, and what a pattern skips; the service has a tsconfig of its own.
    include: ['.projenrc.ts', 'vitest.config.mts'],
    exclude: ['service-image', 'lib', 'lib-cli', 'lib-integ', 'dist', '**/*.snapshot', '**/cdk.out'],
  },

  eslint: false,
  jest: false,
  biome: true,
  biomeOptions: { version: '~2.5.15', biomeConfig: biomeConfiguration },

  sampleCode: false,
  clobber: false,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,

  // generated files are committed with the change that moved them, so the build only has to notice when they were not.
  buildWorkflowOptions: { mutableBuild: false },
  githubOptions: { mergify: false },
  depsUpgradeOptions: { workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY } },
  gitignore: ['cdk.out/', 'cdk-integ.out.*/', 'cdk.context.json', '*.tgz', '.DS_Store'],
});

const serviceImage = new ServiceImage(project);
const newestCdk = new NewestCdk(project);
const commandLine = new CommandLine(project, { serviceImage });
const compileWhenStale = new CompileWhenStale(project);
new IntegrationSnapshots(project, { compileWhenStale });
new LazyRequires(project);
new LibraryBundles(project);
new IntegrationEntry(project);
new Consumers(project);
new SecurityScanners(project);
new ReadmeSnippets(project);
new DocumentationSite(project);
new JavaScriptPackage(project);
new Releases(project);
new Checks(project, { compileWhenStale, serviceImage, newestCdk, commandLine });
new Workflows(project);
new NodeVersions(project, { alsoTestOn: ['20', '22'] });

project.synth();
