/** Stops the tasks of a load test when CloudFormation deletes it, and waits until they have stopped. */
const { DescribeTasksCommand, ECSClient, ListTasksCommand, StopTaskCommand } = require('@aws-sdk/client-ecs');

const SECONDS_BETWEEN_LOOKS = 5;
const REASON = 'The load test is deleted';

exports.handler = async (event, context) => {
  const physicalId = event.PhysicalResourceId ?? event.LogicalResourceId;
  try {
    if (event.RequestType === 'Delete') await stopAll(event.ResourceProperties);
    await respond(event, { Status: 'SUCCESS', PhysicalResourceId: physicalId });
  } catch (error) {
    console.error(error);
    const Reason = `${error.name}: ${error.message} (log stream ${context.logStreamName})`;
    await respond(event, { Status: 'FAILED', PhysicalResourceId: physicalId, Reason });
  }
};

/** A task that was run a moment ago may be listed late: the list is read until it is empty. */
async function stopAll({ Cluster: cluster, Family: family }) {
  const ecs = new ECSClient();
  for (;;) {
    const tasks = await tasksOf(ecs, cluster, family);
    if (tasks.length === 0) return;
    for (const { taskArn, desiredStatus } of tasks)
      if (desiredStatus !== 'STOPPED') await ecs.send(new StopTaskCommand({ cluster, task: taskArn, reason: REASON }));
    await new Promise((resolve) => setTimeout(resolve, SECONDS_BETWEEN_LOOKS * 1000));
  }
}

/** The tasks that have not stopped: those that are to run, and those that are stopping. */
async function tasksOf(ecs, cluster, family) {
  const arns = [];
  for (const desiredStatus of ['RUNNING', 'STOPPED']) {
    const page = await ecs.send(new ListTasksCommand({ cluster, family, desiredStatus })).catch(ignoreMissingCluster);
    arns.push(...(page?.taskArns ?? []));
  }
  if (arns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: arns.slice(0, 100) }));
  return tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED' && lastStatus !== 'DELETED');
}

function ignoreMissingCluster(error) {
  if (error.name !== 'ClusterNotFoundException') throw error;
}

async function respond({ ResponseURL, StackId, RequestId, LogicalResourceId }, result) {
  const body = JSON.stringify({ StackId, RequestId, LogicalResourceId, ...result });
  await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
}
