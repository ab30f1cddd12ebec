import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const NAME = 'cdk-scalable-stateless-service';

/** How a project gets this package: from the packed tarball as npm installs it, or from a copy of the same files, which takes far less CPU. */
export type Source = 'tarball' | 'copy';

/** What an app needs of this package when it runs. */
const NEEDED_BY_AN_APP = ['package.json', 'lib', 'lib-integ', 'service-image', 'load-generator'];

/** What is not packed of it. */
const NOT_PACKED = ['node_modules', 'test'].map((name) => join(ROOT, 'service-image', name));

/** A project in a temporary folder that has installed this package, as a user does from a registry. */
export class Consumer {
  public readonly folder = mkdtempSync(join(tmpdir(), 'consumer-'));

  /** Where the package was installed to. */
  public readonly installed = join(this.folder, 'node_modules', NAME);

  /** Loads modules as the project does. */
  public readonly require: NodeJS.Require = createRequire(join(this.folder, 'app.js'));

  /** The packed package, where it comes from a tarball. */
  public tarball = '';

  /**
   * Installs this package.
   *
   * @param source where it comes from.
   * @param peersIn the folder that has the peer dependencies in `node_modules`.
   * @param peers their names.
   */
  public constructor(source: Source, peersIn: string = ROOT, peers: readonly string[] = ['aws-cdk-lib', 'constructs']) {
    try {
      if (!existsSync(join(ROOT, 'lib/index.js'))) throw new Error("lib is missing: run 'npm run compile' first");
      if (source === 'tarball') this.installTarball();
      else this.installCopy();
      for (const peer of peers) this.link(peersIn, peer);
    } catch (error) {
      // the caller gets no object to remove it with.
      this.remove();
      throw error;
    }
  }

  /**
   * Copies a package into the project, so that it loads the CDK of the project: a link would load the CDK of its own folder.
   *
   * @param packagesIn the folder that has it in `node_modules`.
   * @param name the name of the package.
   */
  public copy(packagesIn: string, name: string): void {
    cpSync(installedIn(packagesIn, name), join(this.folder, 'node_modules', name), { recursive: true });
  }

  /** Deletes the project. */
  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private installTarball(): void {
    const [{ filename }] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', this.folder));
    this.tarball = join(this.folder, filename);
    writeFileSync(join(this.folder, 'package.json'), '{ "private": true }');
    // the package has no dependencies, and npm leaves the peers out: nothing is fetched.
    npm(this.folder, 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', this.tarball);
  }

  private installCopy(): void {
    const filter = (path: string): boolean => !NOT_PACKED.includes(path);
    for (const name of NEEDED_BY_AN_APP) cpSync(join(ROOT, name), join(this.installed, name), { recursive: true, filter });
  }

  private link(peersIn: string, peer: string): void {
    const here = join(this.folder, 'node_modules', peer);
    mkdirSync(dirname(here), { recursive: true });
    symlinkSync(installedIn(peersIn, peer), here, 'junction');
  }
}

function installedIn(folder: string, name: string): string {
  const installed = join(folder, 'node_modules', name);
  if (!existsSync(installed)) throw new Error(`${installed} is missing: run 'npx projen newest-cdk' first`);
  return installed;
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}
