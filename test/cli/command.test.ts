import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND, runCommand } from './run-command';
import { runCommandHere } from './run-command-here';
import { fileWith, type ShopChanges, shopTemplate } from './shop-template';

describe('help', () => {
  test.each([
    [['--help']],
    [['forecast', '--help']],
    [['compare', '--help']],
    [['gate', '--help']],
    [['recommend', '--help']],
    [['measure', '--help']],
    [['check', '--help']],
    [['lint', '--help']],
    [['rehearse', '--help']],
  ])('%j prints the options and examples', async (words) => {
    const { exitCode, stdout } = await runCommandHere(words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  test.each(['--version', '-V'])('%s is that of the package', async (option) => {
    expect(await runCommand([option])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  });

  test('a reader of the help that has read enough is no error', async () => {
    const child = spawn(process.execPath, [COMMAND, 'forecast', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    await once(child, 'close');
    expect(errors).toBe('');
  });

  test('--version starts without the program', () => {
    const script = `process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n'))); require(${JSON.stringify(COMMAND)});`;
    const { stderr } = spawnSync(process.execPath, ['-e', script, 'main.js', '--version'], { encoding: 'utf8' });
    expect(stderr.split('\n')).toEqual([COMMAND]);
  });
});

test('an input error ends the process with exit code 2, and prints nothing to stdout', async () => {
  const { exitCode, stderr, stdout } = await runCommand(['forecst']);
  expect(stderr).toMatch(/^error: unknown command 'forecst'/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

describe('with a template', () => {
  let template: ReturnType<typeof fileWith>;
  beforeAll(() => {
    template = fileWith(shopTemplate());
  });
  afterAll(() => template.remove());

  test('forecast prints the plan, the timeline, the activities and the range over many seeds', async () => {
    const { exitCode, stdout } = await runCommand([
      'forecast',
      '--template',
      template.path,
      '--traffic',
      'rps 2400 for 8m, rps 100 for 30m',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('2 to 4 tasks of 0.25 vCPU and 512 MiB');
    expect(stdout).toMatch(/Successfully set desired count to 3 \(from 2 tasks; Successful at \d+:\d\d\)/);
    expect(stdout).toMatch(/first scale-out {2}\d:\d\d, from \d:\d\d to \d:\d\d/);
  });

  test('forecast --json prints only JSON to stdout', async () => {
    const { exitCode, stdout, stderr } = await runCommand([
      'forecast',
      '--template',
      template.path,
      '--traffic',
      'rps 2400 for 8m',
      '--json',
      '--seeds',
      '3',
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: { kind: 'forecast', totals: { maxTasks: 3 } }, ignored: [] });
    expect(stderr).toContain('Timeline');
  });

  test.each([
    ['is met', ['--expect-max-tasks', '3..4', '--expect-failures', '0'], 0, ''],
    ['is met with one seed', ['--expect-max-tasks', '3', '--seeds', '1'], 0, ''],
    [
      'is not met',
      ['--expect-max-tasks', '2'],
      1,
      'not met: the maximum number of tasks must be 2, got 3 in the forecast with 100 of 100 seeds\n',
    ],
  ])('the exit code of an expectation that %s', async (_, words, exitCode, message) => {
    const traffic = ['--traffic', 'rps 2400 for 8m'];
    const result = await runCommand(['forecast', '--template', template.path, ...traffic, ...words]);
    // on a busy machine there are lines about the progress.
    const messages = result.stderr.replace(/^ {2}… .*\n/gm, '');
    expect({ ...result, messages }).toMatchObject({ exitCode, messages: message });
  });

  test.each([
    [[], /^error: no command given: try 'forecast --help'/m],
    [['forecst'], /^error: unknown command 'forecst'/],
    [['forecast'], /^error: --traffic must be given, got none: try --traffic 'users 30 for 5m/],
    [
      ['forecast', '--traffic', 'users 3 for 1m'],
      /^error: a template must be given with --template or --app, got none and no cdk.json here/,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--app', ''],
      /^error: --app must be the command of a CDK app, such as 'npx tsx app.ts', got ''$/m,
    ],
    [
      ['record', '--service', 'shop'],
      /^error: --service must be the ARN of an ECS service or CLUSTER\/NAME, such as shop\/web, got 'shop'$/m,
    ],
    [['backtest', '--service', 'shop'], /^error: --service must be CLUSTER\/NAME or an ARN, such as --service shop\/web, got 'shop'$/m],
    [['check', '--image', ''], /^error: --image must be the name of an image/m],
    [
      ['forecast', '--traffic', 'users', '--template', 'TEMPLATE'],
      /^error: traffic must read like .*, got 'users': a number is missing after 'users'$/m,
    ],
    [['forecast', '--traffic', '', '--template', 'TEMPLATE'], /^error: traffic must read like .*, got '': a phase is missing$/m],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--template', 'nowhere.json'],
      /^error: --template must be a file that can be read, got 'nowhere.json' \(ENOENT\)$/m,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--template', 'check'],
      /^error: --template must be a file such as check\/Shop.template.json, got a folder with no template$/m,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--template', 'TEMPLATE', '--app', 'x'],
      /^error: --template and --app must not be given together/,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--template', 'TEMPLATE', '--seeds', '0'],
      /^error: --seeds must be a whole number from 1 to 10000, got '0'$/m,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--template', 'TEMPLATE', '--cpu-per-request', 'much'],
      /^error: --cpu-per-request must be a duration such as 2ms/,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--template', 'TEMPLATE', '--cpu-per-request', '2ms', '--idle-vcpu', '1'],
      /^error: idle vCPU must be from 0 to below the 0.25 vCPU of a task, got 1$/m,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--app', 'node -e 0'],
      /^error: --app must be the command of a CDK app, .* got no stacks from 'node -e 0'$/m,
    ],
    [['forecast', '--traffic', 'users 3 for 1m', '--app', 'exit 3'], /^error: --app failed: exit code 3 from 'exit 3'/],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--app', 'node -e "require(\'no-such-package\')"'],
      // the message, and no frame of Node.
      /^(?![\s\S]*Module\._load)[\s\S]*^Error: Cannot find module 'no-such-package'$/m,
    ],
    [
      ['forecast', '--traffic', 'users 3 for 1m', '--app', 'exit 1'],
      /^error: --app failed: exit code 1 from 'exit 1', without output: run it by itself to see why$/m,
    ],
    [['measure', '--path', 'cart'], /^error: --path must start with '\/', got 'cart'$/m],
    [['check', '--path', 'cart'], /^error: --path must start with '\/', got 'cart'$/m],
    [['check', '--set', 'healthCheck.way=x'], /^error: .*healthCheck/m],
    [['measure', '--seconds', '0'], /^error: --seconds must be a whole number from 1 to 60, got '0'$/m],
    [['measure', '--template', 'TEMPLATE', '--set', 'cpu=300', '--command', 'node x'], /^error: cpu must be one of/m],
    [['rehearse', '--template', 'TEMPLATE', '--speed', '0'], /^error: --speed must be from 1 to 60, got '0'$/m],
    [['rehearse', '--template', 'TEMPLATE', '--speed', 'fast'], /^error: --speed must be from 1 to 60, got 'fast'$/m],
    [['rehearse', '--template', 'TEMPLATE', '--port', '70000'], /^error: --port must be a whole number from 0 to 65535, got '70000'$/m],
    [
      ['rehearse', '--template', 'TEMPLATE', '--external', '--traffic', 'users 1 for 1m'],
      /^error: --traffic cannot be combined with --external, got 'users 1 for 1m'/m,
    ],
    [['rehearse', '--template', 'TEMPLATE', '--for', '5m'], /^error: --for can only be used with --external, got '5m'/m],
    [['rehearse', '--template', 'TEMPLATE', '--fault', 'break 1 at 1m'], /^error: .*break 1 at 1m/m],
    [
      ['rehearse', '--template', 'TEMPLATE', '--traffic', 'users 1 for 1m', '--fault', 'kill 1 at 5m'],
      /^error: kill-task must come before the traffic ends at 1m, got 5m$/m,
    ],
    [['rehearse', '--template', 'TEMPLATE', '--runtime', 'lxc'], /^error: --runtime must be one of process, docker, podman, got 'lxc'$/m],
    [['rehearse', '--template', 'TEMPLATE', '--path', 'products'], /^error: --path must start with '\/', got 'products'$/m],
    [
      ['rehearse', '--template', 'TEMPLATE'],
      /^error: the image of Shop is from a registry or a repository, so there is no folder .* set the command of a task with --command/,
    ],
    [['rehearse', '--template', 'TEMPLATE', '--command', 'nodde server.js'], /^error: the task's command 'nodde' does not exist/m],
  ])('%j is an input error', async (words, message) => {
    const { exitCode, stderr } = await runCommandHere(words.map((word) => (word === 'TEMPLATE' ? template.path : word)));
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

test.each<[string, string]>([
  ['# written by hand\nResources: {}', 'the template has no AWS::ECS::Service'],
  ['Resources: [', '--template must be JSON or YAML, got an error'],
  ['{"Resources": ', '--template must be complete JSON, got an error in '],
  [shopTemplate({ service: { Type: 'AWS::SNS::Topic' } }), 'the template has no AWS::ECS::Service'],
  [shopTemplate({ target: { ResourceId: 'service/shop' } }), 'Target ResourceId must be service/CLUSTER/SERVICE'],
  [shopTemplate({ target: { MinCapacity: 5 } } satisfies ShopChanges), 'minCapacity must be at most maxCapacity (4), got 5'],
  [shopTemplate({ cpu: { TargetValue: 0 } }), 'targetCpuUtilizationPercent must be above 0 and at most 100, got 0'],
])('rejects an invalid template: %#', async (text, message) => {
  const template = fileWith(text);
  const { exitCode, stderr, stdout } = await runCommandHere([
    'forecast',
    '--template',
    template.path,
    '--traffic',
    'users 3 for 1m',
    '--json',
  ]);
  template.remove();
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});
