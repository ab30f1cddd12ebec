#!/usr/bin/env bash
# cfn-lint finds nothing in an ECS service whose load balancer names another container, another port, a target group of instances, a timeout above the interval, or in a desired count of -1.
# Guess: each of the five is refused, as the task definition and the target group stand in the same template.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install cfn-lint==1.58.0

cat >template.txt <<'YAML'
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      NetworkMode: awsvpc
      Cpu: "256"
      Memory: "512"
      ContainerDefinitions:
        - Name: web
          Image: nginx:1
          PortMappings: [{ ContainerPort: 80, HostPort: HOSTPORT }]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      VpcId: vpc-12345678
      Port: 80
      Protocol: HTTP
      TargetType: TARGETTYPE
      HealthCheckIntervalSeconds: 10
      HealthCheckTimeoutSeconds: TIMEOUT
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-12345678, subnet-12345679]
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }]
  Service:
    Type: AWS::ECS::Service
    DependsOn: Listener
    Properties:
      LaunchType: FARGATE
      DesiredCount: COUNT
      TaskDefinition: !Ref Task
      NetworkConfiguration:
        AwsvpcConfiguration: { Subnets: [subnet-12345678] }
      LoadBalancers: [{ ContainerName: CONTAINER, ContainerPort: BALANCED, TargetGroupArn: !Ref Targets }]
YAML
case_of() { # NAME HOSTPORT TARGETTYPE TIMEOUT COUNT CONTAINER BALANCED
  sed "s/HOSTPORT/$2/; s/TARGETTYPE/$3/; s/TIMEOUT/$4/; s/COUNT/$5/; s/CONTAINER/$6/; s/BALANCED/$7/" template.txt >"$1.yaml"
}
case_of all-right 80 ip 5 2 web 80
case_of host-port-81 81 ip 5 2 web 80
case_of container-wob 80 ip 5 2 wob 80
case_of balanced-port-81 80 ip 5 2 web 81
case_of targets-are-instances 80 instance 5 2 web 80
case_of timeout-30-of-10-s 80 ip 30 2 web 80
case_of count-below-zero 80 ip 5 -1 web 80
cat >report.py <<'PY'
import json, sys

rules = {}
for match in json.load(sys.stdin):
    rules.setdefault(match["Filename"], set()).add(match["Rule"]["Id"])
for name in sys.argv[1:]:
    print(name.removesuffix(".yaml") + ":", *sorted(rules.get(name, ["none"])))
PY

python/bin/cfn-lint --version
(python/bin/cfn-lint --region us-east-1 --format json -- *.yaml || true) >matches.json
seen=$(python/bin/python report.py *.yaml <matches.json)
echo "$seen"
expected='all-right: none
balanced-port-81: none
container-wob: none
count-below-zero: none
host-port-81: E3053
targets-are-instances: none
timeout-30-of-10-s: none'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: of these, only a host port that differs is refused'
