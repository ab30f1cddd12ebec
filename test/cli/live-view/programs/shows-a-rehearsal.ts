// shows a state until a key ends it, and writes the keys that it received to a file: shows-a-rehearsal.ts <file> [<how it ends>]
import { appendFileSync } from 'node:fs';
import { LiveView } from '../../../../cli/live-view/live-view';
import { liveState } from '../states';

const [, , file = '', ending] = process.argv;
process.stdout.write(`process ${process.pid}\n`);
const view = LiveView.start({
  input: process.stdin,
  output: process.stdout,
  environment: process.env,
  onFault: (fault) => appendFileSync(file, `${JSON.stringify(fault)}\n`),
  onQuit: () => {
    appendFileSync(file, 'quit\n');
    clearInterval(alive);
    view.close();
  },
});
if (ending === 'listen') {
  process.once('SIGTERM', () => {
    appendFileSync(file, 'SIGTERM\n');
    clearInterval(alive);
  });
}
// takes its time to end, as a rehearsal does that has tasks to stop.
if (ending === 'interrupted') process.once('SIGINT', () => appendFileSync(file, 'SIGINT\n'));
// what keeps a rehearsal going: a view alone keeps no process alive.
const alive = setInterval(() => view.update(liveState()), 50);
view.update(liveState());
if (ending === 'exit') process.exit(3);
if (ending === 'throw') throw new Error('thrown while the view is open');
