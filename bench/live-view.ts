// The cost of redrawing the live view; in a terminal, it shows the live view. Run: npx tsx bench/live-view.ts [speed]
import { setTimeout as wait } from 'node:timers/promises';
import { frame } from '../cli/live-view/frame';
import { canShowLiveView } from '../cli/live-view/live-style';
import { LiveView } from '../cli/live-view/live-view';
import { changedLines } from '../cli/live-view/terminal';
import { liveScenario, replay } from '../test/cli/live-view/replay';

const FRAMES_PER_SECOND = 4;
const SECONDS = 3600;
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];

const speed = Number(process.argv[2] ?? 20);
if (canShowLiveView(process.stdout, process.env)) void show();
else measure();

async function show(): Promise<void> {
  const stateAt = replay(liveScenario(), speed);
  let isOver = false;
  let stolenSeconds = 0;
  const view = LiveView.start({
    input: process.stdin,
    output: process.stdout,
    environment: process.env,
    onFault: (fault) => {
      stolenSeconds += fault.atSeconds;
    },
    onQuit: () => {
      isOver = true;
    },
  });
  const startedAtMillis = performance.now();
  const now = (): number => ((performance.now() - startedAtMillis) / 1000) * speed;
  while (!isOver && now() < SECONDS) {
    view.update(stateAt(now()));
    await wait(1000 / FRAMES_PER_SECOND);
  }
  view.close();
  process.stdout.write(`closed after ${Math.round(now())} seconds of the scenario, sum of faults at ${stolenSeconds}\n`);
}

function measure(): void {
  const stateAt = replay(liveScenario(), speed);
  const moments = Array.from({ length: 1000 }, (_, index) => stateAt((index * SECONDS) / 1000));
  for (const size of SIZES) {
    let [before, bytes]: [string[], number] = [[], 0];
    const start = process.cpuUsage();
    for (const state of moments) {
      const lines = frame(state, size, { hasColors: true, supportsUnicode: true }, { keys: 'all' });
      bytes += Buffer.byteLength(changedLines(before, lines));
      before = lines;
    }
    const { user, system } = process.cpuUsage(start);
    const millis = (user + system) / 1000 / moments.length;
    const percent = (100 * millis * FRAMES_PER_SECOND) / 1000;
    console.log(
      `${size.columns}x${size.rows}: ${millis.toFixed(2)} ms of CPU and ${Math.round(bytes / moments.length)} bytes a frame, ` +
        `${percent.toFixed(2)} % of a core at ${FRAMES_PER_SECOND} frames a second`,
    );
  }
}
