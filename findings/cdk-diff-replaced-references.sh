#!/usr/bin/env bash
# The differ behind "cdk diff" carries a replacement on to a resource that refers to the replaced one by Ref or Fn::GetAtt, but only where that property replaces, too, and not through Fn::Sub.
# Guess: whatever refers to a replaced task definition, target group or cluster is listed as changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @aws-cdk/cloudformation-diff@2.187.5

cat >diff.js <<'JS'
const { fullDiff } = require('@aws-cdk/cloudformation-diff');

function changes(type, before, after, reference) {
  const template = (properties) => ({
    Resources: {
      Replaced: { Type: type, Properties: properties },
      Service: { Type: 'AWS::ECS::Service', Properties: reference },
    },
  });
  const found = [];
  fullDiff(template(before), template(after)).resources.forEachDifference((id, change) => found.push(`${id} ${change.changeImpact}`));
  return found.join(', ');
}
const cluster = ['AWS::ECS::Cluster', { ClusterName: 'a' }, { ClusterName: 'b' }];
console.log('cluster, Ref:', changes(...cluster, { Cluster: { Ref: 'Replaced' } }));
console.log('cluster, GetAtt:', changes(...cluster, { Cluster: { 'Fn::GetAtt': ['Replaced', 'Arn'] } }));
console.log('cluster, Sub:', changes(...cluster, { Cluster: { 'Fn::Sub': '${Replaced}' } }));
console.log('task definition, Ref:', changes('AWS::ECS::TaskDefinition', { Cpu: '256' }, { Cpu: '512' }, { TaskDefinition: { Ref: 'Replaced' } }));
console.log(
  'target group, Ref:',
  changes('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 80 }, { Port: 81 }, { LoadBalancers: [{ TargetGroupArn: { Ref: 'Replaced' } }] }),
);
JS
echo '@aws-cdk/cloudformation-diff 2.187.5'
seen=$(node diff.js)
echo "$seen"
expected='cluster, Ref: Replaced WILL_REPLACE, Service WILL_REPLACE
cluster, GetAtt: Replaced WILL_REPLACE, Service WILL_REPLACE
cluster, Sub: Replaced WILL_REPLACE
task definition, Ref: Replaced WILL_REPLACE
target group, Ref: Replaced WILL_REPLACE'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a deployment of the service that a new task definition or target group starts is not in the diff'
