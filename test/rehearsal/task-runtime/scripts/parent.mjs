// starts a child process for the work, as `npm start` does, and prints its id.
import { spawn } from 'node:child_process';

const [program, ...given] = process.argv.slice(2);
const child = spawn(process.execPath, [program, ...given], { stdio: 'inherit' });
console.log(`child ${child.pid}`);
child.once('exit', (code) => process.exit(code));
