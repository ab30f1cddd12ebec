/** The actions that a recording needs, one for each call. */
const ACTIONS = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingActivities',
  'application-autoscaling:DescribeScalingPolicies',
  'application-autoscaling:DescribeScheduledActions',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancerAttributes',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroupAttributes',
  'elasticloadbalancing:DescribeTargetGroups',
];

/** The IAM policy that a recording needs: it only reads. Most of these actions cannot be limited to a resource. */
export const RECORDING_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Record', Effect: 'Allow', Action: ACTIONS, Resource: '*' }],
};
