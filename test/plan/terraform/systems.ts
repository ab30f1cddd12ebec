import type { PlannedResource } from './terraform-plan';

const subnets = (count: number): PlannedResource[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'aws_subnet',
    name: `public_${'ab'[index]}`,
    values: { availability_zone: `eu-central-1${'ab'[index]}`, cidr_block: `10.0.${index}.0/24` },
  }));
const SUBNETS = ['aws_subnet.public_a.id', 'aws_subnet.public_b.id'];

const balancer: PlannedResource = {
  type: 'aws_lb',
  name: 'this',
  values: {
    name: 'shop',
    internal: false,
    load_balancer_type: 'application',
    idle_timeout: 60,
    enable_http2: true,
    access_logs: [],
    subnet_mapping: [],
  },
  references: { subnets: SUBNETS },
};
const listener: PlannedResource = {
  type: 'aws_lb_listener',
  name: 'http',
  values: { port: 80, protocol: 'HTTP', default_action: [{ type: 'forward', forward: [], redirect: [] }] },
  references: { load_balancer_arn: ['aws_lb.this.arn'], 'default_action.0.target_group_arn': ['aws_lb_target_group.this.arn'] },
};
const targetGroup = (check: object, others: object = {}): PlannedResource => ({
  type: 'aws_lb_target_group',
  name: 'this',
  values: {
    name: 'shop',
    port: 8080,
    protocol: 'HTTP',
    target_type: 'ip',
    deregistration_delay: '30',
    slow_start: 0,
    proxy_protocol_v2: false,
    health_check: [{ enabled: true, matcher: '200', port: 'traffic-port', protocol: 'HTTP', ...check }],
    ...others,
  },
});
const cluster: PlannedResource = {
  type: 'aws_ecs_cluster',
  name: 'this',
  values: { name: 'shop', setting: [{ name: 'containerInsights', value: 'enabled' }], configuration: [] },
};
const task = (cpu: string, memory: string): PlannedResource => ({
  type: 'aws_ecs_task_definition',
  name: 'this',
  values: {
    family: 'shop',
    cpu,
    memory,
    network_mode: 'awsvpc',
    requires_compatibilities: ['FARGATE'],
    container_definitions: JSON.stringify([
      { name: 'web', image: 'shop:1', essential: true, portMappings: [{ containerPort: 8080 }], stopTimeout: 40 },
    ]),
    ephemeral_storage: [],
    volume: [],
  },
});
const service = (others: object = {}): PlannedResource => ({
  type: 'aws_ecs_service',
  name: 'this',
  values: {
    name: 'web',
    launch_type: 'FARGATE',
    deployment_minimum_healthy_percent: 100,
    deployment_maximum_percent: 200,
    scheduling_strategy: 'REPLICA',
    enable_execute_command: false,
    deployment_circuit_breaker: [{ enable: true, rollback: true }],
    deployment_controller: [{ type: 'ECS' }],
    load_balancer: [{ container_name: 'web', container_port: 8080, elb_name: '' }],
    network_configuration: [{ assign_public_ip: false }],
    ...others,
  },
  references: {
    cluster: ['aws_ecs_cluster.this.id'],
    task_definition: ['aws_ecs_task_definition.this.arn'],
    'load_balancer.0.target_group_arn': ['aws_lb_target_group.this.arn'],
    'network_configuration.0.subnets': SUBNETS,
  },
});
const target = (min_capacity: number, max_capacity: number): PlannedResource => ({
  type: 'aws_appautoscaling_target',
  name: 'this',
  values: {
    min_capacity,
    max_capacity,
    resource_id: 'service/shop/web',
    scalable_dimension: 'ecs:service:DesiredCount',
    service_namespace: 'ecs',
  },
});
const policy = (name: string, metric: string, target_value: number, references?: PlannedResource['references']): PlannedResource => ({
  type: 'aws_appautoscaling_policy',
  name,
  values: {
    name,
    policy_type: 'TargetTrackingScaling',
    resource_id: 'service/shop/web',
    scalable_dimension: 'ecs:service:DesiredCount',
    service_namespace: 'ecs',
    step_scaling_policy_configuration: [],
    target_tracking_scaling_policy_configuration: [
      {
        target_value,
        scale_in_cooldown: 300,
        scale_out_cooldown: 60,
        disable_scale_in: false,
        customized_metric_specification: [],
        predefined_metric_specification: [{ predefined_metric_type: metric }],
      },
    ],
  },
  ...(references && { references }),
});

/** A backend that scales on requests first and on CPU as a safety net, from 2 to 6 tasks. */
export const LOAD_DRIVEN_BACKEND: readonly PlannedResource[] = [
  ...subnets(2),
  balancer,
  listener,
  targetGroup({ path: '/health', interval: 30, timeout: 5, healthy_threshold: 2, unhealthy_threshold: 2 }),
  cluster,
  task('256', '512'),
  service(),
  target(2, 6),
  policy('requests', 'ALBRequestCountPerTarget', 600, {
    'target_tracking_scaling_policy_configuration.0.predefined_metric_specification.0.resource_label': [
      'aws_lb.this.arn_suffix',
      'aws_lb_target_group.this.arn_suffix',
    ],
  }),
  policy('cpu', 'ECSServiceAverageCPUUtilization', 60),
];

/** A practical's service on ECS: 1 to 4 tasks at a CPU target of 20 %. */
export const PRACTICAL_ON_ECS: readonly PlannedResource[] = [
  ...subnets(2),
  balancer,
  listener,
  targetGroup({ path: '/api/v1/health', interval: 10, timeout: 5, healthy_threshold: 2, unhealthy_threshold: 2 }),
  cluster,
  task('512', '1024'),
  service(),
  target(1, 4),
  policy('cpu', 'ECSServiceAverageCPUUtilization', 20),
];

const step = (name: string, scaling_adjustment: number): PlannedResource => ({
  type: 'aws_autoscaling_policy',
  name,
  values: {
    name,
    adjustment_type: 'ChangeInCapacity',
    policy_type: 'SimpleScaling',
    scaling_adjustment,
    cooldown: 120,
    autoscaling_group_name: 'shop',
  },
});
const alarm = (name: string, comparison_operator: string, threshold: number): PlannedResource => ({
  type: 'aws_cloudwatch_metric_alarm',
  name,
  values: {
    alarm_name: name,
    comparison_operator,
    evaluation_periods: 2,
    metric_name: 'CPUUtilization',
    namespace: 'AWS/EC2',
    period: 120,
    statistic: 'Average',
    threshold,
    dimensions: { AutoScalingGroupName: 'shop' },
    metric_query: [],
  },
  references: { alarm_actions: [`aws_autoscaling_policy.${name}.arn`] },
});

/** The same practical on EC2: an auto scaling group of 1 to 4 instances with simple scaling. */
export const PRACTICAL_ON_EC2: readonly PlannedResource[] = [
  ...subnets(2),
  balancer,
  listener,
  targetGroup(
    { path: '/api/v1/health', interval: 10, timeout: 5, healthy_threshold: 2, unhealthy_threshold: 2 },
    { target_type: 'instance' },
  ),
  {
    type: 'aws_launch_template',
    name: 'this',
    values: { instance_type: 't3.micro', monitoring: [{ enabled: true }], user_data: 'IyEvYmluL2Jhc2g=' },
  },
  {
    type: 'aws_autoscaling_group',
    name: 'this',
    values: {
      name: 'shop',
      min_size: 1,
      max_size: 4,
      desired_capacity: 1,
      health_check_grace_period: 120,
      default_cooldown: 300,
      launch_template: [{ version: '$Latest' }],
    },
    references: {
      'launch_template.0.id': ['aws_launch_template.this.id'],
      target_group_arns: ['aws_lb_target_group.this.arn'],
      vpc_zone_identifier: SUBNETS,
    },
  },
  step('up', 1),
  step('down', -1),
  alarm('up', 'GreaterThanOrEqualToThreshold', 20),
  alarm('down', 'LessThanOrEqualToThreshold', 10),
];
