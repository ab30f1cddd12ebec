// A folder outside the checkout, in which one language packs the library, installs it and runs its app.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Where the packages of all languages are, below the folder that holds the workplaces. */
const GENERATED = 'generated';

/** Generates the packages of several languages at once, with the tarball in each: the types of the CDK are loaded, and the tarball packed, once. */
export function generatePackages(languages, folder) {
  const outdir = join(folder, GENERATED);
  const args = ['jsii-pacmak', '--code-only', '--targets', languages.join(','), '--outdir', outdir];
  execFileSync('npx', args, { stdio: 'inherit', env: environment() });
}

export class Workplace {
  /** The versions that this package is developed on. */
  static cdkVersion = devDependencies['aws-cdk-lib'];
  static constructsVersion = devDependencies.constructs;

  /** `cdkVersion` is what both sides of a comparison are written with, as a template depends on it. */
  constructor(language, folder, cdkVersion = Workplace.cdkVersion) {
    this.language = language;
    this.folder = folder;
    this.cdkVersion = cdkVersion;
    // a newer CDK may ask for newer constructs: any of the same major version does.
    this.constructsVersion = cdkVersion === Workplace.cdkVersion ? Workplace.constructsVersion : `^${Workplace.constructsVersion}`;
    /** The cloud assembly, with the forecast beside it. */
    this.output = join(folder, 'cdk.out');
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
  async run(cwd, command, ...args) {
    const child = spawn(command, args, { cwd, stdio: 'inherit', env: environment({ CDK_OUTDIR: this.output }) });
    const [exitCode] = await once(child, 'close');
    if (exitCode !== 0) throw new Error(`${this.language}: exit code ${exitCode} from ${[command, ...args].join(' ')}`);
  }

  /** Runs a command in the checkout. */
  runHere(command, ...args) {
    return this.run('.', command, ...args);
  }
}

function environment(more = {}) {
  return {
    ...process.env,
    JSII_DEPRECATED: 'quiet',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    ...more,
  };
}
