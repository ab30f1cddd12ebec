import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commandLine, quoted } from '../../src/instances/start-up/shell';
import type { ContainerOfInstance, TaskSettings } from '../../src/instances/start-up/task-settings';
import { userDataLines } from '../../src/instances/start-up/user-data';

const folder = mkdtempSync(join(tmpdir(), 'start-up-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CONTAINER: ContainerOfInstance = {
  kind: 'container',
  image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7',
  port: 3000,
  command: ['--greeting', "it's two words"],
  entryPoint: ['/bin/shop', 'serve'],
  user: '10001:10001',
  isReadOnly: true,
  writableDirectories: ['/tmp'],
  dropsCapabilities: true,
  hasInitProcess: true,
};

const SETTINGS: TaskSettings = {
  region: 'eu-west-1',
  stackName: 'Shop',
  groupId: 'SearchGroup',
  logGroupName: 'shop',
  launchHook: 'Serving',
  terminationHook: 'Drained',
  deregistrationDelaySeconds: '0',
  stopTimeoutSeconds: 60,
  healthCheck: { scheme: 'http', port: 8080, path: '/health', healthyCodes: '200', timeoutSeconds: 5 },
  environment: { PORT: '3000', GREETING: `"it's" $HOME \\ 100 %` },
  setUpCommands: ['echo set up'],
  runs: CONTAINER,
};

const PROGRAM: TaskSettings = {
  ...SETTINGS,
  workingDirectory: '/srv',
  runs: { kind: 'program', commandLine: '/opt/shop/bin/server --port 8080' },
};

const GRPC: TaskSettings = { ...SETTINGS, healthCheck: { ...SETTINGS.healthCheck, scheme: 'tcp' } };
const HTTPS: TaskSettings = { ...SETTINGS, healthCheck: { ...SETTINGS.healthCheck, scheme: 'https' } };
const ALL: readonly [string, TaskSettings][] = [
  ['a container', SETTINGS],
  ['a program', PROGRAM],
  ['gRPC', GRPC],
  ['HTTPS', HTTPS],
];

function textOf(settings: TaskSettings): string {
  return `${['#!/bin/bash', ...userDataLines(settings)].join('\n')}\n`;
}

/** The files that user data writes, by their path. */
function filesOf(settings: TaskSettings): Record<string, string> {
  const files = textOf(settings).matchAll(/^install -D --mode=\d+ \/dev\/stdin (\S+) <<'END_OF_FILE'\n(.*?)\nEND_OF_FILE$/gms);
  return Object.fromEntries([...files].map(([, path, text]) => [path, `${text}\n`]));
}

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.each(ALL)('user data of %s', (_, settings) => {
  const scripts = [textOf(settings), ...Object.values(filesOf(settings)).filter((text) => text.startsWith('#!'))];

  test('and the scripts that it writes are valid for bash', () => {
    expect(scripts).toHaveLength(3);
    for (const input of scripts) expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test.skipIf(!hasShellcheck)('and the scripts that it writes have no findings of shellcheck', () => {
    for (const input of scripts) {
      // the file of settings is written at the same time, and variables are literal.
      const { stdout } = spawnSync('shellcheck', ['--exclude=SC1091,SC2154,SC2016', '-'], { input, encoding: 'utf8' });
      expect(stdout).toBe('');
    }
  });

  test.skipIf(!hasSystemd)('and its units have no findings of systemd', () => {
    const root = mkdtempSync(join(folder, 'units-'));
    const units = Object.entries(filesOf(settings)).filter(([path]) => path.endsWith('.service'));
    expect(units).toHaveLength(2);
    const paths = units.map(([path, text]) => {
      const file = join(root, path.split('/').pop()!);
      // systemd looks for the programs and the units that this machine may not have.
      const here = text.replaceAll(/^(Exec\w+=)\S+/gm, '$1/bin/true').replaceAll(/ docker.service|^Requires=docker.service\n/gm, '');
      writeFileSync(file, here);
      return file;
    });
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], { encoding: 'utf8' });
    expect(stderr.split('\n').filter((line) => line.includes(root))).toEqual([]);
    expect(status).toBe(0);
  });

  test('fits into the 16 KB of EC2', () => {
    expect(Buffer.byteLength(textOf(settings))).toBeLessThan(8192);
  });
});

/** A folder in place of the root, with programs that write down how they are called. */
class Machine {
  public readonly root = mkdtempSync(join(folder, 'machine-'));
  private readonly bin = join(this.root, 'bin');

  public constructor(programs: Readonly<Record<string, string>>) {
    mkdirSync(this.bin);
    mkdirSync(join(this.root, 'run'));
    for (const [name, body] of Object.entries({ ...QUIET, ...programs })) this.addProgram(join(this.bin, name), body);
    mkdirSync(join(this.root, 'opt/aws/bin'), { recursive: true });
    this.addProgram(join(this.root, 'opt/aws/bin/cfn-signal'), '');
  }

  /** A script with the paths of this machine. */
  public own(text: string): string {
    return text.replaceAll(/(?<![\w./])\/(etc|usr\/local|run|opt\/aws|var\/log)\//g, `${this.root}/$1/`);
  }

  public get environment(): NodeJS.ProcessEnv {
    return { PATH: `${this.bin}:${process.env['PATH']}`, HOME: this.root };
  }

  public get calls(): string[] {
    const file = join(this.root, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  private addProgram(path: string, body: string): void {
    const name = path.split('/').pop();
    writeFileSync(
      path,
      `#!/bin/bash\nprintf '%s' ${name} >> ${this.root}/calls\nprintf ' %q' "$@" >> ${this.root}/calls\necho >> ${this.root}/calls\n${body}\n`,
    );
    chmodSync(path, 0o755);
  }
}

const QUIET = {
  docker: '[[ $* != *--password-stdin* ]] || cat > /dev/null',
  dnf: '',
  systemctl: '',
  aws: '',
  'amazon-cloudwatch-agent-ctl': '',
};

/** The instance metadata, by IMDSv2, and the health check of the task. */
class Metadata {
  public state = 'InService';
  public isHealthy = false;
  private readonly server: Server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    const isToken = method === 'PUT' && url === '/api/token' && headers['x-aws-ec2-metadata-token-ttl-seconds'] !== undefined;
    if (isToken) return response.end('token-7');
    if (url === '/health') return response.writeHead(this.isHealthy ? 200 : 503).end();
    if (headers['x-aws-ec2-metadata-token'] !== 'token-7') return response.writeHead(401).end();
    if (url === '/meta-data/instance-id') return response.end('i-1');
    return url === '/meta-data/autoscaling/target-lifecycle-state' ? response.end(this.state) : response.writeHead(404).end();
  });

  public async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Runs user data on a machine; its metadata is that of the test. */
async function runUserData(machine: Machine, settings: TaskSettings): Promise<number> {
  const metadata = new Metadata();
  const url = await metadata.start();
  const script = machine.own(textOf(settings)).replaceAll('http://169.254.169.254/latest', url);
  const child = spawn('bash', ['-c', script], { env: machine.environment });
  const [status] = (await once(child, 'close')) as [number];
  metadata.stop();
  return status;
}

describe('an instance that starts', () => {
  test('logs in to the registry, pulls the image, and starts the task', async () => {
    const machine = new Machine({ aws: 'echo password' });
    expect(await runUserData(machine, SETTINGS)).toBe(0);
    // the two ends of a pipe start at once.
    expect(machine.calls.sort()).toEqual([
      'aws ecr get-login-password --region eu-west-1',
      'docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      'docker pull --quiet 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7',
      'systemctl daemon-reload',
      'systemctl enable --now docker',
      'systemctl enable --now task follow-lifecycle',
    ]);
  });

  test('does not log in to another registry than Amazon ECR', async () => {
    const machine = new Machine({});
    await runUserData(machine, { ...SETTINGS, runs: { ...CONTAINER, image: 'public.ecr.aws/nginx/nginx:1' } });
    expect(machine.calls.filter((call) => call.includes('login'))).toEqual([]);
  });

  test('runs the container with the arguments, the variables and the limits of the props', async () => {
    const machine = new Machine({});
    await runUserData(machine, SETTINGS);
    spawnSync(join(machine.root, 'usr/local/bin/run-task'), { env: machine.environment });
    expect(machine.calls.at(-1)).toBe(
      [
        'docker run --name task --rm --publish 8080:3000',
        `--env-file ${machine.root}/etc/task/environment --stop-timeout 60 --security-opt no-new-privileges --init --read-only --cap-drop ALL`,
        '--volume /tmp --user 10001:10001 --log-driver awslogs --log-opt mode=non-blocking --log-opt awslogs-region=eu-west-1',
        '--log-opt awslogs-group=shop --log-opt awslogs-stream=task/i-1 --entrypoint /bin/shop',
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7 serve --greeting it\\'s\\ two\\ words",
      ].join(' '),
    );
    expect(readFileSync(join(machine.root, 'etc/task/environment'), 'utf8')).toBe(`PORT=3000\nGREETING="it's" $HOME \\ 100 %\n`);
  });

  test.each<[string | undefined, string[]]>([
    [undefined, ['8080:3000']],
    ['9090', ['8080:3000', '9090:9090']],
    ['8080', ['8080:3000']],
  ])('forwards each port once, with health checks on %s', (healthCheckPort, expected) => {
    const runs = { ...CONTAINER, ...(healthCheckPort !== undefined && { healthCheckPort }) };
    const script = filesOf({ ...SETTINGS, runs })['/usr/local/bin/run-task']!;
    expect([...script.matchAll(/--publish (\S+)/g)].map(([, ports]) => ports)).toEqual(expected);
  });

  test('runs a program with the same variables, to the letter', async () => {
    const machine = new Machine({});
    const runs = { kind: 'program', commandLine: 'printenv GREETING' } as const;
    await runUserData(machine, { ...PROGRAM, workingDirectory: '/', runs });
    const { stdout } = spawnSync(join(machine.root, 'usr/local/bin/run-task'), { env: machine.environment, encoding: 'utf8' });
    expect(stdout).toBe(`"it's" $HOME \\ 100 %\n`);
  });

  test('reports a command that fails to CloudFormation, to the group and to the log', async () => {
    const machine = new Machine({ aws: '[[ $2 == describe-auto-scaling-instances ]] && echo shop-group; true' });
    expect(await runUserData(machine, { ...SETTINGS, setUpCommands: ['false', 'docker not-reached'] })).not.toBe(0);
    expect(machine.calls.map((call) => call.replace(/ --log-events.*/, ''))).toEqual([
      'aws logs create-log-stream --log-group-name shop --log-stream-name start/i-1',
      'aws logs put-log-events --log-group-name shop --log-stream-name start/i-1',
      'cfn-signal --success false --reason the\\ start\\ of\\ i-1\\ failed --stack Shop --resource SearchGroup --region eu-west-1',
      expect.stringContaining('aws autoscaling describe-auto-scaling-instances --instance-ids i-1'),
      'aws autoscaling complete-lifecycle-action --auto-scaling-group-name shop-group --instance-id i-1 --lifecycle-hook-name Serving --lifecycle-action-result ABANDON',
    ]);
  });
});

/** A file with the state of the instance in its group, which the API of the group answers. */
const DESCRIBE = '[[ $2 == describe-auto-scaling-instances ]] && echo "shop-group $(cat "$HOME/lifecycle-state")"; true';

describe('an instance in its group', () => {
  test('is in service once it serves, tells CloudFormation once, and drains before it ends', async () => {
    const machine = new Machine({ aws: DESCRIBE });
    const metadata = new Metadata();
    const url = await metadata.start();
    const lifecycleState = (state: string): void => writeFileSync(join(machine.root, 'lifecycle-state'), state);
    mkdirSync(join(machine.root, 'etc/task'), { recursive: true });
    writeFileSync(join(machine.root, 'etc/task/instance'), `METADATA=${url}\nINSTANCE_ID=i-1\nPOLL_SECONDS=0.02\n`);
    const script = machine
      .own(filesOf(SETTINGS)['/usr/local/bin/follow-lifecycle']!)
      .replace('http://127.0.0.1:8080/health', `${url}/health`);
    lifecycleState('Pending:Wait');
    const child = spawn('bash', ['-c', script], { env: machine.environment, detached: true });
    const completed = (): string[] => machine.calls.filter((call) => /complete-lifecycle-action|cfn-signal|systemctl/.test(call));
    try {
      await expect.poll(() => machine.calls.length === 0 && child.exitCode === null, POLLING).toBe(true);
      metadata.isHealthy = true;
      const inService = [completion('Serving'), 'cfn-signal --success true --stack Shop --resource SearchGroup --region eu-west-1'];
      await expect.poll(completed, POLLING).toEqual(inService);
      lifecycleState('Terminating:Wait');
      metadata.state = 'Terminated';
      await expect
        .poll(completed, POLLING)
        .toEqual([...inService, 'systemctl --quiet is-active task', 'systemctl stop task', completion('Drained')]);
    } finally {
      process.kill(-child.pid!, 'SIGKILL');
      metadata.stop();
    }
  }, 30_000);
});

/** Whether an instance takes a task that answers its health check with a code as healthy. */
async function serves(code: number, healthyCodes: string): Promise<boolean> {
  const server = createServer((_, response) => response.writeHead(code).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const settings = { ...SETTINGS, healthCheck: { ...SETTINGS.healthCheck, port, healthyCodes } };
  const [body] = /^serves\(\) \{$.*?^\}$/ms.exec(filesOf(settings)['/usr/local/bin/follow-lifecycle']!) ?? [];
  const child = spawn('bash', ['-c', `set -uo pipefail\n${body}\nserves`]);
  const [status] = (await once(child, 'close')) as [number];
  server.close();
  return status === 0;
}

test.each<[number, string, boolean]>([
  [200, '200', true],
  [204, '200', false],
  [302, '200', false],
  [401, '200,401', true],
  [404, '200-299,400-404', true],
  [405, '200-299,400-404', false],
])('a task that answers with %d, where %s is healthy: %s', async (code, healthyCodes, expected) => {
  expect(await serves(code, healthyCodes)).toBe(expected);
});

const POLLING = { timeout: 10_000, interval: 20 };

function completion(hook: string): string {
  return `aws autoscaling complete-lifecycle-action --auto-scaling-group-name shop-group --instance-id i-1 --lifecycle-hook-name ${hook} --lifecycle-action-result CONTINUE`;
}

test.each([
  ['plain', "'plain'"],
  ["it's", `'it'\\''s'`],
])('%s is one word of a shell', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

test('a command line quotes only what needs it', () => {
  expect(commandLine(['serve', '--port=80', 'two words', '*'])).toBe("serve --port=80 'two words' '*'");
});
