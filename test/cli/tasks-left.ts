import { execFileSync } from 'node:child_process';

/** The tasks with a mark in their command that still run, as a list of processes shows them. The command under test has the mark among its words, too. */
export function tasksLeft(mark: string): string[] {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(mark) && !line.includes('main.js'));
}
