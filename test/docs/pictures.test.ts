import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECKS, type NamedCheckResult } from '../../cli/check/check-task';
import { frame } from '../../cli/live-view/frame';
import { wrap } from '../../cli/live-view/wrap-text';
import { resultLines, statusCounts } from '../../cli/output/check-text';
import { liveScenario, replay } from '../cli/live-view/replay';
import { runCommand } from '../cli/run-command';
import { type TerminalPicture, terminalSvg } from './terminal-picture';

const DOCS = join(__dirname, '..', '..', 'docs');
const COLUMNS = 100;
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `npx vitest run test/docs -u` draws them anew, where the output has changed; look at them. */
describe('the pictures of the README show what the command prints today', () => {
  test('forecast', async () => {
    const template = readFileSync(join(__dirname, '../../examples/any-template/template.json'), 'utf8');
    writeFileSync(join(folder, 'template.json'), template);
    const words = [
      ['--template', 'template.json'],
      ['--traffic', 'rps 40 for 5m, rps 240 for 10m'],
      ['--cpu-per-request', '3.5ms', '--base-latency', '5ms'],
    ];
    const { stdout, exitCode } = await runCommand(['forecast', ...words.flat()], folder);
    expect(exitCode).toBe(0);
    const typed = words.map((line) => line.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' '));
    await draw('forecast', {
      title: 'forecast',
      description: 'A forecast in a terminal: the timeline, the scaling activities with their causes, and the numbers over a hundred seeds',
      columns: COLUMNS,
      frames: [[...command(typed), ...sections(stdout, ['Timeline', 'Scaling activities', 'Over 100 seeds']).flatMap(hanging)]],
    });
  });

  test('backtest', async () => {
    const set = 'targetCpuUtilizationPercent=25';
    const words = ['--recording', 'recording-shop-web', '--set', set];
    const { stdout, exitCode } = await runCommand(['backtest', ...words], __dirname);
    expect(exitCode).toBe(0);
    const headings = ['How far from what was observed', 'How far to trust a forecast', `With ${set}`];
    await draw('backtest', {
      title: 'backtest',
      description: 'A backtest in a terminal: how far the forecast is from what was observed, and what would have been with another target',
      columns: COLUMNS,
      frames: [[prompt(`npx ecs-rehearsal backtest ${words.join(' ')}`), ...sections(stdout, headings).flatMap(hanging)]],
    });
  });

  test('the chart of a backtest', async () => {
    const file = join(folder, 'backtest.svg');
    const { exitCode } = await runCommand(['backtest', '--recording', 'recording-shop-web', '--svg', file], __dirname);
    expect(exitCode).toBe(0);
    await expect(readFileSync(file, 'utf8')).toMatchFileSnapshot(join(DOCS, 'pictures', 'backtest-chart.svg'));
  });

  test('rehearse', async () => {
    const scenario = liveScenario();
    const at = replay(scenario);
    const minutes = [12, 14, 15, 16, 18.5, 20, 26.5, 36.5];
    await draw('rehearse', {
      title: 'rehearse',
      description: 'The live view of a rehearsal: tasks, signals with their targets, latency, the next step of scaling, and what happened',
      columns: COLUMNS,
      frames: minutes.map((minute) =>
        frame(at(60 * minute), { columns: COLUMNS, rows: 25 }, { hasColors: true, supportsUnicode: true }, { keys: 'all' }),
      ),
    });
  });

  test('check', async () => {
    const { checks: results } = recorded();
    const lines = results.flatMap((finding) => resultLines(finding)).flatMap(hanging);
    await draw('check', {
      title: 'check',
      description: 'The results of a check in a terminal: the checks of one task, two of which failed',
      columns: COLUMNS,
      frames: [[prompt('npx ecs-rehearsal check --command "node server.js"'), '', ...lines, '', statusCounts(results)]],
    });
  });
});

test('the recorded results are those of the checks of today', () => {
  expect(recorded().checks.map(({ name }) => name)).toEqual(CHECKS.map(({ name }) => name));
});

/**
 * The results of `check` for a server of one line, from a real run:
 *
 *     cd test/docs && node ../../lib-cli/main.js check --command "node one-line-server.js" --json > check-results.json
 */
function recorded(): { readonly checks: readonly NamedCheckResult[] } {
  return JSON.parse(readFileSync(join(__dirname, 'check-results.json'), 'utf8'));
}

async function draw(name: string, picture: TerminalPicture): Promise<void> {
  await expect(terminalSvg(picture)).toMatchFileSnapshot(join(DOCS, 'pictures', `${name}.svg`));
}

/** What a user types, in the colors of a shell. */
function prompt(words: string): string {
  return `${styleText('green', '$', { validateStream: false })} ${styleText('bold', words, { validateStream: false })}`;
}

/** A command over several lines, as a shell takes it. */
function command(words: readonly string[]): string[] {
  const lines = ['npx ecs-rehearsal forecast', ...words];
  return lines.map((line, index) => {
    const continued = index < lines.length - 1 ? `${line} \\` : line;
    return index === 0 ? prompt(continued) : `    ${styleText('bold', continued, { validateStream: false })}`;
  });
}

/** Some sections of what the command prints, each with its heading. */
function sections(output: string, headings: readonly string[]): string[] {
  const all = output.split(/\n(?=\S)/);
  const shown = headings.map((heading) => all.find((section) => section.startsWith(heading)));
  return shown.flatMap((section) => ['', ...section!.trimEnd().split('\n')]);
}

/** A line as it fits, with the rest below the reason that it continues. */
function hanging(line: string): string[] {
  if (line.length <= COLUMNS) return [line];
  const column = line.lastIndexOf('  ', COLUMNS / 2) + 2;
  const [first, ...rest] = wrap(line.slice(column), COLUMNS - column);
  return [line.slice(0, column) + first, ...rest.map((one) => ' '.repeat(column) + one)];
}
