#!/usr/bin/env bash
# moto accepts a scalable target of at least 5 and at most 2 tasks and a policy without a target, leaves the alarms of a policy that was replaced, and keeps the policies of a target that is gone.
# Guess: ValidationException, ObjectNotFoundException, two alarms, and no policy left.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install moto==5.2.5 boto3==1.44.8

cat >scaling.py <<'PY'
import boto3
from moto import mock_aws

TARGET = dict(ServiceNamespace="ecs", ResourceId="service/c/s", ScalableDimension="ecs:service:DesiredCount")
KEYS = dict(region_name="eu-west-1", aws_access_key_id="none", aws_secret_access_key="none")

def put_policy(scaling, value):
    metric = {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}
    configuration = {"TargetValue": value, "PredefinedMetricSpecification": metric}
    scaling.put_scaling_policy(
        PolicyName="cpu", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration=configuration, **TARGET)

@mock_aws
def main():
    ecs, scaling, cloudwatch = (boto3.client(name, **KEYS) for name in ("ecs", "application-autoscaling", "cloudwatch"))
    alarms = lambda: len(cloudwatch.describe_alarms()["MetricAlarms"])
    ecs.create_cluster(clusterName="c")
    ecs.register_task_definition(family="f", containerDefinitions=[{"name": "web", "image": "web", "memory": 128}])
    ecs.create_service(cluster="c", serviceName="s", taskDefinition="f", desiredCount=1)
    put_policy(scaling, 60)
    print("policy without a target: accepted")
    scaling.register_scalable_target(MinCapacity=5, MaxCapacity=2, **TARGET)
    print("5 to 2 tasks: accepted")
    put_policy(scaling, 70)
    print("alarms once the policy was replaced:", alarms())
    scaling.deregister_scalable_target(**TARGET)
    print("policies without their target:", len(scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]))
main()
PY
echo 'moto 5.2.5, boto3 1.44.8'
seen=$(python/bin/python scaling.py)
echo "$seen"
expected='policy without a target: accepted
5 to 2 tasks: accepted
alarms once the policy was replaced: 4
policies without their target: 1'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a test on moto passes without any of these four checks'
