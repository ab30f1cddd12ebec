import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { COMMAND, runCommand } from '../run-command';
import { fileWith, shopTemplate } from '../shop-template';
import { tasksLeft } from '../tasks-left';

const SEARCH_SERVICE = join(__dirname, '..', '..', '..', 'service-image', 'dist', 'server.mjs');

/** Identifies the tasks of one test in a list of processes. */
const MARK = `rehearse-command-test-${process.pid}`;

/** How long the command is suspended. */
const SUSPENSION_SECONDS = 2;

/** A row of the timeline as it is printed: its time, its users or `-`, and a rate. */
const TIMELINE_ROW = /^ +\d+:\d\d +(?:-|\d+) +\d+ /gm;

const ENVIRONMENT = { SAMPLE_SIZE: '20000', LOG_LEVEL: 'warn', DRAIN_SECONDS: '0', MAX_EVENT_LOOP_DELAY_MS: '60000' };

let template: ReturnType<typeof fileWith>;

beforeEach(() => {
  template = fileWith(shopTemplate({ environment: ENVIRONMENT }));
});

afterEach(() => {
  template.remove();
  expect(tasksLeft(MARK)).toEqual([]);
});

function rehearse(command: string, ...args: string[]): string[] {
  return ['rehearse', '--template', template.path, '--command', `${command} ${MARK}`, ...args];
}

describe('a rehearsal', () => {
  test('scales real tasks out under load, loses no request, and draws its forecast over it', async () => {
    // a low target: also a busy machine, on which clients and tasks are slow, goes far beyond it.
    template.remove();
    template = fileWith(shopTemplate({ environment: ENVIRONMENT, cpu: { TargetValue: 15 } }));
    const drawing = fileWith('', 'rehearsal.svg');
    const { exitCode, stdout } = await runCommand(
      rehearse(
        `node ${SEARCH_SERVICE}`,
        '--path',
        '/products/search?q=books',
        '--speed',
        '60',
        '--traffic',
        'users 150 think 250ms for 14m',
        '--json',
        '--svg',
        drawing.path,
      ),
    );
    const svg = readFileSync(drawing.path, 'utf8');
    drawing.remove();
    const { rehearsal, forecast, workload, runtime } = JSON.parse(stdout) as Record<string, { totals: Record<string, number> }>;
    expect(exitCode).toBe(0);
    expect(runtime).toMatch(/^processes, CPU quota by /);
    expect(rehearsal).toMatchObject({ kind: 'rehearsal', totals: { failedRequests: 0 } });
    expect(rehearsal!.totals['maxTasks']).toBeGreaterThan(2);
    expect(forecast).toMatchObject({ kind: 'forecast' });
    expect(forecast!.totals['maxTasks']).toBeGreaterThan(2);
    expect(svg).toMatch(/>rehearsal: served<.*>forecast: served</);
    expect(workload).toMatchObject({ cpuSecondsPerRequest: expect.any(Number), startUpSeconds: expect.any(Number) });
  });

  test('of a task that ends at once prints its last output', async () => {
    const { exitCode, stderr } = await runCommand(rehearse(`node -e "console.error('no database'); process.exit(3)"`));
    expect(stderr).toBe(
      'error: a task must listen on the port in its variable PORT and respond 200 to GET /health, got a process that ended with exit code 3\n' +
        'its last lines:\nno database\n',
    );
    expect(exitCode).toBe(2);
  });

  describe('of a service that fails under load, and so cannot be measured,', () => {
    const FAILING = `node -e "require('http').createServer(({url},a)=>a.writeHead(url==='/health'?200:500).end()).listen(process.env.PORT)"`;

    test('runs with the given traffic, and names the workload of its forecast', async () => {
      const drawing = fileWith('', 'rehearsal.html');
      const args = ['--traffic', 'users 2 think 1s for 2m', '--speed', '60', '--html', drawing.path];
      // without a template: the defaults of the construct.
      const { exitCode, stdout } = await runCommand(['rehearse', '--command', `${FAILING} ${MARK}`, ...args]);
      const page = readFileSync(drawing.path, 'utf8');
      drawing.remove();
      const message =
        'what a request costs could not be measured (under load, GET / responded 500): ' +
        'the forecast beside the rehearsal has the workload of the reference service instead';
      expect(exitCode).toBe(0);
      expect(stdout).not.toContain('Synthesizing');
      expect(stdout).toMatch(/service {3}Service: 2 to 6 tasks of 0\.25 vCPU/);
      // once after the measurement, and once at the end.
      expect(stdout.split(message)).toHaveLength(3);
      expect(stdout.split('Remarks')[1]).toContain(message);
      expect(page).toContain(message);
      // requests of the measurement are not counted, and two users send few requests.
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

    test('is an input error where no traffic was given', async () => {
      const { exitCode, stderr } = await runCommand(rehearse(FAILING));
      expect(stderr).toMatch(
        /error: requests failed during the measurement, the last one with GET \/ responded 500: .*\nerror: .*give --traffic/,
      );
      expect(exitCode).toBe(2);
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ended by %s leaves nothing behind', async (signal) => {
    const child = spawn(process.execPath, [COMMAND, ...rehearse(`node ${SEARCH_SERVICE}`)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await untilPrinted(child, 'Measuring');
    await untilTasksRun();
    child.kill(signal);
    const [exitCode] = await once(child, 'exit');
    expect(exitCode).toBe({ SIGINT: 130, SIGTERM: 143 }[signal]);
  });

  test('ended by Ctrl-C while it runs prints its outcome, that it was ended, and when it was suspended', async () => {
    const args = rehearse(
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
    const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    // ends the command where this test fails.
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const rowCount = (): number => printed.match(TIMELINE_ROW)?.length ?? 0;
    await expect.poll(rowCount, { timeout: 50_000 }).toBeGreaterThan(0);
    // as a terminal does at Ctrl-Z, until the user resumes it: the length of the suspension is reported.
    child.kill('SIGSTOP');
    await setTimeout(SUSPENSION_SECONDS * 1000);
    const rowsBefore = rowCount();
    child.kill('SIGCONT');
    await expect.poll(rowCount, { timeout: 20_000 }).toBeGreaterThan(rowsBefore);
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'close');
    expect(printed).toMatch(/Forecast and rehearsal\n.*\n +desired count/);
    expect(printed).toMatch(/Remarks\n +the rehearsal was ended at \d+:\d\d of 9:00:00, and so was its forecast\n/);
    // a busy machine may suspend the command as well, and for longer.
    const suspensions = [...printed.matchAll(/this command was suspended for about (\d+) seconds? of the wall clock at \d+:\d\d, /g)];
    expect(Math.max(...suspensions.map(([, seconds]) => Number(seconds)))).toBeGreaterThanOrEqual(SUSPENSION_SECONDS);
    // in a log, an event is printed once, when it happens: not before its time.
    const stopped = [...printed.matchAll(/^ +(\d+):(\d\d) +1 task was stopped \(task \d\)$/gm)];
    expect(stopped).toHaveLength(1);
    expect(60 * Number(stopped[0]![1]) + Number(stopped[0]![2])).toBeGreaterThanOrEqual(10);
    expect(exitCode).toBe(130);
  });

  test('on a port in use fails', async () => {
    const { createServer } = await import('node:net');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const traffic = ['--path', '/products/search?q=books', '--traffic', 'users 1 for 1m', '--port', String(port)];
    const { exitCode, stderr } = await runCommand(rehearse(`node ${SEARCH_SERVICE}`, ...traffic));
    server.close();
    expect(stderr).toContain(`port ${port} is already in use`);
    expect(exitCode).toBe(2);
  });
});

async function untilPrinted(child: ReturnType<typeof spawn>, text: string): Promise<void> {
  let printed = '';
  for await (const chunk of child.stdout!.setEncoding('utf8')) {
    printed += chunk;
    if (printed.includes(text)) return;
  }
}

async function untilTasksRun(): Promise<void> {
  await expect.poll(() => tasksLeft(MARK).length, { timeout: 20_000 }).toBeGreaterThan(0);
}
