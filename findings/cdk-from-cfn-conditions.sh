#!/usr/bin/env bash
# cdk-from-cfn makes a comparison in code of a condition on the Region, which is never true in a stack without a Region: what it guards is in no template. Its code for "${!NAME}" does not run.
# Guess: the generated stack synthesizes to the template that it was made of, with its condition, and text stays text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cdk-from-cfn@0.336.0 aws-cdk-lib@2.276.0 constructs@10.8.1 typescript@5.9.3

cat >generate.js <<'JS'
const { writeFileSync } = require('node:fs');
const { transmute } = require('cdk-from-cfn');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const names = process.argv[2];
const template = {
  Conditions: { InIreland: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
  Resources: {
    Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: { 'Fn::Sub': names } } },
    Service: { Type: 'AWS::ECS::Service', Condition: 'InIreland', Properties: { Cluster: { Ref: 'Cluster' }, DesiredCount: 2 } },
  },
};
const code = transmute(JSON.stringify(template), 'typescript', 'Web', 'stack');
writeFileSync('web.js', transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } }).outputText);
JS
cat >synthesize.js <<'JS'
const { App } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const { Web } = require('./web.js');

function synthesize(name, props) {
  const { Conditions, Resources } = Template.fromStack(new Web(new App({ outdir: 'assembly' }), 'Web', props)).toJSON();
  console.log(`${name}: conditions ${Object.keys(Conditions ?? {}).length}, resources`, ...Object.keys(Resources));
}
try {
  synthesize('no Region given', {});
  synthesize('eu-west-1', { env: { region: 'eu-west-1' } });
} catch (error) {
  console.log(error.name);
}
JS
echo 'cdk-from-cfn 0.336.0, aws-cdk-lib 2.276.0; a cluster, and a service on a condition'
show() {
  node generate.js "$1"
  node synthesize.js 2>/dev/null
}
seen=$(show 'web-${AWS::Region}' && show 'web-${!Stage}')
echo "$seen"
expected='no Region given: conditions 0, resources Cluster
eu-west-1: conditions 0, resources Cluster Service
ReferenceError'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: migrating drops what a condition on the Region guards, unless the stack names its Region'
