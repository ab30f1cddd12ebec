import { answerInWords, type CheckedTask } from './checked-task';
import { type Finding, failed, ok, warning } from './finding';

const TIMEOUT_SECONDS = 10;

/** Asks for each path once: a load of refusals would say nothing about the task. */
export async function answersRequests(task: CheckedTask): Promise<Finding> {
  const { paths } = task.parts;
  const answers: { path: string; answer: number | string }[] = [];
  for (const path of paths) answers.push({ path, answer: await task.get(path, TIMEOUT_SECONDS) });
  const broken = answers.find(({ answer }) => typeof answer === 'string' || answer >= 500);
  if (broken !== undefined)
    return failed(answerInWords(broken.path, broken.answer), 'a request must be answered; name one that can be with --path');
  const refused = answers.find(({ answer }) => Number(answer) >= 400);
  if (refused === undefined)
    return ok(paths.length === 1 ? answerInWords(answers[0]!.path, answers[0]!.answer) : `all of ${paths.length} paths`);
  return warning(
    `${answerInWords(refused.path, refused.answer)}: under load it only refuses`,
    'name a path that does what the service is for with --path',
  );
}
