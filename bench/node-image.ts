import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A name that exists in no registry. */
export const NODE_IMAGE = 'localhost/cdk-rehearsal-node:local';

/** A build copies 100 MB. */
const TIMEOUT_MILLIS = 120_000;

/** Builds an image of this machine's Node and the libraries that it loads, which needs no registry. Linux only. */
export function buildNodeImage(engine: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'node-image-'));
  try {
    for (const [from, to] of [
      [realpathSync(process.execPath), '/bin/node'],
      ...librariesOf(process.execPath).map((file) => [file, file]),
    ]) {
      const copy = join(folder, 'root', to!);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(from!, copy);
    }
    mkdirSync(join(folder, 'root', 'tmp'));
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nADD root/ /\nENV PATH=/bin\nUSER 10001:10001\n');
    execFileSync(engine, ['build', '--tag', NODE_IMAGE, folder], { timeout: TIMEOUT_MILLIS, stdio: ['ignore', 'ignore', 'pipe'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lines such as `libm.so.6 => /lib/libm.so.6 (0x…)` and `/lib64/ld-linux.so.2 (0x…)`. */
function librariesOf(program: string): string[] {
  return [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file!);
}
