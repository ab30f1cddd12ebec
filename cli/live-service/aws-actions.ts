/**
 * The actions of AWS that read a live service, by their names in IAM. All of them only read.
 *
 * What reads more of a service adds its actions here; `--print-iam-policy` prints them.
 */
export const AWS_ACTIONS = [
  'ecs:DescribeServices',
  'ecs:DescribeServiceRevisions',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeClusters',
  'ecs:ListClusters',
  'ecs:ListServices',
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingPolicies',
  'application-autoscaling:DescribeScheduledActions',
  'application-autoscaling:DescribeScalingActivities',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeRules',
] as const;

/** An action of AWS that reads a live service. */
export type AwsAction = (typeof AWS_ACTIONS)[number];

/** The IAM policy with which a live service can be read, in JSON. Most of the actions that describe have no resources of their own. */
export function iamPolicy(): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [{ Sid: 'ReadLiveService', Effect: 'Allow', Action: [...AWS_ACTIONS].sort(), Resource: '*' }],
    },
    undefined,
    2,
  );
}
