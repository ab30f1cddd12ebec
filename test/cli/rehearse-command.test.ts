import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { COMMAND, runCommand } from './run-command';
import { fileWith, shopTemplate } from './shop-template';
import { tasksLeft } from './tasks-left';

const SEARCH_SERVICE = join(__dirname, '..', '..', 'service-image', 'dist', 'server.mjs');

/** Marks the tasks of one test, so that they can be told from others in a list of processes. */
const MARK = `rehearse-command-test-${process.pid}`;

let template: ReturnType<typeof fileWith>;

beforeEach(() => {
  template = fileWith(
    shopTemplate({ environment: { SAMPLE_SIZE: '20000', LOG_LEVEL: 'warn', DRAIN_SECONDS: '0', MAX_EVENT_LOOP_DELAY_MS: '60000' } }),
  );
});

afterEach(() => {
  template.remove();
  expect(tasksLeft(MARK)).toEqual([]);
});

function rehearse(command: string, ...words: string[]): string[] {
  return ['rehearse', '--template', template.path, '--command', `${command} ${MARK}`, ...words];
}

describe('a rehearsal', () => {
  test('scales real tasks out under load, loses no request, and shows what was forecast over it', async () => {
    const drawing = fileWith('', 'rehearsal.svg');
    const { exitCode, stdout } = await runCommand(
      rehearse(
        `node ${SEARCH_SERVICE}`,
        '--path',
        '/products/search?q=books',
        '--speed',
        '60',
        '--traffic',
        'users 150 think 250ms for 9m',
        '--json',
        '--svg',
        drawing.path,
      ),
    );
    const svg = readFileSync(drawing.path, 'utf8');
    drawing.remove();
    const { rehearsal, forecast, workload } = JSON.parse(stdout) as Record<string, { totals: Record<string, number> }>;
    expect(exitCode).toBe(0);
    expect(rehearsal).toMatchObject({ kind: 'rehearsal', totals: { failedRequests: 0 } });
    expect(rehearsal!.totals['maxTasks']).toBeGreaterThan(2);
    expect(forecast).toMatchObject({ kind: 'forecast' });
    expect(forecast!.totals['maxTasks']).toBeGreaterThan(2);
    expect(svg).toMatch(/>rehearsal: served<.*>forecast: served</);
    expect(workload).toMatchObject({ cpuSecondsPerRequest: expect.any(Number), startSeconds: expect.any(Number) });
  });

  test('of a task that ends at once shows its last words', async () => {
    const { exitCode, stderr } = await runCommand(rehearse(`node -e "console.error('no database'); process.exit(3)"`));
    expect(stderr).toBe(
      'error: a task must listen on the port that PORT names and answer GET /health with 200, got a process that ended with exit code 3\n' +
        'its last lines:\nno database\n',
    );
    expect(exitCode).toBe(2);
  });

  describe('of a service that fails under load, and so cannot be measured,', () => {
    const FAILING = `node -e "require('http').createServer(({url},a)=>a.writeHead(url==='/health'?200:500).end()).listen(process.env.PORT)"`;

    test('goes on with the traffic that it was given, and says what its forecast has instead', async () => {
      const drawing = fileWith('', 'rehearsal.html');
      const words = ['--traffic', 'users 2 think 1s for 2m', '--speed', '60', '--html', drawing.path];
      // without a template: the defaults of the construct.
      const { exitCode, stdout } = await runCommand(['rehearse', '--command', `${FAILING} ${MARK}`, ...words]);
      const page = readFileSync(drawing.path, 'utf8');
      drawing.remove();
      const sentence =
        'what a request costs could not be measured (under load, GET / answered 500): ' +
        'the forecast beside the rehearsal has the workload of the reference service instead';
      expect(exitCode).toBe(0);
      expect(stdout).not.toContain('Synthesizing');
      expect(stdout).toMatch(/service {3}Service: 2 to 6 tasks of 0\.25 vCPU/);
      // once when it is known, and once in the end.
      expect(stdout.split(sentence)).toHaveLength(3);
      expect(stdout.split('Remarks')[1]).toContain(sentence);
      expect(page).toContain(sentence);
      // what failed before the traffic came is not counted: so few users make few requests.
      expect(Number(/HTTPCode_Target_5XX_Count (\d+)/.exec(stdout)![1])).toBeLessThan(30);
    });

    test('takes the workload of its scenario file instead', async () => {
      const scenario = fileWith(
        JSON.stringify({ traffic: 'users 2 think 1s for 2m', workload: { cpuSecondsPerRequest: 0.0123 } }),
        'scenario.json',
      );
      const { exitCode, stdout } = await runCommand(rehearse(FAILING, '--scenario', scenario.path, '--speed', '60'));
      scenario.remove();
      expect({ exitCode, isIgnored: stdout.includes('Ignored') }).toEqual({ exitCode: 0, isIgnored: false });
      expect(stdout).toContain('has the workload of the scenario file instead\n  workload  12.3 ms CPU per request');
    });

    test('is refused where no traffic was given', async () => {
      const { exitCode, stderr } = await runCommand(rehearse(FAILING));
      expect(stderr).toMatch(
        /error: a task must answer every request while it is measured, got GET \/ answered 500: .*\nerror: .*give --traffic/,
      );
      expect(exitCode).toBe(2);
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ended by %s leaves nothing behind', async (signal) => {
    const child = spawn(process.execPath, [COMMAND, ...rehearse(`node ${SEARCH_SERVICE}`)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await untilSaid(child, 'Measuring');
    await untilTasksRun();
    child.kill(signal);
    const [exitCode] = await once(child, 'exit');
    expect(exitCode).toBe({ SIGINT: 130, SIGTERM: 143 }[signal]);
  });

  test('ended by Ctrl-C while it goes on says what there was, that it was ended, and when it stood still', async () => {
    const words = rehearse(
      `node ${SEARCH_SERVICE}`,
      '--path',
      '/products/search?q=books',
      '--speed',
      '60',
      '--traffic',
      'rps 5 for 9h',
      '--fault',
      'stop 1 at 10s',
    );
    const child = spawn(process.execPath, [COMMAND, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    // where it fails, it fails alone.
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: 50_000 }).toMatch(/Rehearsal at [\s\S]*\n +1:00 /);
    // as a terminal does at Ctrl-Z, until somebody takes it up again: how long that takes is what shall be told.
    child.kill('SIGSTOP');
    await setTimeout(2000);
    child.kill('SIGCONT');
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/\n +1:00 .*\n.*\n/);
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'close');
    expect(said).toMatch(/Forecast and rehearsal\n.*\n +desired count/);
    expect(said).toMatch(
      /Remarks\n +it was ended at \d+:\d\d of 9:00:00, and its forecast ends there, too\n +this command stood still for about \d+ seconds? of the wall clock at \d:\d\d, /,
    );
    // who reads a log has read it where it happened.
    expect(said.match(/^ +0:1\d +1 task was stopped \(task \d\)$/gm)).toHaveLength(1);
    expect(exitCode).toBe(130);
  });

  test('on a port in use says so', async () => {
    const { createServer } = await import('node:net');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const traffic = ['--path', '/products/search?q=books', '--traffic', 'users 1 for 1m', '--port', String(port)];
    const { exitCode, stderr } = await runCommand(rehearse(`node ${SEARCH_SERVICE}`, ...traffic));
    server.close();
    expect(stderr).toContain(`port must be free, got ${port}`);
    expect(exitCode).toBe(2);
  });
});

async function untilSaid(child: ReturnType<typeof spawn>, words: string): Promise<void> {
  let said = '';
  for await (const text of child.stdout!.setEncoding('utf8')) {
    said += text;
    if (said.includes(words)) return;
  }
}

async function untilTasksRun(): Promise<void> {
  await expect.poll(() => tasksLeft(MARK).length, { timeout: 20_000 }).toBeGreaterThan(0);
}
