import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { soundTemplate } from '../../lint/sound-template';
import { runCommand } from '../run-command';
import { runCommandHere } from '../run-command-here';
import { fileWith } from '../shop-template';

const broken = soundTemplate();
broken.Resources['Target']!.Properties.MinCapacity = 9;
const replaced = soundTemplate();
replaced.Resources['Group']!.Properties.Port = 8080;

function group(TargetGroupARNs: readonly string[]): object {
  return { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '2', TargetGroupARNs } };
}

describe('lint', () => {
  const files: Record<'sound' | 'broken' | 'replaced', ReturnType<typeof fileWith>> = {} as never;
  beforeAll(() => {
    files.sound = fileWith(JSON.stringify(soundTemplate()), 'sound.json');
    files.broken = fileWith(JSON.stringify(broken), 'broken.json');
    files.replaced = fileWith(JSON.stringify(replaced), 'replaced.json');
  });
  afterAll(() => {
    for (const file of Object.values(files)) file.remove();
  });

  test('prints the check, the reason and the fix, and exits with 1', async () => {
    const { exitCode, stdout } = await runCommand(['lint', '--template', files.broken.path]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error    capacity-bounds  Target');
    expect(stdout).toContain('MinCapacity 9 is above MaxCapacity 8');
    expect(stdout).toContain('→ write a MinCapacity of at most 8, or a MaxCapacity of at least 9');
    expect(stdout).toContain('1 error, 0 warnings');
  });

  test('exits with 0 if there is no error', async () => {
    expect(await runCommandHere(['lint', '--template', files.sound.path])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('0 errors, 0 warnings'),
    });
  });

  test('prints JSON of several templates', async () => {
    const { exitCode, stdout, stderr } = await runCommandHere([
      'lint',
      '--template',
      files.sound.path,
      '--template',
      files.broken.path,
      '--json',
    ]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      templates: [
        { findings: [] },
        {
          template: files.broken.path,
          findings: [{ check: 'capacity-bounds', severity: 'error', resource: 'Target', property: 'MinCapacity' }],
        },
      ],
    });
    expect(stderr).toContain('capacity-bounds');
  });

  test('prints SARIF 2.1.0', async () => {
    const { stdout } = await runCommandHere(['lint', '--template', files.broken.path, '--sarif']);
    const log = JSON.parse(stdout);
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-schema-2.1.0.json') });
    const [{ tool, results }] = log.runs;
    expect(results).toEqual([
      {
        ruleId: 'capacity-bounds',
        ruleIndex: expect.any(Number),
        level: 'error',
        message: { text: expect.stringContaining('MinCapacity 9 is above MaxCapacity 8') },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: files.broken.path }, region: { startLine: 1 } },
            logicalLocations: [{ name: 'Target', fullyQualifiedName: 'Resources.Target.Properties.MinCapacity', kind: 'resource' }],
          },
        ],
      },
    ]);
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('capacity-bounds');
  });

  test('compares two templates of one stack', async () => {
    const { exitCode, stdout } = await runCommandHere(['lint', '--from', files.sound.path, '--to', files.replaced.path]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('AWS rejects it, or a part of it');
    expect(stdout).toContain('error    taken-until-deleted  Group');
    const same = await runCommandHere(['lint', '--from', files.sound.path, '--to', files.sound.path, '--json']);
    expect({ exitCode: same.exitCode, ...JSON.parse(same.stdout) }).toMatchObject({ exitCode: 0, outcome: 'in place', findings: [] });
  });

  test.each([
    [
      'instances',
      { Web: group(['group-arn']) },
      'Web is an Auto Scaling group of EC2 instances, which is not checked: lint checks ECS services',
    ],
    ['an Express service', { Web: { Type: 'AWS::ECS::ExpressGatewayService' } }, 'Web is an ECS Express service, whose load balancer'],
    ['a topic', { Topic: { Type: 'AWS::SNS::Topic' } }, 'no ECS service is in this template: lint checks ECS services'],
    ['instances beside a service', { ...soundTemplate().Resources, Web: group(['group-arn']) }, 'Web is an Auto Scaling group'],
  ])('says of a template with %s what is not checked', async (_, Resources, expected) => {
    const file = fileWith(JSON.stringify({ Resources }), 'other.json');
    const text = await runCommandHere(['lint', '--template', file.path]);
    const json = await runCommandHere(['lint', '--template', file.path, '--json']);
    const sarif = await runCommandHere(['lint', '--template', file.path, '--sarif']);
    file.remove();
    expect(text).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(expected) });
    expect(JSON.parse(json.stdout).templates[0].unchecked).toEqual([expect.stringContaining(expected)]);
    const [{ invocations }] = JSON.parse(sarif.stdout).runs;
    expect(invocations[0].toolExecutionNotifications).toEqual([{ level: 'note', message: { text: expect.stringContaining(expected) } }]);
  });

  test('says nothing of instances that are the capacity of a cluster', async () => {
    const file = fileWith(JSON.stringify({ Resources: { ...soundTemplate().Resources, Capacity: group([]) } }), 'cluster.json');
    const { stdout } = await runCommandHere(['lint', '--template', file.path]);
    file.remove();
    expect(stdout).not.toContain('not checked');
  });

  test('synthesizes an app', async () => {
    const library = JSON.stringify(require.resolve('aws-cdk-lib'));
    const app = fileWith(
      `const { App, CfnResource, Stack } = require(${library});
      const stack = new Stack(new App(), 'Shop');
      new CfnResource(stack, 'Task', { type: 'AWS::ECS::TaskDefinition', properties: { EphemeralStorage: { SizeInGiB: 20 } } });
      new CfnResource(new Stack(stack.node.root, 'Empty'), 'Topic', { type: 'AWS::SNS::Topic' });
      stack.node.root.synth();`,
      'app.cjs',
    );
    const { exitCode, stdout } = await runCommandHere(['lint', '--app', `node ${app.path}`, '--stack', 'Shop']);
    app.remove();
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(/Shop\n.*ephemeral-storage {2}Task/),
    });
  });

  const appWith = (statements: string): ReturnType<typeof fileWith> => {
    const library = JSON.stringify(require.resolve('aws-cdk-lib'));
    return fileWith(`const { App, CfnResource, Stack } = require(${library});\nconst app = new App();\n${statements}`, 'app.cjs');
  };

  test('leaves out the templates of assets and stacks without resources, and names the file of a stack in SARIF', async () => {
    const app = appWith(`
      const shop = new Stack(app, 'Shop');
      new CfnResource(shop, 'Task', { type: 'AWS::ECS::TaskDefinition', properties: { EphemeralStorage: { SizeInGiB: 20 } } });
      new Stack(app, 'Nothing');
      const { mkdirSync, writeFileSync } = require('node:fs');
      mkdirSync(process.env.CDK_OUTDIR + '/asset.abc', { recursive: true });
      writeFileSync(process.env.CDK_OUTDIR + '/asset.abc/Product.template.json', 'not JSON');
      app.synth();`);
    const { stdout, stderr } = await runCommandHere(['lint', '--app', `node ${app.path}`, '--sarif']);
    app.remove();
    expect(stderr).not.toMatch(/Nothing|Product/);
    const [{ results }] = JSON.parse(stdout).runs;
    expect(results).toMatchObject([
      { locations: [{ physicalLocation: { artifactLocation: { uri: 'Shop.template.json' }, region: { startLine: 1 } } }] },
    ]);
  });

  test('an app without resources is an input error', async () => {
    const app = appWith("new Stack(app, 'Nothing');\napp.synth();");
    const result = await runCommandHere(['lint', '--app', `node ${app.path}`]);
    app.remove();
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--app must have a stack with resources, got none') });
  });

  test('says in SARIF for which parameters something is found', async () => {
    const template = soundTemplate();
    template.Parameters = { Stage: { Type: 'String', Default: 'test' } };
    template.Conditions = { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } };
    template.Resources['Target']!.Properties.MinCapacity = { 'Fn::If': ['IsProduction', 9, 2] };
    const file = fileWith(JSON.stringify(template), 'staged.json');
    const { stdout } = await runCommandHere(['lint', '--template', file.path, '--sarif']);
    file.remove();
    expect(JSON.parse(stdout).runs[0].results[0].message.text).toContain('above MaxCapacity 8, if Stage is production. To fix');
  });

  test.each([
    [[], 'a template must be given with --template or --app'],
    [['--template', 'none.json'], "--template must be a file that can be read, got 'none.json'"],
    [['--template', __filename], 'must be JSON or YAML, got an error'],
    [['--from', 'a.json'], '--from and --to must be given together, got only --from'],
    [['--from', 'a.json', '--to', 'b.json', '--app', 'x'], '--from and --to must not be given beside --app'],
    [['--template', 'a.json', '--app', 'x'], '--template and --app must not be given together'],
    [['--template', 'a.json', '--json', '--sarif'], '--json and --sarif must not be given together'],
  ])('%j is an input error', async (options, message) => {
    expect(await runCommandHere(['lint', ...options])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});
