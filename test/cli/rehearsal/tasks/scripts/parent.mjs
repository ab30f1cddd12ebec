// leaves the work to a process of its own, as `npm start` does, and tells its number.
import { spawn } from 'node:child_process';

const [program, ...given] = process.argv.slice(2);
const child = spawn(process.execPath, [program, ...given], { stdio: 'inherit' });
console.log(`child ${child.pid}`);
child.once('exit', (code) => process.exit(code));
