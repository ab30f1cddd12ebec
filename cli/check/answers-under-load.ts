import { setTimeout as pass } from 'node:timers/promises';
import { percentage } from '../../src/report/amount';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, ok, warning } from './finding';
import { type LostRequest, Users } from './users';

const WATCH_SECONDS = 2;

/** What a service says that takes no more than it can bear. */
const OVERLOADED = 503;

/** Keeps the task busy, and looks at what becomes of the requests. */
export async function answersUnderLoad(task: CheckedTask): Promise<Finding> {
  const users = new Users(task.port, task.parts.paths);
  await pass(WATCH_SECONDS * 1000);
  await users.leave();
  return judgeAnswers(users);
}

/** What the answers to users say of a task that they kept busy. */
export function judgeAnswers({ answered, lost }: { readonly answered: number; readonly lost: readonly LostRequest[] }): Finding {
  const requests = answered + lost.length;
  const failures = lost.filter(({ statusCode }) => statusCode !== OVERLOADED);
  const share = (count: number): string => `${count} of ${requests} requests, ${percentage(count / requests)},`;
  if (failures.length > 0)
    return failed(
      `${share(failures.length)} failed: ${failures[0]!.failure}`,
      'its users see each of them, whatever scales: see its log for why',
    );
  if (lost.length > 0)
    return warning(
      `${share(lost.length)} were refused with 503`,
      'that is well where it is more than a task bears; where it is less, raise what it takes at a time',
    );
  return ok(`all of ${requests} requests`);
}
