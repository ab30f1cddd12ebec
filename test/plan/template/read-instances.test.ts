import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import { PRACTICAL_ON_EC2 } from '../terraform/systems';
import { type PlannedResource, terraformPlan } from '../terraform/terraform-plan';

/** A group in CloudFormation with an update policy, a warm pool, and a launch template. */
function templateOf(parts: { readonly group?: object; readonly launch?: object; readonly updatePolicy?: object; readonly pool?: object }) {
  return {
    Resources: {
      Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 80, Protocol: 'HTTP' } },
      Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: 't3.micro', ...parts.launch } } },
      Group: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '1',
          MaxSize: '4',
          LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' }, Version: '1' },
          TargetGroupARNs: [{ Ref: 'Targets' }],
          VPCZoneIdentifier: ['subnet-1', 'subnet-2'],
          ...parts.group,
        },
        ...(parts.updatePolicy && { UpdatePolicy: parts.updatePolicy }),
      },
      ...(parts.pool && {
        Pool: { Type: 'AWS::AutoScaling::WarmPool', Properties: { AutoScalingGroupName: { Ref: 'Group' }, ...parts.pool } },
      }),
      Track: {
        Type: 'AWS::AutoScaling::ScalingPolicy',
        Properties: {
          AutoScalingGroupName: { Ref: 'Group' },
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingConfiguration: {
            TargetValue: 50,
            PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
          },
        },
      },
    },
  };
}

const planOf = (document: object) => readPlan(Template.parse(JSON.stringify(document), 'template')).plan;

describe('the credits of an instance', () => {
  test.each([
    [{}, 'unlimited', 0],
    [{ CreditSpecification: { CpuCredits: 'standard' } }, 'standard', 0],
    [{ InstanceType: 't2.small' }, 'standard', 30],
    [{ InstanceType: 't2.small', CreditSpecification: { CpuCredits: 'unlimited' } }, 'unlimited', 0],
  ])('with %j are in %s mode', (launch, mode, launchCredits) => {
    expect(planOf(templateOf({ launch })).instances?.credits).toMatchObject({ mode, launchCredits });
  });
});

describe('the update policy of a group', () => {
  test('is an instance refresh with the defaults of AWS without one', () => {
    const { deployment, instances } = planOf(templateOf({ group: { HealthCheckGracePeriod: 90 } }));
    expect(deployment).toMatchObject({ minHealthyPercent: 90, maxHealthyPercent: 100, replacesAtLeastOne: true });
    expect(instances?.refreshWarmupSeconds).toBe(90);
  });

  test('has the percentages, the warm-up and the checkpoints of an instance refresh', () => {
    const Preferences = { MinHealthyPercentage: 100, MaxHealthyPercentage: 150, InstanceWarmup: 30, CheckpointPercentages: [25, 100] };
    const { deployment, instances } = planOf(
      templateOf({ updatePolicy: { AutoScalingInstanceRefresh: { Strategy: 'Rolling', Preferences } } }),
    );
    expect(deployment).toMatchObject({
      minHealthyPercent: 100,
      maxHealthyPercent: 150,
      checkpoints: { percents: [25, 100], delaySeconds: 3600 },
    });
    expect(instances?.refreshWarmupSeconds).toBe(30);
  });

  test.each([
    [[50], ['Group CheckpointPercentages: AWS ends the refresh at 50 %, its last checkpoint; the forecast replaces all instances']],
    [[50, 100], []],
  ])('with the checkpoints %j has a remark on instances that AWS leaves: %j', (CheckpointPercentages, remarks) => {
    const updatePolicy = { AutoScalingInstanceRefresh: { Preferences: { CheckpointPercentages } } };
    const { ignored } = readPlan(Template.parse(JSON.stringify(templateOf({ updatePolicy })), 'template'));
    expect(ignored.filter((text) => text.includes('CheckpointPercentages'))).toEqual(remarks);
  });

  test('has the batch of a rolling update', () => {
    const updatePolicy = { AutoScalingRollingUpdate: { MaxBatchSize: 2, MinInstancesInService: 1 } };
    expect(planOf(templateOf({ updatePolicy })).deployment.batch).toEqual({ maxSize: 2, minInService: 1 });
  });

  test('has the percentages of the instance maintenance policy', () => {
    const group = { InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 110 } };
    expect(planOf(templateOf({ group })).deployment).toMatchObject({ minHealthyPercent: 100, maxHealthyPercent: 110 });
  });
});

test('Spot instances are those above the base, by the distribution of a mixed instances policy', () => {
  const MixedInstancesPolicy = {
    LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Launch' }, Version: '1' } },
    InstancesDistribution: { OnDemandBaseCapacity: 2, OnDemandPercentageAboveBaseCapacity: 25 },
  };
  const group = { LaunchTemplate: undefined, MixedInstancesPolicy, CapacityRebalance: true };
  const { infrastructure, instances } = planOf(templateOf({ group }));
  expect(infrastructure).toMatchObject({ onDemandBase: 2, spotShare: 0.75 });
  expect(instances?.capacityRebalance).toBe(true);
});

test('a warm pool, an instance refresh, credits and volumes are the same in CloudFormation and in Terraform', () => {
  const cloudFormation = planOf(
    templateOf({
      launch: {
        CreditSpecification: { CpuCredits: 'standard' },
        BlockDeviceMappings: [{ Ebs: { VolumeSize: 20 } }],
        InstanceType: 't3.micro',
      },
      updatePolicy: { AutoScalingInstanceRefresh: { Preferences: { MinHealthyPercentage: 50 } } },
      pool: { PoolState: 'Running', MinSize: 1, MaxGroupPreparedCapacity: 3 },
    }),
  );
  const terraform = planOf(
    terraformPlan(
      PRACTICAL_ON_EC2.map((resource): PlannedResource => {
        if (resource.type === 'aws_launch_template') {
          const added = { credit_specification: [{ cpu_credits: 'standard' }], block_device_mappings: [{ ebs: [{ volume_size: 20 }] }] };
          return { ...resource, values: { ...resource.values, ...added } };
        }
        if (resource.type !== 'aws_autoscaling_group') return resource;
        const warm_pool = [{ pool_state: 'Running', min_size: 1, max_group_prepared_capacity: 3 }];
        const instance_refresh = [{ strategy: 'Rolling', preferences: [{ min_healthy_percentage: 50 }] }];
        return { ...resource, values: { ...resource.values, health_check_grace_period: 0, warm_pool, instance_refresh } };
      }),
    ),
  );
  expect(terraform.instances).toEqual(cloudFormation.instances);
  expect(terraform.instances?.warmPool).toEqual({ state: 'Running', minSize: 1, maxPreparedCapacity: 3 });
  expect(terraform.deployment.minHealthyPercent).toBe(50);
});
