// The names of all that is in an emulation: what a test must have deleted at its end.

const LISTS = [
  ['cloudformation', '2010-05-15', 'DescribeStacks', 'StackName'],
  ['ec2', '2016-11-15', 'DescribeVpcs', 'vpcId'],
  ['ec2', '2016-11-15', 'DescribeSecurityGroups', 'groupId'],
  ['elasticloadbalancing', '2015-12-01', 'DescribeLoadBalancers', 'LoadBalancerArn'],
  ['elasticloadbalancing', '2015-12-01', 'DescribeTargetGroups', 'TargetGroupArn'],
  ['iam', '2010-05-08', 'ListRoles', 'RoleName'],
  ['monitoring', '2010-08-01', 'DescribeAlarms', 'AlarmName'],
];

const JSON_LISTS = [
  ['application-autoscaling', 'AnyScaleFrontendService.DescribeScalableTargets', { ServiceNamespace: 'ecs' }],
  ['application-autoscaling', 'AnyScaleFrontendService.DescribeScheduledActions', { ServiceNamespace: 'ecs' }],
  ['logs', 'Logs_20140328.DescribeLogGroups', {}],
];

/** What there is, by the operations that list it. Functions of Lambda leave the groups of their logs, also on AWS. */
export async function everything(url) {
  const entries = [
    ...LISTS.map(async ([service, Version, Action, element]) => {
      const text = await send(url, service, new URLSearchParams({ Action, Version }).toString(), 'application/x-www-form-urlencoded');
      return [Action, [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, name]) => name).sort()];
    }),
    ...JSON_LISTS.map(async ([service, target, input]) => {
      const text = await send(url, service, JSON.stringify(input), 'application/x-amz-json-1.1', target);
      const names = Object.values(JSON.parse(text))
        .filter(Array.isArray)
        .flat()
        .map((item) => item.logGroupName ?? JSON.stringify(item));
      return [target, names.filter((name) => !name.startsWith('/aws/lambda/')).sort()];
    }),
    activeClusters(url).then((names) => ['DescribeClusters', names]),
  ];
  return Object.fromEntries(await Promise.all(entries));
}

/** ECS lists a cluster for a while after its deletion, as inactive. */
async function activeClusters(url) {
  const call = async (operation, input) =>
    JSON.parse(
      await send(url, 'ecs', JSON.stringify(input), 'application/x-amz-json-1.1', `AmazonEC2ContainerServiceV20141113.${operation}`),
    );
  const { clusterArns } = await call('ListClusters', {});
  const { clusters } = await call('DescribeClusters', { clusters: clusterArns });
  return clusters.filter(({ status }) => status === 'ACTIVE').map(({ clusterArn }) => clusterArn);
}

async function send(url, service, body, type, target) {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;
  const headers = { authorization, 'content-type': type, ...(target && { 'x-amz-target': target }) };
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service}: ${response.status} ${text}`);
  return text;
}
