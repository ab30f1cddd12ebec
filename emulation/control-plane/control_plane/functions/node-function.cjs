// Runs invocations of a function whose runtime is Node, one after the other. Each request is a line of JSON on stdin, and its answer one on the
// pipe whose number is the argument.
const { execFileSync } = require('node:child_process');
const http = require('node:http');
const https = require('node:https');
const Module = require('node:module');
const path = require('node:path');
const { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const ANSWERS = Number(process.argv[2]);
const MODULES = process.env.FUNCTION_MODULES;
/** The newest version of the SDK that functions get. */
const SDK_VERSION = '3.1164.0';
const RESPONSE_PORT = process.env.FUNCTION_RESPONSE_PORT;
const NPM_ENVIRONMENT = JSON.parse(process.env.FUNCTION_NPM_ENVIRONMENT);
delete process.env.FUNCTION_NPM_ENVIRONMENT;

// what a function prints is its log.
let log = '';
const writeToError = process.stderr.write.bind(process.stderr);
process.stdout.write = process.stderr.write = (text, encoding, done) => {
  log += typeof text === 'string' ? text : Buffer.from(text).toString();
  // the end of it is the reason if the process ends.
  writeToError(text);
  const callback = typeof encoding === 'function' ? encoding : done;
  if (callback) setImmediate(callback);
  return true;
};

sendResponsesToLoopback();
findModulesOfTheRuntime();

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    // only what the function does keeps the process from its end.
    process.stdin.unref();
    log = '';
    const result = await invoke(JSON.parse(line))
      .then((value) => ({ result: value ?? null }))
      .catch((error) => ({ error: describe(error) }));
    process.stdin.ref();
    writeFileSync(ANSWERS, `${JSON.stringify({ ...result, log })}\n`);
  })
  .on('close', () => process.exit(0));

async function invoke({ folder, handler, event, requestId, timeoutSeconds }) {
  const [, file, name] = handler.match(/^(.*)\.([^.]+)$/);
  const run = (await load(path.join(folder, file)))[name];
  if (typeof run !== 'function') throw new Error(`${handler} is undefined or not exported`);
  const end = Date.now() + timeoutSeconds * 1000;
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: process.env.AWS_LAMBDA_FUNCTION_NAME,
    awsRequestId: requestId,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, end - Date.now()),
  };
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    Object.assign(context, { done: callback, succeed: resolve, fail: reject });
    const returned = run(event, context, callback);
    // a handler with a callback responds through it.
    if (returned?.then) returned.then(resolve, reject);
    else if (run.length < 3 && returned !== undefined) resolve(returned);
    else process.once('beforeExit', () => resolve(null));
  });
}

async function load(file) {
  if (existsSync(`${file}.mjs`)) return import(`${file}.mjs`);
  try {
    return require(file);
  } catch (error) {
    if (error.code !== 'ERR_REQUIRE_ESM') throw error;
    return import(`${file}.js`);
  }
}

function describe(error) {
  const { name, message, stack } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { errorType: name, errorMessage: message, trace: String(stack ?? '').split('\n') };
}

/** Functions send their response to CloudFormation over HTTPS, to the port of HTTPS; here it is a server on loopback. */
function sendResponsesToLoopback() {
  const original = https.request;
  https.request = function (first, ...rest) {
    const isUrl = typeof first === 'string' || first instanceof URL;
    const target = isUrl ? new URL(first) : first;
    if (!RESPONSE_PORT || (target.hostname ?? target.host) !== '127.0.0.1') return original.call(this, first, ...rest);
    const options = isUrl ? { path: target.pathname + target.search, ...(typeof rest[0] === 'object' ? rest.shift() : {}) } : first;
    const { agent: _agent, ...kept } = options;
    return http.request({ ...kept, protocol: 'http:', host: '127.0.0.1', hostname: '127.0.0.1', port: RESPONSE_PORT }, ...rest);
  };
}

/** Lambda brings AWS's SDK: a client that a function requires and that is not here yet is installed once, in a folder of its own. */
function findModulesOfTheRuntime() {
  const original = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    try {
      return original.call(this, request, parent, ...rest);
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND' || !/^@(aws-sdk|smithy)\/[\w-]+$/.test(request)) throw error;
      const folder = path.join(MODULES, request.replace('/', '+'));
      if (!existsSync(folder)) install(request, folder);
      return Module.createRequire(path.join(folder, 'index.js')).resolve(request);
    }
  };
}

/** Into a folder that is renamed when it is complete: of two functions that install at once, one is first. */
function install(name, folder) {
  mkdirSync(MODULES, { recursive: true });
  const partial = mkdtempSync(`${folder}.`);
  const versions = name.startsWith('@aws-sdk/') ? `@>=3 <=${SDK_VERSION}` : '';
  const options = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', partial, `${name}${versions}`];
  execFileSync('npm', options, { stdio: ['ignore', 2, 2], env: NPM_ENVIRONMENT });
  try {
    renameSync(partial, folder);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
}
