import { execFileSync } from 'node:child_process';

/** The running processes with a mark in their arguments, except the command under test, which has the mark in its own arguments. */
export function tasksLeft(mark: string): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(mark) && !line.includes('main.js'));
}
