import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import { InstanceType, IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { InstanceScaling, Network, Plan, ScalableStatelessInstances, Traffic } from '../../src';
import { planDifferences } from '../../src/plan/plan-differences';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { PRACTICAL_ON_EC2 } from './terraform/systems';
import { type PlannedResource, terraformPlan } from './terraform/terraform-plan';

/** The construct with the numbers of the practical, in a VPC with two public subnets. */
function ofConstruct() {
  const stack = new Stack(new App(), 'PathA');
  const vpc = new Vpc(stack, 'Vpc', {
    ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }],
  });
  const instances = new ScalableStatelessInstances(stack, 'Shop', {
    vpc,
    network: Network.public(),
    instanceType: new InstanceType('t2.micro'),
    minCapacity: 1,
    maxCapacity: 4,
    scaling: InstanceScaling.simple({
      scaleOutCpuUtilizationPercent: 20,
      scaleInCpuUtilizationPercent: 10,
      cooldown: Duration.minutes(2),
    }),
    healthCheckGracePeriod: Duration.minutes(2),
    healthCheck: { path: '/api/v1/health' },
    alarms: false,
    dashboard: false,
    rollbackOnServiceAlarms: false,
    instanceRefresh: { checkpointPercentages: [] },
  });
  return { instances, template: Synthesized.fromStack(stack).toJSON() };
}

/** A description of the same group in Terraform. */
const TERRAFORM: readonly PlannedResource[] = PRACTICAL_ON_EC2.map((resource): PlannedResource => {
  switch (resource.type) {
    case 'aws_launch_template':
      return {
        ...resource,
        values: {
          ...resource.values,
          instance_type: 't2.micro',
          network_interfaces: [{ associate_public_ip_address: 'true' }],
          block_device_mappings: [{ device_name: '/dev/xvda', ebs: [{ volume_size: 8 }] }],
        },
      };
    case 'aws_lb_target_group':
      return { ...resource, values: { ...resource.values, deregistration_delay: '30' } };
    case 'aws_autoscaling_group':
      return {
        ...resource,
        values: {
          ...resource.values,
          desired_capacity: null,
          health_check_type: 'ELB',
          default_instance_warmup: 60,
          instance_refresh: [
            {
              strategy: 'Rolling',
              preferences: [{ min_healthy_percentage: 100, max_healthy_percentage: 200, instance_warmup: '60' }],
            },
          ],
        },
      };
    default:
      return resource;
  }
});

const planOf = (document: object) => readPlan(Template.parse(JSON.stringify(document), 'path-a')).plan;

/** What a plan calls its parts does not count: the policies and alarms have names of their own. */
function withoutNames<Plan extends ReturnType<typeof planOf>>(plan: Plan) {
  const simpleScaling = [...plan.policy.simpleScaling]
    .map((policy) => ({ ...policy, name: '', alarmName: '' }))
    .sort((one, other) => other.adjustment - one.adjustment);
  return { ...plan, policy: { ...plan.policy, simpleScaling } };
}

test('path A of the practical is the same plan, read from the template of the construct and from a description in Terraform', () => {
  const { template } = ofConstruct();
  const [first, second] = [planOf(template), planOf(terraformPlan(TERRAFORM))];
  expect(planDifferences(withoutNames(first), withoutNames(second))).toEqual([]);
  expect(first).toMatchObject({
    policy: { platform: 'ec2', minCapacity: 1, maxCapacity: 4, cpuReportSeconds: 60 },
    instances: { type: 't2.micro', credits: { mode: 'standard', creditsPerHour: 6, maxCredits: 144, launchCredits: 30 } },
  });
});

test('the construct forecasts what its template does', () => {
  const { instances, template } = ofConstruct();
  const options = { traffic: Traffic.parse('users 10 think 1s for 2m, users 4000 think 1s for 20m'), seeds: 1 };
  const { activities, timeline } = Plan.ofTemplate(template).forecast(options);
  expect(instances.forecast(options)).toMatchObject({ activities, timeline });
  expect(activities.length).toBeGreaterThan(0);
});
