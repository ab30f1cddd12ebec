#!/usr/bin/env bash
# cfn-resolver-lib keeps resources and outputs of a condition that is false, gives AWS::NoValue as a text, and leaves pseudo parameters in the list form of Fn::Sub.
# Guess: the resolved template is what CloudFormation deploys: without that resource and that property, and with the Region in both forms of Fn::Sub.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cfn-resolver-lib@1.1.8

cat >resolve.js <<'JS'
const Resolver = require('cfn-resolver-lib');

const template = {
  Parameters: { Stage: { Type: 'String' } },
  Conditions: { Production: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
  Resources: {
    Reserve: { Type: 'AWS::ECS::Service', Condition: 'Production', Properties: { DesiredCount: 2 } },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        DesiredCount: { 'Fn::If': ['Production', 2, { Ref: 'AWS::NoValue' }] },
        ServiceName: { 'Fn::Sub': 'web-${AWS::Region}' },
        Cluster: { 'Fn::Sub': ['${Name}-${AWS::Region}', { Name: 'shop' }] },
      },
    },
  },
};
const resolved = new Resolver(template, { RefResolvers: { Stage: 'test', 'AWS::Region': 'eu-west-1' } }).evaluateNodes();
for (const [id, resource] of Object.entries(resolved.Resources)) console.log(id, JSON.stringify(resource));
JS
echo 'cfn-resolver-lib 1.1.8; Production is false'
seen=$(node resolve.js)
echo "$seen"
expected='Reserve {"Type":"AWS::ECS::Service","Condition":false,"Properties":{"DesiredCount":2}}
Service {"Type":"AWS::ECS::Service","Properties":{"DesiredCount":"AWS::NoValue","ServiceName":"web-eu-west-1","Cluster":"shop-${AWS::Region}"}}'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a check of the resolved template sees a service that is not deployed, and a count that is a text'
