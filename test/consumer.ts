import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const NAME = 'cdk-scalable-stateless-service';

/** A project in a temporary folder that has installed this package, as somebody does who found it on a registry. */
export class Consumer {
  public readonly folder = mkdtempSync(join(tmpdir(), 'consumer-'));

  /** Where the package was installed to. */
  public readonly installed = join(this.folder, 'node_modules', NAME);

  /** What the project can load, from where it stands. */
  public readonly require: NodeJS.Require = createRequire(join(this.folder, 'app.js'));

  /**
   * Packs this package and installs the tarball.
   *
   * @param peersIn the folder whose packages stand beside it.
   * @param peers their names.
   */
  public constructor(peersIn: string = ROOT, peers: readonly string[] = ['aws-cdk-lib', 'constructs']) {
    try {
      this.install(peersIn, peers);
    } catch (error) {
      // nobody else removes what was never made.
      this.remove();
      throw error;
    }
  }

  /**
   * Copies what another package is called there, so that it loads the CDK of this project: a link would load the one beside which it lies.
   *
   * @param packagesIn the folder that has it.
   * @param name what it is called.
   */
  public copy(packagesIn: string, name: string): void {
    cpSync(installedIn(packagesIn, name), join(this.folder, 'node_modules', name), { recursive: true });
  }

  /** Deletes the project. */
  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private install(peersIn: string, peers: readonly string[]): void {
    if (!existsSync(join(ROOT, 'lib/index.js')))
      throw new Error("the package holds what was compiled, which is missing: run 'npm run compile' first");
    const [{ filename }] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', this.folder));
    writeFileSync(join(this.folder, 'package.json'), '{ "private": true }');
    // the package has no dependencies, and npm is told to leave the peers out: nothing is fetched.
    npm(this.folder, 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', join(this.folder, filename));
    for (const peer of peers) this.link(peersIn, peer);
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
