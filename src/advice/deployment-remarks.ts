import { formatElapsed } from '../parse/durations';
import type { Outcome } from '../run/outcome';
import type { Remark } from './remark';

/** A deployment paused, and nothing but its timeout or the end of the run followed. */
export const pausedDeployment: Remark = (_, { events }) => {
  const steps = events.filter(({ kind }) => kind.startsWith('deployment-'));
  const waiting = steps.find(({ kind }, index) => kind === 'deployment-paused' && isTimeout(steps[index + 1]));
  if (waiting === undefined) return undefined;
  return `the deployment paused at ${formatElapsed(waiting.atSeconds)} and no one continued it: add the fault 'continue at TIME' for each pause`;
};

/** Whether a pause ended with its timeout, or not at all. */
function isTimeout(next: Outcome['events'][number] | undefined): boolean {
  return next === undefined || next.description.startsWith('no one continued the deployment');
}

/** The time that the Lambda functions of a deployment take is an assumption. */
export const assumedHookTime: Remark = ({ plan: { deployment }, behavior }, outcome) => {
  const stages = (deployment.lifecycleHooks ?? []).filter(({ targetType }) => targetType === 'AWS_LAMBDA').flatMap((hook) => hook.stages);
  if (stages.length === 0 || !hasDeployment(outcome)) return undefined;
  return (
    `each Lambda function of a lifecycle hook (${[...new Set(stages)].join(', ')}) is assumed to succeed after ${behavior.lambdaHookSeconds} s: ` +
    'set lambdaHookSeconds in the behavior to what yours take'
  );
};

/** A deployment may be rolled back by an alarm that is not simulated. */
export const alarmsNotSimulated: Remark = ({ plan: { deployment } }, outcome) => {
  const names = deployment.rollbackAlarms?.notSimulated ?? [];
  if (names.length === 0 || !hasDeployment(outcome)) return undefined;
  const [fail, watch] = names.length === 1 ? ['fails', 'it watches'] : ['fail', 'they watch'];
  return `on AWS ${names.join(', ')} also ${fail} a deployment by going into ALARM: what ${watch} is not simulated`;
};

function hasDeployment({ events }: Outcome): boolean {
  return events.some(({ kind }) => kind === 'deployment-started');
}
