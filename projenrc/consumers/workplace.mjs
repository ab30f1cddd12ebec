// A folder outside the checkout, in which one language packs the library, installs it and runs its app.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { name, version, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Where the packages of all languages are, below the folder that holds the workplaces. */
const GENERATED = 'generated';

/** Generates the packages of several languages at once, with the tarball in each: the types of the CDK are loaded, and the tarball packed, once. */
export function generatePackages(languages, folder) {
  const outdir = join(folder, GENERATED);
  const args = ['jsii-pacmak', '--code-only', '--targets', languages.join(','), '--outdir', outdir];
  execFileSync('npx', args, { stdio: 'inherit', env: environment() });
}

export class Workplace {
  static packageName = name;

  /** The version that this package is developed on. */
  static cdkVersion = devDependencies['aws-cdk-lib'];

  /** The oldest version of constructs; a newer CDK may ask for a newer one. */
  static constructsVersion = devDependencies.constructs;

  /** `cdkVersion` is what all sides of a comparison are written with, as a template depends on it. */
  constructor(language, folder, registries, cdkVersion) {
    this.language = language;
    this.folder = folder;
    this.cdkVersion = cdkVersion;
    /** The cloud assembly, with the forecast beside it. */
    this.output = join(folder, 'cdk.out');
    /** The name and the version of the package that is installed. */
    this.name = name;
    this.version = version;
    /** How a package manager reaches the registries on loopback. */
    this.registries = registries;
  }

  /** The generated package of the language, which is its own to change. */
  generated() {
    return join(this.folder, '..', GENERATED, this.language);
  }

  /** Copies the app of the language, and returns its path. */
  app() {
    const app = join(this.folder, 'app');
    cpSync(join('test/languages', this.language), app, { recursive: true });
    return app;
  }

  /** Runs a command in a folder of the workplace. */
  run(cwd, command, ...args) {
    return this.runWith({}, cwd, command, ...args);
  }

  /** The same with variables of the environment. */
  async runWith(variables, cwd, command, ...args) {
    const env = environment({ CDK_OUTDIR: this.output, ...this.registries, ...variables });
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env });
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => printed.push(bytes));
    const [exitCode] = await once(child, 'close');
    // several run at once: what one has printed is of interest when it fails.
    if (exitCode !== 0) process.stdout.write(Buffer.concat(printed));
    if (exitCode !== 0) throw new Error(`${this.language}: exit code ${exitCode} from ${[command, ...args].join(' ')}`);
  }

  /** Runs a command in the checkout. */
  runHere(command, ...args) {
    return this.run('.', command, ...args);
  }
}

/** The environment of this process, and more. */
export function environment(more = {}) {
  return {
    ...process.env,
    JSII_DEPRECATED: 'quiet',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    ...more,
  };
}
