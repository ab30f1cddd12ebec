import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ListenerAction,
  ListenerCondition,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone, type IHostedZone, PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps, WebAcl } from '../../../src';
import { FLAG_SETS, idOf, newApp, propertiesOf, refusals, synthesize, synthesizeSmall } from '../../synthesize';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/1';

const certificate = (stack: Stack, arn = CERTIFICATE): ICertificate => Certificate.fromCertificateArn(stack, 'Mine', arn);
const zone = (stack: Stack): IHostedZone =>
  HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });

function attributesOf(template: Template): Record<string, unknown> {
  const pairs = propertiesOf(template, LOAD_BALANCER)['LoadBalancerAttributes'] as { Key: string; Value: unknown }[];
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

describe.each(FLAG_SETS)('with a certificate, %s', (_, flags) => {
  const { template, service, stack } = synthesize((scope) => ({ certificate: certificate(scope) }), flags);

  test('the service speaks HTTPS with forward secrecy', () => {
    template.hasResourceProperties(LISTENER, {
      Port: 443,
      Protocol: 'HTTPS',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      SslPolicy: '@aws-cdk/aws-elasticloadbalancingv2:usePostQuantumTlsPolicy' in flags ? SslPolicy.TLS13_12_RES_PQ : SslPolicy.TLS13_RES,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: idOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup') } }],
    });
    expect(JSON.stringify(stack.resolve(service.url))).toContain('https://');
  });

  test('HTTP is redirected to HTTPS', () => {
    template.hasResourceProperties(LISTENER, {
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } }],
    });
  });
});

test('without the redirection nothing listens for HTTP', () => {
  const { template } = synthesize((stack) => ({ certificate: certificate(stack), redirectHttp: false, sslPolicy: SslPolicy.TLS13_13 }));
  template.resourceCountIs(LISTENER, 1);
  template.hasResourceProperties(LISTENER, { SslPolicy: SslPolicy.TLS13_13 });
});

test('a name and its zone are enough for HTTPS: the certificate and the record are made', () => {
  const { template, service } = synthesize((stack) => ({ domainName: 'search.example.com', hostedZone: zone(stack) }));
  expect(propertiesOf(template, 'AWS::CertificateManager::Certificate')).toMatchObject({
    DomainName: 'search.example.com',
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: 'search.example.com', HostedZoneId: 'Z1' }],
  });
  expect(propertiesOf(template, 'AWS::Route53::RecordSet')).toMatchObject({
    Name: 'search.example.com.',
    Type: 'A',
    AliasTarget: { DNSName: { 'Fn::Join': ['', ['dualstack.', { 'Fn::GetAtt': [idOf(template, LOAD_BALANCER), 'DNSName'] }]] } },
  });
  expect(service.url).toBe('https://search.example.com');
  expect(service.certificate?.node.path).toBe('Shop/Search/Certificate');
});

describe('requests are logged', () => {
  const { template } = synthesize();
  const logs = { Ref: idOf(template, 'AWS::S3::Bucket', 'AccessLogs') };

  test('to a bucket that is encrypted, closed, and logs who reads it', () => {
    expect(attributesOf(template)).toMatchObject({ 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': logs });
    expect(propertiesOf(template, 'AWS::S3::Bucket', 'AccessLogs')).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LoggingConfiguration: { DestinationBucketName: { Ref: idOf(template, 'AWS::S3::Bucket', 'AccessLogReaders') } },
    });
  });

  test('and S3 may write who reads it, by a policy and not by an access control list', () => {
    const readers = idOf(template, 'AWS::S3::Bucket', 'AccessLogReaders');
    expect(propertiesOf(template, 'AWS::S3::Bucket', 'AccessLogReaders')).not.toHaveProperty('AccessControl');
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: readers },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: {
              ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [logs.Ref, 'Arn'] } },
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            },
          }),
        ]),
      },
    });
  });

  test('by Elastic Load Balancing in any region, which may write before logs are enabled', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: logs,
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' } }),
        ]),
      },
    });
    const [balancer] = Object.values(template.findResources(LOAD_BALANCER));
    expect(balancer!['DependsOn']).toContain(idOf(template, 'AWS::S3::BucketPolicy', 'SearchAccessLogsPolicy'));
  });

  test.each<[string, ScalableStatelessServiceProps, number | undefined]>([
    ['a year', {}, 365],
    ['logRetention', { logRetention: RetentionDays.ONE_WEEK }, 7],
    ['ever', { logRetention: RetentionDays.INFINITE }, undefined],
  ])('for %s', (_, props, days) => {
    const buckets = Object.values(synthesize(props).template.findResources('AWS::S3::Bucket')).map((bucket) => bucket['Properties']);
    const rules = buckets.map(({ LifecycleConfiguration }) => LifecycleConfiguration?.Rules);
    expect(rules).toEqual(days === undefined ? [undefined, undefined] : Array(2).fill([{ ExpirationInDays: days, Status: 'Enabled' }]));
  });

  test('to the bucket that is given', () => {
    const given = synthesize((stack) => ({ accessLogsBucket: Bucket.fromBucketName(stack, 'Logs', 'my-logs') }));
    expect(attributesOf(given.template)).toMatchObject({ 'access_logs.s3.bucket': 'my-logs' });
    given.template.resourceCountIs('AWS::S3::Bucket', 0);
  });

  test('not at all, where that is asked for', () => {
    const { template: silent, service } = synthesize({ accessLogs: false });
    silent.resourceCountIs('AWS::S3::Bucket', 0);
    expect(attributesOf(silent)).toMatchObject({ 'access_logs.s3.enabled': 'false' });
    expect(attributesOf(silent)).not.toHaveProperty(['access_logs.s3.bucket']);
    expect(service.accessLogsBucket).toBeUndefined();
  });
});

describe('a web ACL', () => {
  test('of this package limits what one address may send, and holds requests against rules of AWS', () => {
    const { template } = synthesizeSmall({ webAcl: WebAcl.managed() });
    const { Rules, Scope } = propertiesOf(template, 'AWS::WAFv2::WebACL') as {
      Rules: { Name: string; Statement: unknown }[];
      Scope: string;
    };
    expect(Scope).toBe('REGIONAL');
    expect(Rules.map(({ Name }) => Name)).toEqual([
      'RateLimit',
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
    ]);
    expect(Rules[0]!.Statement).toEqual({ RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } });
    expect(propertiesOf(template, 'AWS::WAFv2::WebACLAssociation')).toEqual({
      ResourceArn: { Ref: idOf(template, LOAD_BALANCER) },
      WebACLArn: { 'Fn::GetAtt': [idOf(template, 'AWS::WAFv2::WebACL'), 'Arn'] },
    });
  });

  test('has metrics with names that WAF takes, whatever the service is called', () => {
    const stack = new Stack(newApp(), 'Shop');
    new ScalableStatelessService(stack, 'My search (new)', { webAcl: WebAcl.managed() });
    const { VisibilityConfig } = propertiesOf(Template.fromStack(stack), 'AWS::WAFv2::WebACL') as {
      VisibilityConfig: { MetricName: string };
    };
    expect(VisibilityConfig.MetricName).toBe('Shop-My-search--new--WebAcl');
  });

  test('has the limit and the rule groups that it is given', () => {
    const webAcl = WebAcl.managed({ requestsPerFiveMinutes: 10, ruleGroups: ['AWSManagedRulesLinuxRuleSet'] });
    const { Rules } = propertiesOf(synthesizeSmall({ webAcl }).template, 'AWS::WAFv2::WebACL') as { Rules: { Name: string }[] };
    expect(Rules.map(({ Name }) => Name)).toEqual(['RateLimit', 'AWSManagedRulesLinuxRuleSet']);
    expect(Rules[0]).toMatchObject({ Statement: { RateBasedStatement: { Limit: 10 } } });
  });

  test('of the caller is put in front as it is', () => {
    const webAclArn = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/mine/1';
    const { template } = synthesize({ webAcl: WebAcl.fromArn(webAclArn) });
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    expect(propertiesOf(template, 'AWS::WAFv2::WebACLAssociation')).toMatchObject({ WebACLArn: webAclArn });
  });
});

test('the load balancer has the settings of the props', () => {
  const { template } = synthesize({
    deletionProtection: true,
    dropInvalidHeaderFields: false,
    idleTimeout: Duration.seconds(120),
    loadBalancerName: 'search',
  });
  expect(attributesOf(template)).toMatchObject({
    'deletion_protection.enabled': 'true',
    'idle_timeout.timeout_seconds': '120',
    'routing.http.drop_invalid_header_fields.enabled': 'false',
  });
  expect(propertiesOf(template, LOAD_BALANCER)['Name']).toBe('search');
});

describe('a listener that is there already', () => {
  function shared(count: number): Template {
    const stack = new Stack(newApp(), 'Shop');
    const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
    const loadBalancer = new ApplicationLoadBalancer(stack, 'Shared', { vpc, internetFacing: true });
    const listener = loadBalancer.addListener('Http', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
    for (let index = 1; index <= count; index += 1) {
      const conditions = [ListenerCondition.pathPatterns([`/${index}/*`])];
      const service = new ScalableStatelessService(stack, `Search${index}`, { vpc, listener, conditions, priority: index });
      expect(service.loadBalancer).toBe(loadBalancer);
      expect(JSON.stringify(stack.resolve(service.url))).toContain('http://');
    }
    return Template.fromStack(stack);
  }

  test('is shared by two services, each with its conditions', () => {
    const template = shared(2);
    template.resourceCountIs(LOAD_BALANCER, 1);
    const rules = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::ListenerRule')).map((rule) => rule['Properties']);
    expect(rules.map(({ Priority, Conditions }) => [Priority, Conditions[0].PathPatternConfig.Values])).toEqual([
      [1, ['/1/*']],
      [2, ['/2/*']],
    ]);
    expect(rules.map(({ Actions }) => Actions[0].TargetGroupArn.Ref)).toEqual([
      idOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Search1'),
      idOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'Search2'),
    ]);
  });

  test('lets scaling follow the requests of this service alone', () => {
    const template = shared(2);
    const labels = Object.values(
      template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy', { Properties: { PolicyName: 'Requests' } }),
    );
    expect(
      labels.map((policy) => /Search\d/.exec(JSON.stringify(policy['Properties'].TargetTrackingScalingPolicyConfiguration))?.[0]),
    ).toEqual(['Search1', 'Search2']);
  });

  test('may be imported, when it is said which load balancer it belongs to', () => {
    const { template, service } = synthesize((stack) => {
      const vpc = new Vpc(stack, 'Net', { maxAzs: 2 });
      const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
      const path = 'app/shared/50dc6c495c0c9188';
      const arn = (kind: string, rest: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${kind}/${path}${rest}`;
      return {
        vpc,
        listener: ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
          listenerArn: arn('listener', '/f2f7dc8efc522ab2'),
          securityGroup,
        }),
        loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'LoadBalancer', {
          loadBalancerArn: arn('loadbalancer', ''),
          loadBalancerDnsName: 'shared.example.com',
          loadBalancerCanonicalHostedZoneId: 'Z2',
          securityGroupId: 'sg-1',
        }),
        conditions: [ListenerCondition.hostHeaders(['search.example.com'])],
        priority: 7,
        domainName: 'search.example.com',
        hostedZone: zone(stack),
      };
    });
    template.resourceCountIs(LOAD_BALANCER, 0);
    expect(service.url).toBe('https://search.example.com');
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: 'sg-1', FromPort: 8080 });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: {
        PredefinedMetricSpecification: {
          ResourceLabel: { 'Fn::Join': ['', ['app/shared/50dc6c495c0c9188/', Match.anyValue()]] },
        },
      },
    });
  });
});

describe('refused', () => {
  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string]>([
    [
      'a policy of TLS without TLS',
      () => ({ sslPolicy: SslPolicy.TLS13_13 }),
      'certificate or domainName must be given beside sslPolicy, got neither',
    ],
    [
      'a redirection to nowhere',
      () => ({ redirectHttp: true }),
      'certificate or domainName must be given beside redirectHttp, got neither',
    ],
    [
      'a name without a zone',
      () => ({ domainName: 'a.example.com' }),
      'hostedZone or certificate must be given beside domainName, got neither',
    ],
    ['a zone without a name', (stack) => ({ hostedZone: zone(stack) }), 'domainName must be given beside hostedZone, got none'],
    [
      'a name of another zone',
      (stack) => ({ domainName: 'search.notexample.com', hostedZone: zone(stack) }),
      'domainName must be example.com or end with .example.com, which is the hostedZone, got search.notexample.com',
    ],
    [
      'an idle timeout of nothing',
      () => ({ idleTimeout: Duration.seconds(0) }),
      'idleTimeout must be a whole number of seconds from 1 to 4000, got 0',
    ],
    [
      'a long idle timeout',
      () => ({ idleTimeout: Duration.seconds(4001) }),
      'idleTimeout must be a whole number of seconds from 1 to 4000, got 4001',
    ],
    [
      'a rate below what WAF knows',
      () => ({ webAcl: WebAcl.managed({ requestsPerFiveMinutes: 9 }) }),
      'webAcl.requestsPerFiveMinutes must be a whole number from 10 to 2000000000, got 9',
    ],
    [
      'a name that is too long',
      () => ({ loadBalancerName: 'a'.repeat(33) }),
      `loadBalancerName must be 1 to 32 letters, digits and inner hyphens, got '${'a'.repeat(33)}' (33 characters)`,
    ],
    [
      'a name that AWS keeps',
      () => ({ loadBalancerName: 'internal-a' }),
      "loadBalancerName must not begin with 'internal-', got 'internal-a'",
    ],
    [
      'a bucket for no logs',
      (stack) => ({ accessLogs: false, accessLogsBucket: new Bucket(stack, 'Logs') }),
      'accessLogs must not be false beside accessLogsBucket, got false',
    ],
    [
      'a bucket that the load balancer cannot write to',
      (stack) => ({
        accessLogsBucket: new Bucket(stack, 'Logs', { encryption: BucketEncryption.KMS, encryptionKey: new Key(stack, 'Key') }),
      }),
      'accessLogsBucket must be encrypted with S3-managed keys (SSE-S3), as Elastic Load Balancing supports no other encryption, got one with a KMS key',
    ],
    ['no peer', () => ({ allowFrom: [] }), 'allowFrom must name at least one peer, or be left out, got none'],
    ['a priority of its own load balancer', () => ({ priority: 1 }), 'listener must be given beside priority, got none'],
    [
      'an internal load balancer in a VPC of unknown addresses',
      (stack) => ({
        internetFacing: false,
        vpc: Vpc.fromVpcAttributes(stack, 'Net', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['s-1', 's-2'] }),
      }),
      'allowFrom must be given for an internal load balancer in a VPC without a known CIDR block, got none',
    ],
  ])('%s', (_, props, error) => {
    expect(refusals(props)).toEqual([error]);
  });

  test('a private zone without a certificate: ACM could not validate one', () => {
    const inZone = (props: (stack: Stack) => ScalableStatelessServiceProps) =>
      refusals((stack) => {
        const vpc = new Vpc(stack, 'Net');
        const hostedZone = new PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'shop.internal' });
        return { vpc, hostedZone, domainName: 'search.shop.internal', ...props(stack) };
      });
    expect(inZone(() => ({}))).toEqual([
      'certificate must be given beside a private hostedZone, in which ACM cannot validate a new one, got none',
    ]);
    expect(inZone((stack) => ({ certificate: certificate(stack) }))).toEqual([]);
  });

  test('a new certificate of another region', () => {
    const app = newApp();
    const env = (region: string) => ({ env: { region, account: '123456789012' }, crossRegionReferences: true });
    const created = new Certificate(new Stack(app, 'Certificates', env('us-east-1')), 'New', { domainName: 'search.example.com' });
    expect(() => new ScalableStatelessService(new Stack(app, 'Shop', env('eu-west-1')), 'Search', { certificate: created })).toThrow(
      'certificate must be in eu-west-1, the region of its load balancer, got one in us-east-1',
    );
  });

  test('a certificate of another region', () => {
    const stack = new Stack(newApp(), 'Shop', { env: { region: 'us-east-1', account: '123456789012' } });
    const vpc = Vpc.fromVpcAttributes(stack, 'Net', {
      vpcId: 'vpc-1',
      availabilityZones: ['a', 'b'],
      publicSubnetIds: ['s-1', 's-2'],
      privateSubnetIds: ['s-3', 's-4'],
    });
    expect(() => new ScalableStatelessService(stack, 'Search', { vpc, certificate: certificate(stack) })).toThrow(
      'Shop/Search: certificate must be in us-east-1, the region of its load balancer, got one in eu-west-1',
    );
    const near = CERTIFICATE.replace('eu-west-1', 'us-east-1');
    const other = Certificate.fromCertificateArn(stack, 'Near', near);
    expect(() => new ScalableStatelessService(stack, 'Other', { vpc, certificate: other })).not.toThrow();
  });

  test('what describes a load balancer, beside the listener of another', () => {
    const refused = refusals((stack) => {
      const listenerArn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/1/2';
      const securityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
      const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', { listenerArn, securityGroup });
      return { listener, internetFacing: false, webAcl: WebAcl.managed(), priority: 50_001 };
    });
    expect(refused).toEqual([
      'internetFacing must be left out with an existing listener, got one',
      'webAcl must be left out with an existing listener, got one',
      'conditions must be given beside listener, got none',
      'loadBalancer must be given beside an imported listener, got none',
      'priority must be a whole number from 1 to 50000, got 50001',
    ]);
  });

  test('but not a name of 32 letters', () => {
    expect(refusals({ loadBalancerName: 'a'.repeat(32) })).toEqual([]);
  });

  test('but not a name in a zone that only the deployment knows', () => {
    const refused = refusals((stack) => {
      const zoneName = new CfnParameter(stack, 'ZoneName').valueAsString;
      const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName });
      return { domainName: 'search.example.com', hostedZone };
    });
    expect(refused).toEqual([]);
  });
});
