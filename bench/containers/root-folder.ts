import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folders that are links into /usr, as in Debian. */
const LINKS = ['bin', 'sbin', 'lib', 'lib64'];

/** The root of an image, made of files of this machine: an image that needs no registry. */
export class RootFolder {
  public constructor(private readonly folder: string) {
    for (const link of LINKS) {
      mkdirSync(join(folder, 'usr', link), { recursive: true });
      symlinkSync(`usr/${link}`, join(folder, link));
    }
    for (const directory of ['tmp', 'etc', 'run', 'var/tmp', 'dev', 'proc', 'sys']) mkdirSync(join(folder, directory), { recursive: true });
    execFileSync('chmod', ['1777', join(folder, 'tmp'), join(folder, 'var/tmp')]);
    this.write('/etc/passwd', 'root:x:0:0::/:/bin/sh\nweb:x:10001:10001::/tmp:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n');
    this.write('/etc/group', 'root:x:0:\nweb:x:10001:\nnogroup:x:65534:\n');
  }

  /** Writes a file. */
  public write(path: string, content: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  /** Copies a program of this machine, with the libraries that it loads. */
  public addProgram(path: string, target = path): void {
    this.copy(realpathSync(path), target);
    this.addLibrariesOf(path);
  }

  /** Copies a folder, with the libraries that its shared objects load. */
  public addFolder(path: string, target = path, isLeftOut: (path: string) => boolean = () => false): void {
    cpSync(path, join(this.folder, target), { recursive: true, dereference: true, filter: (source) => !isLeftOut(source) });
    for (const file of filesIn(join(this.folder, target))) if (/\.so(\.|$)/.test(file)) this.addLibrariesOf(file);
  }

  private addLibrariesOf(file: string): void {
    for (const library of librariesOf(file)) this.copy(realpathSync(library), library);
  }

  private copy(from: string, to: string): void {
    const target = join(this.folder, inUsr(to));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(from, target);
  }
}

function inUsr(path: string): string {
  return path.replace(/^\/(bin|sbin|lib|lib64)\//, '/usr/$1/');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Lines such as `libm.so.6 => /lib/libm.so.6 (0x…)`; none for a program that loads none. */
function librariesOf(file: string): string[] {
  try {
    return [...execFileSync('ldd', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).matchAll(/(\/\S+) \(0x/g)].map(
      ([, path]) => path!,
    );
  } catch {
    return [];
  }
}
