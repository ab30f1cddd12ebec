// The agreement bench on a machine whose speed never changes: Linux in QEMU, whose clock counts instructions, one a nanosecond. There a request costs
// the same in any minute, so that the difference between a forecast and a rehearsal is that of the model. Half an hour to an hour; Linux on x86, as root.
// Needs of Debian: apt-get install qemu-system-x86 busybox-static cpio.
// Run: npm run bundle && npx tsx bench/rehearsal/constant-machine.ts [part of a name|another]
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';
import { PACKAGE_FOLDER } from '../../cli/input/reference-service';

/** Needed to reach the files of this machine, in the order in which they build on each other. */
const MODULES = [
  'drivers/virtio/virtio_ring',
  'drivers/virtio/virtio',
  'drivers/virtio/virtio_pci_legacy_dev',
  'drivers/virtio/virtio_pci_modern_dev',
  'drivers/virtio/virtio_pci',
  'net/9p/9pnet',
  'net/9p/9pnet_virtio',
  'fs/netfs/netfs',
  'fs/fscache/fscache',
  'fs/9p/9p',
  'fs/overlayfs/overlay',
];

const MEMORY_MIB = 6000;

/** The think time on that slower machine: about 31 ms times the cost of a request there over its cost on Fargate. */
const THINK_MILLISECONDS = 400;

const [stories = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'constant-machine-'));
  // beside the programs that it starts.
  const program = join(PACKAGE_FOLDER, 'lib-cli', 'agreement.cjs');
  try {
    console.log('fetching a kernel …');
    const kernel = fetchKernel(folder);
    buildSync({ entryPoints: [join(__dirname, 'agreement.ts')], bundle: true, platform: 'node', outfile: program });
    writeRoot(folder, kernel.modules, jobOf(program));
    console.log('a machine of constant speed starts; its minutes take four here, and more where others are busy …');
    await boot(folder, kernel.image);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(program, { force: true });
  }
}

interface Kernel {
  readonly image: string;
  /** The folder of its modules. */
  readonly modules: string;
}

function fetchKernel(folder: string): Kernel {
  const depends = execFileSync('apt-cache', ['depends', '--important', 'linux-image-amd64'], { encoding: 'utf8' });
  const [name] = /linux-image-\d\S*/.exec(depends)!;
  execFileSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore' });
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb'))!;
  execFileSync('dpkg', ['-x', archive, 'kernel'], { cwd: folder });
  const version = name.replace('linux-image-', '');
  return {
    image: join(folder, 'kernel', 'boot', `vmlinuz-${version}`),
    modules: join(folder, 'kernel', 'lib', 'modules', version, 'kernel'),
  };
}

/** What the machine does: the bench, each task in a control group of its own. Node compiles nothing for tasks: that would last for as long as a scenario. */
function jobOf(program: string): string {
  return `export PATH=${process.env.PATH} HOME=/tmp TASK_NODE_OPTIONS=--jitless THINK_MILLISECONDS=${THINK_MILLISECONDS}
echo "+cpu +memory" > /sys/fs/cgroup/cgroup.subtree_control
mkdir /sys/fs/cgroup/shell && echo $$ > /sys/fs/cgroup/shell/cgroup.procs
${process.execPath} ${program} 20 '${stories}' 1
`;
}

/** The init program of the machine: it reads the files of the host, and its writes stay in memory. */
function initOf(): string {
  return `#!/bin/busybox sh
for each in proc sysfs devtmpfs; do mkdir -p /$each; mount -t $each $each /$each; done
for each in ${MODULES.map((module) => basename(module)).join(' ')}; do insmod /modules/$each.ko; done
mkdir -p /host /own /root
mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 host /host
mount -t tmpfs tmpfs /own && mkdir /own/upper /own/work
mount -t overlay -o lowerdir=/host,upperdir=/own/upper,workdir=/own/work overlay /root
mount -t proc proc /root/proc; mount -t sysfs sysfs /root/sys; mount -t devtmpfs devtmpfs /root/dev
mkdir -p /root/sys/fs/cgroup /root/dev/pts /root/dev/shm
mount -t cgroup2 none /root/sys/fs/cgroup
mount -t tmpfs tmpfs /root/tmp; mount -t tmpfs tmpfs /root/dev/shm
ifconfig lo 127.0.0.1 up
cp /job.sh /root/tmp/
chroot /root /bin/sh /tmp/job.sh
poweroff -f
`;
}

function writeRoot(folder: string, modules: string, job: string): void {
  const root = join(folder, 'root');
  for (const each of ['bin', 'modules']) mkdirSync(join(root, each), { recursive: true });
  copyFileSync('/bin/busybox', join(root, 'bin', 'busybox'));
  for (const each of ['sh', 'mkdir', 'mount', 'insmod', 'ifconfig', 'cp', 'chroot', 'poweroff'])
    symlinkSync('busybox', join(root, 'bin', each));
  for (const each of MODULES) copyFileSync(join(modules, `${each}.ko`), join(root, 'modules', `${basename(each)}.ko`));
  writeFileSync(join(root, 'init'), initOf(), { mode: 0o755 });
  writeFileSync(join(root, 'job.sh'), job);
  const files = execFileSync('find', ['.'], { cwd: root });
  writeFileSync(
    join(folder, 'root.cpio'),
    execFileSync('cpio', ['--quiet', '-o', '-H', 'newc'], { cwd: root, input: files, maxBuffer: 2 ** 28 }),
  );
}

async function boot(folder: string, image: string): Promise<void> {
  const machine = spawn(
    'qemu-system-x86_64',
    [
      ...['-accel', 'tcg,thread=single,tb-size=1024', '-icount', 'shift=0,sleep=off', '-cpu', 'max', '-smp', '1', '-m', String(MEMORY_MIB)],
      ...['-nographic', '-no-reboot', '-net', 'none', '-kernel', image, '-initrd', join(folder, 'root.cpio')],
      ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
      ...['-append', 'console=ttyS0 panic=-1 quiet mitigations=off tsc=reliable'],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  await once(machine, 'exit');
}

void main();
