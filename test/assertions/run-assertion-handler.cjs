// Runs the handler of integ-tests, as it is deployed, on the properties of one custom resource, and prints the result of its assertion.
const { EventEmitter } = require('node:events');
const https = require('node:https');
const Module = require('node:module');
const { dirname, join } = require('node:path');

// the SDK is part of the runtime of Lambda; a request to a URL does not use it.
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  request.startsWith('@aws-sdk/') ? require.resolve('node:util') : resolve(request, ...rest);

const print = process.stdout.write.bind(process.stdout);
console.log = console.info = () => undefined;

// the response goes to CloudFormation.
https.request = (_, respond) => {
  const request = new EventEmitter();
  request.write = (body) => print(JSON.parse(body).Data.assertion);
  request.end = () => setImmediate(respond);
  return request;
};

const folder = dirname(require.resolve('@aws-cdk/integ-tests-alpha/package.json'));
const { handler } = require(join(folder, 'lib/assertions/providers/lambda-handler.bundle/index.js'));
const event = { RequestType: 'Create', ResponseURL: 'https://response.invalid/', ResourceType: 'Custom::DeployAssert@HttpCall' };
handler({ ...event, ResourceProperties: JSON.parse(process.argv[2]) }, { getRemainingTimeInMillis: () => 60_000 }).then(() =>
  process.exit(0),
);
