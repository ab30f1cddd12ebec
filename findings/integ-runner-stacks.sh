#!/usr/bin/env bash
# The snapshot of integ-runner is unchanged when a stack has another Region and other tags, is no longer protected from termination, and a second stack stands beside it.
# Guess: each of these is a difference, as it changes what a run of the test deploys.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.257.0 constructs@10.6.0 @aws-cdk/integ-runner@2.197.10 @aws-cdk/integ-tests-alpha@2.245.0-alpha.0

mkdir test
cat >test/integ.web.js <<'JS'
const { IntegTest } = require('@aws-cdk/integ-tests-alpha');
const { App, CfnResource, Stack } = require('aws-cdk-lib');

const changed = process.env.CHANGED;
const app = new App();
const around =
  changed === 'around'
    ? { env: { region: 'eu-west-1' }, tags: { stage: 'test' }, terminationProtection: false }
    : { env: { region: 'us-east-1' }, tags: { stage: 'production' }, terminationProtection: true };
const stack = new Stack(app, 'Web', around);
new CfnResource(stack, 'Cluster', { type: 'AWS::ECS::Cluster', properties: { ClusterName: changed === 'property' ? 'b' : 'a' } });
if (changed === 'around') new CfnResource(new Stack(app, 'Second'), 'Cluster', { type: 'AWS::ECS::Cluster' });
new IntegTest(app, 'Test', { testCases: [stack] });
JS
run() {
  CI=1 CHANGED=$1 AWS_REGION=us-east-1 npx integ-runner --language javascript --parallel-regions us-east-1 "${@:2}" 2>&1 || true
}
run nothing --dry-run --update-on-failed >first.txt
echo 'integ-runner 2.197.10, aws-cdk-lib 2.257.0'
seen=$(for changed in property around; do echo "$changed: $(run "$changed" | grep -oE 'UNCHANGED|CHANGED' | head -n 1)"; done)
echo "$seen"
expected='property: CHANGED
around: UNCHANGED'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a snapshot is the templates of the stacks that it has'
