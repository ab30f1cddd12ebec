/** How a type of resource of Terraform is written in CloudFormation. */
export interface TerraformType {
  readonly cloudFormation: string;
  /** The path of an attribute in CloudFormation, where it is not the same name in another case. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The blocks of which CloudFormation has one, and Terraform a list. */
  readonly single?: readonly string[];
  /** The attributes without an effect on scaling, response times or cost. */
  readonly dropped?: readonly string[];
}

/** What every resource has. */
export const DROPPED_ATTRIBUTES: readonly string[] = ['id', 'arn', 'tags', 'tags_all', 'timeouts', 'region', 'name_prefix', 'force_delete'];

const ELASTIC_LOAD_BALANCING = 'AWS::ElasticLoadBalancingV2';
const APPLICATION_SCALING = 'AWS::ApplicationAutoScaling';
const TRACKING = 'target_tracking_scaling_policy_configuration';
const CUSTOM = 'customized_metric_specification';

/** The types that a plan is read from. */
export const TERRAFORM_TYPES: Readonly<Record<string, TerraformType>> = {
  aws_ecs_service: {
    cloudFormation: 'AWS::ECS::Service',
    renamed: {
      name: 'ServiceName',
      load_balancer: 'LoadBalancers',
      'load_balancer.elb_name': 'LoadBalancerName',
      'network_configuration.subnets': 'AwsvpcConfiguration.Subnets',
      'network_configuration.security_groups': 'AwsvpcConfiguration.SecurityGroups',
      'network_configuration.assign_public_ip': 'AwsvpcConfiguration.AssignPublicIp',
      deployment_minimum_healthy_percent: 'DeploymentConfiguration.MinimumHealthyPercent',
      deployment_maximum_percent: 'DeploymentConfiguration.MaximumPercent',
      deployment_circuit_breaker: 'DeploymentConfiguration.DeploymentCircuitBreaker',
      alarms: 'DeploymentConfiguration.Alarms',
      'deployment_configuration.lifecycle_hook': 'LifecycleHooks',
      ordered_placement_strategy: 'PlacementStrategies',
      'load_balancer.advanced_configuration.alternate_target_group_arn': 'AlternateTargetGroupArn',
      volume_configuration: 'VolumeConfigurations',
      vpc_lattice_configurations: 'VpcLatticeConfigurations',
    },
    single: [
      ...['network_configuration', 'deployment_circuit_breaker', 'deployment_controller', 'alarms', 'deployment_configuration'],
      ...[
        'deployment_configuration.canary_configuration',
        'deployment_configuration.linear_configuration',
        'service_connect_configuration',
      ],
      'load_balancer.advanced_configuration',
    ],
    dropped: ['iam_role', 'wait_for_steady_state', 'triggers', 'force_new_deployment', 'enable_ecs_managed_tags', 'sigint_rollback'],
  },
  aws_ecs_task_definition: {
    cloudFormation: 'AWS::ECS::TaskDefinition',
    renamed: { 'ephemeral_storage.size_in_gib': 'SizeInGiB', volume: 'Volumes' },
    single: ['runtime_platform', 'ephemeral_storage', 'proxy_configuration'],
    dropped: ['arn_without_revision', 'revision', 'skip_destroy', 'track_latest'],
  },
  aws_ecs_cluster: {
    cloudFormation: 'AWS::ECS::Cluster',
    renamed: { name: 'ClusterName', setting: 'ClusterSettings' },
  },
  aws_ecs_cluster_capacity_providers: {
    cloudFormation: 'AWS::ECS::ClusterCapacityProviderAssociations',
    renamed: { cluster_name: 'Cluster' },
  },
  aws_lb_target_group: {
    cloudFormation: `${ELASTIC_LOAD_BALANCING}::TargetGroup`,
    renamed: {
      'health_check.enabled': '^HealthCheckEnabled',
      'health_check.healthy_threshold': '^HealthyThresholdCount',
      'health_check.unhealthy_threshold': '^UnhealthyThresholdCount',
      'health_check.interval': '^HealthCheckIntervalSeconds',
      'health_check.timeout': '^HealthCheckTimeoutSeconds',
      'health_check.path': '^HealthCheckPath',
      'health_check.port': '^HealthCheckPort',
      'health_check.protocol': '^HealthCheckProtocol',
      'health_check.matcher': '^Matcher.HttpCode',
      deregistration_delay: '@deregistration_delay.timeout_seconds',
      slow_start: '@slow_start.duration_seconds',
      load_balancing_algorithm_type: '@load_balancing.algorithm.type',
      load_balancing_anomaly_mitigation: '@load_balancing.algorithm.anomaly_mitigation',
      load_balancing_cross_zone_enabled: '@load_balancing.cross_zone.enabled',
      connection_termination: '@deregistration_delay.connection_termination.enabled',
      'stickiness.enabled': '@stickiness.enabled',
      'stickiness.type': '@stickiness.type',
      'stickiness.cookie_duration': '@stickiness.lb_cookie.duration_seconds',
    },
    single: ['health_check', 'stickiness'],
    dropped: [
      ...['arn_suffix', 'load_balancer_arns', 'lambda_multi_value_headers_enabled', 'proxy_protocol_v2', 'preserve_client_ip'],
      ...['stickiness.cookie_name', 'target_failover', 'target_health_state', 'target_group_health'],
    ],
  },
  aws_lb: {
    cloudFormation: `${ELASTIC_LOAD_BALANCING}::LoadBalancer`,
    renamed: {
      load_balancer_type: 'Type',
      subnet_mapping: 'SubnetMappings',
      idle_timeout: '@idle_timeout.timeout_seconds',
      client_keep_alive: '@client_keep_alive.seconds',
    },
    dropped: [
      ...['arn_suffix', 'dns_name', 'zone_id', 'vpc_id', 'access_logs', 'connection_logs', 'drop_invalid_header_fields'],
      ...['desync_mitigation_mode', 'preserve_host_header', 'xff_header_processing_mode', 'customer_owned_ipv4_pool', 'enable_*'],
      ...['dns_record_client_routing_policy', 'ipam_pools', 'enforce_security_group_inbound_rules_on_private_link_traffic'],
      ...['health_check_logs', 'secondary_ips_auto_assigned_per_subnet'],
    ],
  },
  aws_lb_listener: {
    cloudFormation: `${ELASTIC_LOAD_BALANCING}::Listener`,
    renamed: { default_action: 'DefaultActions' },
  },
  aws_lb_listener_rule: {
    cloudFormation: `${ELASTIC_LOAD_BALANCING}::ListenerRule`,
    renamed: { action: 'Actions', condition: 'Conditions' },
  },
  aws_appautoscaling_target: {
    cloudFormation: `${APPLICATION_SCALING}::ScalableTarget`,
    renamed: { role_arn: 'RoleARN' },
    single: ['suspended_state'],
  },
  aws_appautoscaling_policy: {
    cloudFormation: `${APPLICATION_SCALING}::ScalingPolicy`,
    renamed: { name: 'PolicyName', 'step_scaling_policy_configuration.step_adjustment': 'StepAdjustments' },
    single: [
      ...[TRACKING, `${TRACKING}.predefined_metric_specification`, `${TRACKING}.${CUSTOM}`, 'step_scaling_policy_configuration'],
      ...[`${TRACKING}.${CUSTOM}.metrics.metric_stat`, `${TRACKING}.${CUSTOM}.metrics.metric_stat.metric`],
      'predictive_scaling_policy_configuration',
    ],
    dropped: ['alarm_arns'],
  },
  aws_cloudwatch_metric_alarm: {
    cloudFormation: 'AWS::CloudWatch::Alarm',
    renamed: {
      ok_actions: 'OKActions',
      metric_query: 'Metrics',
      'metric_query.metric': 'MetricStat',
      'metric_query.metric.metric_name': 'Metric.MetricName',
      'metric_query.metric.namespace': 'Metric.Namespace',
      'metric_query.metric.dimensions': 'Metric.Dimensions',
      evaluate_low_sample_count_percentiles: 'EvaluateLowSampleCountPercentile',
    },
    single: ['metric_query.metric'],
  },
  aws_autoscaling_group: {
    cloudFormation: 'AWS::AutoScaling::AutoScalingGroup',
    renamed: {
      target_group_arns: 'TargetGroupARNs',
      default_cooldown: 'Cooldown',
      protect_from_scale_in: 'NewInstancesProtectedFromScaleIn',
      initial_lifecycle_hook: 'LifecycleHookSpecificationList',
      vpc_zone_identifier: 'VPCZoneIdentifier',
      launch_configuration: 'LaunchConfigurationName',
      'launch_template.id': 'LaunchTemplateId',
      'mixed_instances_policy.launch_template.launch_template_specification': 'LaunchTemplateSpecification',
      'mixed_instances_policy.launch_template.override': 'Overrides',
    },
    single: [
      ...[
        'warm_pool',
        'warm_pool.instance_reuse_policy',
        'instance_refresh',
        'instance_refresh.preferences',
        'instance_maintenance_policy',
      ],
      ...['instance_refresh.preferences.alarm_specification', 'mixed_instances_policy.instances_distribution'],
      ...['launch_template', 'mixed_instances_policy', 'mixed_instances_policy.launch_template'],
      'mixed_instances_policy.launch_template.launch_template_specification',
    ],
    dropped: [
      ...[
        'name',
        'tag',
        'force_delete_warm_pool',
        'wait_for_capacity_timeout',
        'wait_for_elb_capacity',
        'min_elb_capacity',
        'predicted_capacity',
      ],
      ...[
        'ignore_failed_scaling_activities',
        'metrics_granularity',
        'enabled_metrics',
        'load_balancers',
        'warm_pool_size',
        'traffic_source',
      ],
    ],
  },
  aws_autoscaling_policy: {
    cloudFormation: 'AWS::AutoScaling::ScalingPolicy',
    renamed: { name: 'PolicyName', step_adjustment: 'StepAdjustments', autoscaling_group_name: 'AutoScalingGroupName' },
    single: [
      'target_tracking_configuration',
      'target_tracking_configuration.predefined_metric_specification',
      `target_tracking_configuration.${CUSTOM}`,
    ],
  },
  aws_autoscaling_schedule: {
    cloudFormation: 'AWS::AutoScaling::ScheduledAction',
    renamed: { autoscaling_group_name: 'AutoScalingGroupName' },
  },
  aws_launch_template: {
    cloudFormation: 'AWS::EC2::LaunchTemplate',
    renamed: {
      instance_type: 'LaunchTemplateData.InstanceType',
      'monitoring.enabled': '^LaunchTemplateData.Monitoring.Enabled',
      'credit_specification.cpu_credits': '^LaunchTemplateData.CreditSpecification.CpuCredits',
      'instance_market_options.market_type': '^LaunchTemplateData.InstanceMarketOptions.MarketType',
      network_interfaces: 'LaunchTemplateData.NetworkInterfaces',
      block_device_mappings: 'LaunchTemplateData.BlockDeviceMappings',
    },
    single: ['monitoring', 'credit_specification', 'instance_market_options', 'block_device_mappings.ebs'],
  },
  aws_launch_configuration: {
    cloudFormation: 'AWS::AutoScaling::LaunchConfiguration',
    renamed: { enable_monitoring: 'InstanceMonitoring' },
  },
  aws_subnet: { cloudFormation: 'AWS::EC2::Subnet' },
  aws_nat_gateway: { cloudFormation: 'AWS::EC2::NatGateway' },
  aws_vpc_endpoint: { cloudFormation: 'AWS::EC2::VPCEndpoint' },
  aws_cloudwatch_dashboard: { cloudFormation: 'AWS::CloudWatch::Dashboard' },
  aws_cloudwatch_composite_alarm: { cloudFormation: 'AWS::CloudWatch::CompositeAlarm' },
};

/** The names that a type also has. */
export const TYPE_ALIASES: Readonly<Record<string, string>> = {
  aws_alb: 'aws_lb',
  aws_alb_target_group: 'aws_lb_target_group',
  aws_alb_listener: 'aws_lb_listener',
  aws_alb_listener_rule: 'aws_lb_listener_rule',
};
