import { Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { LoadTest, LoadTestEngine, type LoadTestProps, LoadTestScript, ScalableStatelessService, Traffic } from '../../src';
import { newApp, WITHOUT_LOGS_AND_ENDPOINTS } from '../synthesize';

const url = 'https://shop.example.com';
const traffic = Traffic.users(5, Duration.minutes(1));
const K6_SCRIPT = "import http from 'k6/http';\nexport default function () { http.get('https://shop.example.com'); }\n";
const PYTHON_SCRIPT = 'from locust import HttpUser';

/** The errors of a load test in a VPC. */
function errorsOf(props: LoadTestProps | ((stack: Stack) => LoadTestProps)): readonly string[] {
  const stack = new Stack(newApp(), 'Shop');
  const vpc = Vpc.fromVpcAttributes(stack, 'Net', { vpcId: 'vpc-12345678', availabilityZones: ['a'], publicSubnetIds: ['subnet-1'] });
  try {
    new LoadTest(stack, 'Load', { vpc, ...(typeof props === 'function' ? props(stack) : props) });
  } catch (error) {
    return (error as { errors: string[] }).errors.map((text) => text.replace('Shop/Load: ', ''));
  }
  return [];
}

describe('a load test rejects', () => {
  test.each<[string, LoadTestProps | ((stack: Stack) => LoadTestProps), string]>([
    [
      'users beside a rate',
      { url, traffic: Traffic.parse('users 5 beside rps 3 for 1m') },
      'traffic must have users or requests per second at a time: create a second LoadTest for the requests per second, got none',
    ],
    ['no target', { traffic }, 'target must be given, or url, got none'],
    [
      'a URL with a path',
      { url: `${url}/shop`, traffic },
      `url must be a URL without a path, such as https://shop.example.com, got '${url}/shop'`,
    ],
    [
      'a URL without a protocol',
      { url: 'shop.example.com', traffic },
      "url must be a URL without a path, such as https://shop.example.com, got 'shop.example.com'",
    ],
    [
      'a target without a network',
      { url, traffic, vpc: undefined },
      'vpc must be given, or cluster: only a target that is created in this app has both, got none',
    ],
    [
      'an imported target without a network',
      (stack) => ({
        traffic,
        vpc: undefined,
        target: ScalableStatelessService.fromScalableStatelessServiceAttributes(stack, 'Search', {
          clusterName: 'fleet',
          serviceName: 'search',
          url,
          loadBalancerFullName: 'app/search/1',
          targetGroupFullNames: ['targetgroup/search/1'],
        }),
      }),
      'vpc must be given, or cluster: only a target that is created in this app has both, got none',
    ],
    [
      'a target whose certificate does not cover its URL',
      (stack) => {
        const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/1');
        return {
          traffic,
          vpc: undefined,
          target: new ScalableStatelessService(stack, 'Search', { ...WITHOUT_LOGS_AND_ENDPOINTS, certificate }),
        };
      },
      'verifyTlsCertificate must be false, or target have a domainName: no certificate covers the name of its load balancer, got none',
    ],
    [
      'a VPC that is not that of the cluster',
      (stack) => {
        const other = Vpc.fromVpcAttributes(stack, 'Other', {
          vpcId: 'vpc-87654321',
          availabilityZones: ['a'],
          publicSubnetIds: ['subnet-2'],
        });
        return { url, traffic, cluster: Cluster.fromClusterAttributes(stack, 'Fleet', { clusterName: 'fleet', vpc: other }) };
      },
      'vpc must be left out, or be the VPC of cluster, got vpc-12345678',
    ],
    ['no load', { url }, 'traffic must be given, or a script with its own load, got none'],
    [
      'traffic that has errors',
      { url, traffic: Traffic.users(-1, Duration.minutes(1)) },
      'traffic: users must be from 0 to 1000000, got -1',
    ],
    ['traffic without an end', { url, traffic: Traffic.users(1) }, 'traffic: traffic must last at least 1 second, got none'],
    [
      'a script without a maximum',
      { url, script: LoadTestScript.inline(K6_SCRIPT) },
      'maxDuration must be given for a script without traffic, got none',
    ],
    [
      'a maximum below the traffic',
      { url, traffic, maxDuration: Duration.seconds(30) },
      'maxDuration must be at least the 1m of the traffic, got 30s',
    ],
    [
      'a request timeout of nothing',
      { url, traffic, requestTimeout: Duration.millis(1) },
      'requestTimeout must be from 1s to 4000s, got 1ms',
    ],
    [
      'a path without a slash',
      { url, traffic, paths: ['health'] },
      "paths[0] must begin with a slash and have no spaces, such as /products/search?q=a, got 'health'",
    ],
    [
      'a path with a space',
      { url, traffic, requests: [{ path: '/a b' }] },
      "requests[0].path must begin with a slash and have no spaces, such as /products/search?q=a, got '/a b'",
    ],
    [
      'an unknown method',
      { url, traffic, requests: [{ path: '/', method: 'get' }] },
      "requests[0].method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, got 'get'",
    ],
    [
      'a header of two lines',
      { url, traffic, requests: [{ path: '/', headers: { A: 'b\r\nC: d' } }] },
      "requests[0].headers must have names and values of one line in ASCII, got 'A: b\r\nC: d'",
    ],
    [
      'a weight of zero',
      { url, traffic, requests: [{ path: '/', weight: 0 }] },
      'requests[0].weight must be a whole number from 1 to 100, got 0',
    ],
    [
      'a status that HTTP does not have',
      { url, traffic, requests: [{ path: '/', expectedStatus: 20 }] },
      'requests[0].expectedStatus must be a whole number from 100 to 599, got 20',
    ],
    [
      'paths beside a script',
      { url, traffic, paths: ['/'], script: LoadTestScript.inline(K6_SCRIPT) },
      'script must be left out with paths or requests: it sends its own requests, got none',
    ],
    [
      'a share above all',
      { url, traffic, thresholds: { maxFailedPercent: 101 } },
      'thresholds.maxFailedPercent must be from 0 to 100, got 101',
    ],
    [
      'a percentile of zero',
      { url, traffic, thresholds: { maxP95: Duration.seconds(0) } },
      'thresholds.maxP95 must be above 0, got 0 seconds',
    ],
    [
      'half a request',
      { url, traffic, thresholds: { minRequests: 0.5 } },
      'thresholds.minRequests must be a whole number from 1 to 9007199254740991, got 0.5',
    ],
    [
      'a name that is no dimension',
      { url, traffic, loadTestName: 'süß' },
      "loadTestName must be 1 to 255 ASCII characters, and not begin with a colon, got 'süß'",
    ],
    [
      'too many workers',
      { url, traffic, engine: LoadTestEngine.locust({ workers: 17 }) },
      'engine.workers must be a whole number from 1 to 16, got 17',
    ],
    [
      'a version that is no tag',
      { url, traffic, engine: LoadTestEngine.k6({ version: 'grafana/k6:1' }) },
      "engine.version must be the tag of an image, such as 2.47.0, got 'grafana/k6:1'",
    ],
    [
      'a version beside an image',
      { url, traffic, engine: LoadTestEngine.k6({ image: ContainerImage.fromRegistry('k6'), version: '1' }) },
      'engine.version must be left out with an image, got 1',
    ],
    [
      'no virtual users',
      { url, traffic, engine: LoadTestEngine.k6({ maxVUs: 0 }) },
      'engine.maxVUs must be a whole number from 1 to 1000000, got 0',
    ],
    [
      'a size that Fargate lacks',
      { url, traffic, cpu: 300 },
      'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate, got 300',
    ],
    [
      'memory without CPU',
      { url, traffic, memoryLimitMiB: 2048 },
      'cpu must be given with memoryLimitMiB: which sizes are possible depends on it, got none',
    ],
    [
      'a script that is not there',
      { url, traffic, script: LoadTestScript.fromFile('missing.js') },
      "script must be a file that exists, got 'missing.js'",
    ],
    [
      'a Python file for k6',
      { url, traffic, script: LoadTestScript.fromFile('load-generator/locust/script.py') },
      "script must be a JavaScript file for k6, or engine be LoadTestEngine.locust(), got 'load-generator/locust/script.py'",
    ],
    [
      'a JavaScript file for Locust',
      { url, traffic, engine: LoadTestEngine.locust(), script: LoadTestScript.fromFile('load-generator/k6/script.js') },
      "script must be a Python file for Locust, or engine be LoadTestEngine.k6(), got 'load-generator/k6/script.js'",
    ],
    [
      'a script that loads another file',
      { url, traffic, script: LoadTestScript.inline("import { a } from './a.js';") },
      "script must be one file: bundle it, or use LoadTestScript.inImage with an image that has all files, got './a.js' in it",
    ],
    [
      'a script in a public image',
      { url, traffic, script: LoadTestScript.inImage('/shop.js') },
      'engine must have the image that has the script, got none',
    ],
    [
      'a relative path in an image',
      {
        url,
        traffic,
        engine: LoadTestEngine.k6({ image: ContainerImage.fromRegistry('shop') }),
        script: LoadTestScript.inImage('shop.js'),
      },
      "script must be an absolute path in the image, such as /scripts/shop.js, got 'shop.js'",
    ],
    [
      'think time beside a script',
      { url, traffic: traffic.withThinkTime(Duration.seconds(1)), script: LoadTestScript.inline(K6_SCRIPT) },
      'traffic must have no think time with a script, which waits as it says, got none',
    ],
    [
      'requests per second with a script of Locust',
      {
        url,
        traffic: Traffic.requestsPerSecond(5, Duration.minutes(1)),
        engine: LoadTestEngine.locust(),
        script: LoadTestScript.inline(PYTHON_SCRIPT),
      },
      'traffic must be users with a script of Locust, whose users wait for responses: use LoadTestEngine.k6() for requests per second, got none',
    ],
    [
      'a limit with a script of Locust',
      { url, traffic: traffic.atMost(5), engine: LoadTestEngine.locust(), script: LoadTestScript.inline(PYTHON_SCRIPT) },
      'traffic must have no limit with a script of Locust: use constant_throughput in it, got none',
    ],
    [
      'a maximum that only the deployment knows',
      { url, traffic, maxDuration: Duration.seconds(Lazy.number({ produce: () => 90 })) },
      'maxDuration must be known at synthesis, got a token',
    ],
  ])('%s', (_, props, error) => {
    expect(errorsOf(props)).toEqual([error]);
  });

  test('all that is wrong at once', () => {
    expect(errorsOf({ url: 'shop', paths: ['health'] })).toHaveLength(3);
  });

  test('a script that does not fit into a task definition', () => {
    const script = LoadTestScript.inline(`${K6_SCRIPT}// ${'x'.repeat(60_000)}`);
    expect(errorsOf({ url, traffic, script })).toEqual([
      expect.stringMatching(/^the script and the traffic must have at most 60000 bytes together/),
    ]);
  });
});

describe('a load test takes', () => {
  test.each<[string, LoadTestProps]>([
    ['a URL with a port', { url: 'http://shop.example.com:8080', traffic }],
    ['a URL that only the deployment knows', { url: Token.asString({ Ref: 'Url' }), traffic }],
    ['a script of its own traffic', { url, script: LoadTestScript.inline(K6_SCRIPT), maxDuration: Duration.minutes(5) }],
    ['a Python script', { url, traffic, script: LoadTestScript.inline(PYTHON_SCRIPT), engine: LoadTestEngine.locust() }],
    ['traffic of a limit', { url, traffic: traffic.atMost(5), engine: LoadTestEngine.locust() }],
    ['a day of traffic', { url, traffic: Traffic.daily({ meanRequestsPerSecond: 50 }) }],
  ])('%s', (_, props) => {
    expect(errorsOf(props)).toEqual([]);
  });
});
