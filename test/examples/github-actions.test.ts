import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Consumer, NAME, ROOT } from '../consumer';
import { runApp } from '../synthesize-app';
import { EXAMPLES } from './examples';
import { ACTION_STEPS, type Step, stepOf, WORKFLOWS } from './workflows';

const PULL_REQUEST = 'github-actions/.github/workflows/pull-request.yml';
const COMMENT = join(ROOT, 'forecast-gate/comment.mjs');

describe.each([...WORKFLOWS])('the workflow %s', (_, workflow) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

  test('pins every action by its commit', () => {
    expect(steps.flatMap(({ uses }) => uses ?? []).filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
  });

  test('may read the code, and a job says what else it may', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('takes a role of AWS only in an environment, by OpenID Connect', () => {
    for (const { permissions, environment, steps: own = [] } of jobs) {
      const takesRole = own.some(({ uses }) => uses?.startsWith('aws-actions/') === true);
      expect({ environment: environment !== undefined, token: permissions?.['id-token'] }).toEqual({
        environment: takesRole,
        token: takesRole ? 'write' : undefined,
      });
    }
    expect(JSON.stringify(workflow)).not.toMatch(/secrets\.|ACCESS_KEY/);
  });

  test('puts no text of a pull request into a script', () => {
    expect(steps.flatMap(({ run }) => run ?? []).filter((run) => run.includes('${{'))).toEqual([]);
  });
});

test('the composite action pins every action by its commit, and puts no text of a pull request into a script', () => {
  expect(ACTION_STEPS.flatMap(({ uses }) => uses ?? []).every((uses) => /@[0-9a-f]{40}$/.test(uses))).toBe(true);
  expect(ACTION_STEPS.flatMap(({ run }) => run ?? []).filter((run) => run.includes('${{'))).toEqual([]);
});

describe('the gate of a pull request, in a repository of two commits', () => {
  let project: Consumer;
  let repository: string;
  const read = (file: string): string => readFileSync(join(repository, file), 'utf8');
  const run = ({ run: script }: Step, environment: Record<string, string>) =>
    spawnSync('bash', ['-eo', 'pipefail', '-c', script!], { cwd: repository, encoding: 'utf8', env: { ...process.env, ...environment } });

  beforeAll(() => {
    project = new Consumer('copy');
    cpSync(join(ROOT, 'lib-cli'), join(project.installed, 'lib-cli'), { recursive: true });
    chmodSync(join(project.installed, 'lib-cli/main.js'), 0o755);
    repository = join(project.folder, 'shop');
    cpSync(join(EXAMPLES, 'github-actions'), repository, { recursive: true, filter: (path) => !path.includes('node_modules') });
    // what `npm ci` gives the repository.
    symlinkSync(join(project.folder, 'node_modules'), join(repository, 'node_modules'), 'junction');
    symlinkSync(join(ROOT, 'node_modules/tsx'), join(project.folder, 'node_modules/tsx'), 'junction');
    mkdirSync(join(project.folder, 'node_modules/.bin'));
    symlinkSync('../tsx/dist/cli.mjs', join(project.folder, 'node_modules/.bin/tsx'));
    symlinkSync(`../${NAME}/lib-cli/main.js`, join(project.folder, 'node_modules/.bin', NAME));
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], { cwd: repository });
    writeFileSync(join(repository, '.gitignore'), 'node_modules\n');
    cpSync(join(EXAMPLES, 'any-template/template.json'), join(repository, 'template.json'));
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'main');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('switch', '--quiet', '--create', 'change');
    writeFileSync(join(repository, 'shop.ts'), read('shop.ts').replace('requestsPerSecondPerTask: 200', 'requestsPerSecondPerTask: 120'));
    git('commit', '--quiet', '--all', '--message', 'change');
  }, 300_000);
  afterAll(() => project.remove());

  test('passes as the workflow runs it, with the picture, the page and what changes', { timeout: 300_000 }, () => {
    const { status, stderr } = run(stepOf(PULL_REQUEST, 'check', 'Forecast the change beside its base'), { GITHUB_BASE_REF: 'main' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(read('forecast.md')).toMatch(/\| `policy\.targetTracking\.Requests\.targetValue` \| 12000 \| 7200 \|/);
    expect(read('forecast.md')).toMatch(/^\| {2}\| origin\/main \(\w+\) \| this change \|$/m);
    expect(read('forecast.svg')).toMatch(/^<svg .*<\/svg>$/s);
    expect(read('forecast.html')).toContain('<svg');
  });

  const runAction = (words: string) => {
    const outputs = join(repository, 'outputs.txt');
    writeFileSync(outputs, '');
    mkdirSync(join(project.folder, 'temporary'), { recursive: true });
    const environment = {
      BASE: 'origin/main',
      GATE_ARGUMENTS: words,
      GITHUB_OUTPUT: outputs,
      RUNNER_TEMP: join(project.folder, 'temporary'),
    };
    const { status } = run(ACTION_STEPS.find(({ id }) => id === 'gate')!, environment);
    const [, comment] = /^comment-file=(.*)$/m.exec(readFileSync(outputs, 'utf8'))!;
    return { status, comment: readFileSync(comment!, 'utf8') };
  };

  test('passes as the composite action runs it', () => {
    const { status, comment } = runAction('--template template.json --traffic "rps 20 for 20m" --seeds 3 --expect-failures 0');
    expect(status).toBe(0);
    expect(comment).toContain(': passed');
  });

  test('fails as the composite action runs it if an expectation is not met, and comments nevertheless', () => {
    const { status, comment } = runAction("--template 'template.json' --scenario evening.json --seeds 3 --expect-max-tasks 9..10");
    expect(status).toBe(1);
    expect(comment).toContain('**not met:** the maximum number of tasks must be 9 to 10');
  });
});

describe('the comment on a pull request', () => {
  /** What the API of GitHub has: comments by their ids, a hundred on a page. */
  let comments: { id: number; body: string }[];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = new URL(request.url!, 'http://localhost');
    const reply = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== 'Bearer a-token') return void reply(403, { message: 'no permission' });
    const sent = Buffer.concat(chunks).toString();
    const body: string = sent === '' ? '' : JSON.parse(sent).body;
    const page = Number(path.searchParams.get('page') ?? 1);
    if (request.method === 'GET') return void reply(200, comments.slice(100 * (page - 1), 100 * page));
    if (request.method === 'POST') return void reply(201, comments.push({ id: comments.length + 1, body }));
    const changed = comments.find(({ id }) => path.pathname === `/repos/example/shop/issues/comments/${id}`)!;
    changed.body = body;
    return void reply(200, changed);
  });
  let folder: string;
  let summary: string;

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => server.close());
  beforeEach(() => {
    comments = Array.from({ length: 120 }, (_, index) => ({ id: index + 1, body: 'looks good' }));
    folder = mkdtempSync(join(tmpdir(), 'comment-'));
    summary = join(folder, 'summary.md');
    writeFileSync(summary, '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script as a step does, without blocking the server. */
  const comment = (text: string, environment: Record<string, string> = {}): Promise<string> => {
    const file = join(folder, 'forecast.md');
    writeFileSync(file, text);
    return new Promise((resolve, reject) => {
      const env = {
        ...process.env,
        GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        GITHUB_REPOSITORY: 'example/shop',
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_TOKEN: 'a-token',
        PULL_REQUEST: '7',
        PICTURE_URL: 'https://github.com/example/shop/actions/runs/1/artifacts/2',
        ...environment,
      };
      execFile(process.execPath, [COMMENT, file], { env }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    });
  };

  test('is added once and changed by each push, with a link to the picture', async () => {
    await comment('first');
    expect(comments).toHaveLength(121);
    await comment('second');
    expect(comments).toHaveLength(121);
    expect(comments.at(-1)!.body).toBe(
      '<!-- forecast-gate: forecast -->\nsecond\n[The picture of both](https://github.com/example/shop/actions/runs/1/artifacts/2)\n',
    );
    expect(readFileSync(summary, 'utf8')).toContain('first');
  });

  test('is one for each gate of a workflow', async () => {
    await comment('of the shop');
    await comment('of the search', { COMMENT_NAME: 'search' });
    expect(comments.slice(120).map(({ body }) => body.split('\n')[1])).toEqual(['of the shop', 'of the search']);
  });

  test('goes to the summary alone without a token, as in a pull request of a fork', async () => {
    expect(await comment('of a fork', { GITHUB_TOKEN: '' })).toContain('GITHUB_TOKEN or PULL_REQUEST is empty');
    expect(comments).toHaveLength(120);
    expect(readFileSync(summary, 'utf8')).toContain('of a fork');
  });

  test('fails no job if it may not be written', async () => {
    expect(await comment('of a fork', { GITHUB_TOKEN: 'another' })).toContain('::warning::no comment on the pull request: GET');
  });
});

describe('cdk-nag over the shop and the role of GitHub Actions', () => {
  let newest: Consumer;
  beforeAll(() => {
    newest = new Consumer('copy', join(ROOT, 'test/newest-cdk'), ['aws-cdk-lib', 'constructs', 'cdk-nag']);
  });
  afterAll(() => newest.remove());

  // that it finds nothing with HTTPS is what `consumer:examples` shows, which runs the script of the example.
  test('finds plain HTTP and nothing else where the shop has no hosted zone, and fails the step', { timeout: 300_000 }, async () => {
    const folder = join(newest.folder, 'shop');
    cpSync(join(EXAMPLES, 'github-actions'), folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
    const file = join(folder, 'nag.mjs');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/, \{ zoneName.*?\}/, ''));
    const outfile = join(newest.folder, 'nag.js');
    await build({ entryPoints: [file], outfile, bundle: true, packages: 'external', platform: 'node', logLevel: 'silent' });
    // what the rules of CloudFormation find is not what is asked here.
    vi.stubEnv('CDK_VALIDATION', 'false');
    const failure = await runApp(() => newest.require(outfile), { outdir: join(newest.folder, 'cdk.out') }).then(
      () => '',
      ({ message }: Error) => message,
    );
    vi.unstubAllEnvs();
    expect([...new Set(failure.match(/AwsSolutions-\w+/g))]).toEqual(['AwsSolutions-EC23']);
  });
});
