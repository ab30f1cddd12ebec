#!/usr/bin/env bash
# CfnInclude of aws-cdk-lib refuses Fn::Length and Fn::ToJsonString, but takes their short forms !Length and !ToJsonString away and keeps what they were given.
# Guess: both forms are kept in the template, as its transform AWS::LanguageExtensions is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.8.1

cat >include.js <<'JS'
const { writeFileSync } = require('node:fs');
const { App, Stack } = require('aws-cdk-lib');
const { Template } = require('aws-cdk-lib/assertions');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');

function include(value) {
  writeFileSync(
    'template.yaml',
    `Transform: AWS::LanguageExtensions
Resources:
  Own: { Type: "Custom::Own", Properties: { ServiceToken: arn, Value: ${value} } }
`,
  );
  const stack = new Stack(new App({ outdir: 'assembly' }), 'Stack');
  try {
    new CfnInclude(stack, 'Template', { templateFile: 'template.yaml' });
    console.log(`${value} ->`, JSON.stringify(Template.fromStack(stack).toJSON().Resources.Own.Properties.Value));
  } catch (error) {
    console.log(`${value} ->`, error.message.split('\n')[0]);
  }
}
include('{ "Fn::Length": [a, b] }');
include('!Length [a, b]');
include('{ "Fn::ToJsonString": { a: 1 } }');
include('!ToJsonString { a: 1 }');
include('!Join ["", [a, b]]');
include('!Split [".", !Ref AWS::Region]');
JS
echo 'aws-cdk-lib 2.276.0'
seen=$(node include.js 2>warnings.txt)
echo "$seen"
grep 'YAMLWarning' warnings.txt
expected="{ \"Fn::Length\": [a, b] } -> Unsupported CloudFormation function 'Fn::Length'
!Length [a, b] -> [\"a\",\"b\"]
{ \"Fn::ToJsonString\": { a: 1 } } -> Unsupported CloudFormation function 'Fn::ToJsonString'
!ToJsonString { a: 1 } -> {\"a\":1}
!Join [\"\", [a, b]] -> {\"Fn::Join\":[\"\",[\"a\",\"b\"]]}
!Split [\".\", !Ref AWS::Region] -> {\"Fn::Split\":[\".\",{\"Ref\":\"AWS::Region\"}]}"
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a count of two becomes a list of two, with a warning of the YAML parser on stderr'
