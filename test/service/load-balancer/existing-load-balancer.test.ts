import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer, ApplicationProtocol, IpAddressType, ListenerAction } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { describe, expect, test } from 'vitest';
import { Deployment, ScalableStatelessService, type ScalableStatelessServiceProps, WebAcl } from '../../../src';
import { idOf, newApp, propertiesOf, refusals, synthesize } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const GROUP = 'AWS::EC2::SecurityGroup';
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shared/1';

const certificate = (stack: Stack): ICertificate =>
  Certificate.fromCertificateArn(stack, 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1');

const testOn = (port: number): Deployment => Deployment.blueGreen({ testTraffic: { port, allowFrom: [Peer.ipv4('10.0.0.0/8')] } });

function vpcIn(stack: Stack): Vpc {
  const subnetConfiguration = [
    { name: 'Public', subnetType: SubnetType.PUBLIC },
    { name: 'Private', subnetType: SubnetType.PRIVATE_ISOLATED },
  ];
  return new Vpc(stack, 'Net', { maxAzs: 2, natGateways: 0, subnetConfiguration });
}

function loadBalancerIn(stack: Stack, internetFacing = true): ApplicationLoadBalancer {
  return new ApplicationLoadBalancer(stack, 'Shared', { vpc: vpcIn(stack), internetFacing });
}

/** The ports that the listeners are on, and what they do. */
function listenersOf(props: (stack: Stack, loadBalancer: ApplicationLoadBalancer) => ScalableStatelessServiceProps) {
  const synthesized = synthesize((stack) => {
    const loadBalancer = loadBalancerIn(stack);
    return { image: IMAGE, loadBalancer, ...props(stack, loadBalancer) };
  });
  const listeners = Object.values(synthesized.template.findResources(LISTENER)).map(({ Properties }) => Properties);
  const ports = listeners.map(({ Port, Protocol, DefaultActions }) => [Port, Protocol, DefaultActions.at(-1).Type]).sort();
  return { ...synthesized, ports };
}

describe('a load balancer of the caller', () => {
  test('gets a listener for the service, in its own VPC, and no second load balancer is created', () => {
    const { template, ports, service } = listenersOf(() => ({}));
    expect(ports).toEqual([[80, 'HTTP', 'forward']]);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 1);
    template.resourceCountIs('AWS::EC2::VPC', 1);
    expect(service.vpc.node.path).toBe('Shop/Net');
    expect(service.loadBalancer.node.path).toBe('Shop/Shared');
    expect(service.listener.node.path).toBe('Shop/Search/Listener');
  });

  test('accepts connections to the port as its scheme has it', () => {
    const rules = (internetFacing: boolean): unknown => {
      const { template } = synthesize((stack) => ({ image: IMAGE, loadBalancer: loadBalancerIn(stack, internetFacing) }));
      return propertiesOf(template, GROUP, 'Shared')['SecurityGroupIngress'];
    };
    expect(rules(true)).toMatchObject([{ CidrIp: '0.0.0.0/0', FromPort: 80 }]);
    expect(rules(false)).toMatchObject([{ CidrIp: '10.0.0.0/16', FromPort: 80 }]);
  });

  test('has HTTPS with a certificate, and a redirect where that is asked for: port 80 may be that of another listener', () => {
    const https = [443, 'HTTPS', 'forward'];
    expect(listenersOf((stack) => ({ certificate: certificate(stack) })).ports).toEqual([https]);
    const { ports } = listenersOf((stack) => ({ certificate: certificate(stack), redirectHttp: true }));
    expect(ports).toEqual([https, [80, 'HTTP', 'redirect']]);
  });

  test('keeps its listener on port 80, which may be added after the service', () => {
    const other = { port: 80, defaultAction: ListenerAction.fixedResponse(404) };
    const added = listenersOf((stack, loadBalancer) => {
      loadBalancer.addListener('Other', other);
      return { certificate: certificate(stack) };
    });
    expect(added.ports).toEqual([
      [443, 'HTTPS', 'forward'],
      [80, 'HTTP', 'fixed-response'],
    ]);
    const stack = new Stack(newApp(), 'Shop');
    const loadBalancer = loadBalancerIn(stack);
    new ScalableStatelessService(stack, 'Search', { image: IMAGE, loadBalancer, certificate: certificate(stack) });
    loadBalancer.addListener('Other', other);
    expect(
      Object.values(Template.fromStack(stack).findResources(LISTENER))
        .map(({ Properties }) => Properties.Port)
        .sort(),
    ).toEqual([443, 80]);
  });

  test('has two services on two ports', () => {
    const { ports, service } = listenersOf((_, loadBalancer) => {
      loadBalancer.addListener('Other', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
      return {
        listenerPort: 8080,
        deployment: Deployment.blueGreen({ testTraffic: { port: 9090, allowFrom: [Peer.ipv4('10.0.0.0/8')] } }),
      };
    });
    expect(ports.map(([port]) => port)).toEqual([80, 8080, 9090]);
    expect(service.url).toMatch(/^http:\/\/.*:8080$/);
  });

  test('cannot have two services on one port', () => {
    const stack = new Stack(newApp(), 'Shop');
    const first = new ScalableStatelessService(stack, 'First', { image: IMAGE });
    const second = { image: IMAGE, loadBalancer: first.loadBalancer };
    expect(() => new ScalableStatelessService(stack, 'Second', second)).toThrow('listenerPort must be a port on which loadBalancer');
    expect(() => new ScalableStatelessService(stack, 'Third', { ...second, listenerPort: 81 })).not.toThrow();
    expect(() => new ScalableStatelessService(stack, 'Fourth', { ...second, listenerPort: 81 })).toThrow('got 81');
  });

  test('cannot have two services on one port either where it is imported, even twice', () => {
    const stack = new Stack(newApp(), 'Shop');
    const vpc = vpcIn(stack);
    const imported = (id: string) =>
      ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, id, {
        loadBalancerArn: ARN,
        loadBalancerDnsName: 'shared.example.com',
        securityGroupId: 'sg-1',
        vpc,
      });
    const create = (id: string, listenerPort?: number) =>
      new ScalableStatelessService(stack, id, { image: IMAGE, loadBalancer: imported(`${id}Balancer`), listenerPort });
    create('First');
    expect(() => create('Second')).toThrow('listenerPort must be a port on which loadBalancer does not listen yet, got 80');
    expect(() => create('Third', 81)).not.toThrow();
  });

  test('has no redirect where it is imported, unless that is asked for', () => {
    const portsWith = (redirectHttp?: boolean): number[] => {
      const { template } = synthesize((stack) => {
        const attributes = { loadBalancerArn: ARN, loadBalancerDnsName: 'a.example.com', securityGroupId: 'sg-1', vpc: vpcIn(stack) };
        const loadBalancer = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Shared', attributes);
        return { image: IMAGE, loadBalancer, certificate: certificate(stack), redirectHttp };
      });
      return Object.values(template.findResources(LISTENER)).map(({ Properties }) => Properties.Port);
    };
    expect(portsWith()).toEqual([443]);
    expect(portsWith(true)).toEqual([443, 80]);
  });

  test('cannot get another listener on the port of the service later', () => {
    const stack = new Stack(newApp(), 'Shop');
    const loadBalancer = loadBalancerIn(stack);
    const service = new ScalableStatelessService(stack, 'Search', { image: IMAGE, loadBalancer });
    loadBalancer.addListener('Other', { port: 81, protocol: ApplicationProtocol.HTTP, defaultAction: ListenerAction.fixedResponse(404) });
    expect(service.node.validate()).toEqual([]);
    loadBalancer.addListener('Same', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
    expect(service.node.validate()).toEqual(['do not add Shop/Shared/Same on port 80, on which Shop/Search/Listener listens']);
  });

  test('may be imported: who may connect stays as it is', () => {
    const { template, service } = synthesize((stack) => ({
      image: IMAGE,
      loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Shared', {
        loadBalancerArn: ARN,
        loadBalancerDnsName: 'shared.example.com',
        securityGroupId: 'sg-1',
        vpc: vpcIn(stack),
      }),
      listenerPort: 8443,
    }));
    template.hasResourceProperties(LISTENER, { LoadBalancerArn: ARN, Port: 8443 });
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1' }, 0);
    expect(service.url).toBe('http://shared.example.com:8443');
    expect(() => service.loadBalancer).toThrow('loadBalancer was imported: use the one that was passed to the service');
  });
});

describe('refused', () => {
  test.each<[string, (stack: Stack, loadBalancer: ApplicationLoadBalancer) => ScalableStatelessServiceProps, string]>([
    ['a scheme', () => ({ internetFacing: true }), 'internetFacing must be left out with an existing load balancer, got one'],
    ['a web ACL', () => ({ webAcl: WebAcl.managed() }), 'webAcl must be left out with an existing load balancer, got one'],
    [
      'an address type',
      () => ({ ipAddressType: IpAddressType.DUAL_STACK }),
      'ipAddressType must be left out with an existing load balancer, got one',
    ],
    ['zonal shift', () => ({ zonalShift: true }), 'zonalShift must be left out with an existing load balancer, got one'],
    [
      'a port in use',
      (_, loadBalancer) => {
        loadBalancer.addListener('Other', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
        return {};
      },
      'listenerPort must be a port on which loadBalancer does not listen yet, got 80, its default',
    ],
    [
      'a redirect from a port in use',
      (stack, loadBalancer) => {
        loadBalancer.addListener('Other', { port: 80, defaultAction: ListenerAction.fixedResponse(404) });
        return { certificate: certificate(stack), redirectHttp: true };
      },
      'redirectHttp must be left out where loadBalancer listens on port 80 already, got true',
    ],
    [
      'a test port in use',
      (_, loadBalancer) => {
        loadBalancer.addListener('Other', {
          port: 9090,
          protocol: ApplicationProtocol.HTTP,
          defaultAction: ListenerAction.fixedResponse(404),
        });
        return { deployment: testOn(9090) };
      },
      'deployment.testTraffic.port must be a port on which loadBalancer does not listen yet, got 9090',
    ],
    ['conditions', () => ({ conditions: [] }), 'listener must be given beside conditions, got none'],
    ['the VPC of another', (stack) => ({ vpc: new Vpc(stack, 'Other') }), 'vpc must be the VPC of loadBalancer (Shop/Net), got Shop/Other'],
  ])('%s beside a load balancer', (_, props, error) => {
    const refused = refusals((stack) => {
      const loadBalancer = loadBalancerIn(stack);
      return { image: IMAGE, loadBalancer, ...props(stack, loadBalancer) };
    });
    expect(refused).toEqual([error]);
  });

  test('an imported load balancer without its VPC', () => {
    const refused = refusals((stack) => ({
      image: IMAGE,
      loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Shared', {
        loadBalancerArn: ARN,
        securityGroupId: 'sg-1',
        loadBalancerDnsName: 'shared.example.com',
      }),
    }));
    expect(refused).toEqual([
      'vpc must be given beside a load balancer whose VPC is not known: it is the VPC of that load balancer, got none',
    ]);
  });
});

describe('the port of the listener', () => {
  test('is that of the props, in the URL and the redirect too', () => {
    const { template, service } = synthesize((stack) => ({ image: IMAGE, certificate: certificate(stack), listenerPort: 8443 }));
    template.hasResourceProperties(LISTENER, { Port: 8443, Protocol: 'HTTPS' });
    template.hasResourceProperties(LISTENER, {
      Port: 80,
      DefaultActions: [Match.objectLike({ RedirectConfig: Match.objectLike({ Port: '8443', Protocol: 'HTTPS' }) })],
    });
    expect(service.url).toMatch(/^https:\/\/.*:8443$/);
    expect(idOf(template, 'AWS::EC2::SecurityGroupIngress', 'OpenToTheWorldOnPort8443')).toBeDefined();
  });

  test.each<[ScalableStatelessServiceProps, string]>([
    [{ listenerPort: 0 }, 'listenerPort must be a whole number from 1 to 65535, got 0'],
    [{ listenerPort: 65_536 }, 'listenerPort must be a whole number from 1 to 65535, got 65536'],
  ])('%j is refused', (props, error) => {
    expect(refusals({ image: IMAGE, ...props })).toEqual([error]);
  });

  test('is not 80 with HTTPS and a redirect', () => {
    expect(refusals((stack) => ({ image: IMAGE, certificate: certificate(stack), listenerPort: 80 }))).toEqual([
      'listenerPort must not be 80 with HTTPS, unless redirectHttp is false, got 80',
    ]);
    const noRedirect = refusals((stack) => ({ image: IMAGE, certificate: certificate(stack), listenerPort: 80, redirectHttp: false }));
    expect(noRedirect).toEqual([]);
  });
});

describe('the port of the test listener', () => {
  const secured = (stack: Stack) => ({ certificate: certificate(stack) });

  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string | undefined]>([
    ['is not that of HTTP', () => ({ deployment: testOn(80) }), 'be another port than that of the listener, got 80'],
    [
      'is not that of HTTPS',
      (stack) => ({ ...secured(stack), deployment: testOn(443) }),
      'be another port than that of the listener, got 443',
    ],
    [
      'is not that of the props',
      () => ({ listenerPort: 8080, deployment: testOn(8080) }),
      'be another port than that of the listener, got 8080',
    ],
    [
      'is not that of the redirect',
      (stack) => ({ ...secured(stack), deployment: testOn(80) }),
      'not be 80, which is redirected to HTTPS, unless redirectHttp is false, got 80',
    ],
    ['is 80 without a redirect', (stack) => ({ ...secured(stack), redirectHttp: false, deployment: testOn(80) }), undefined],
    ['is 443 without HTTPS', () => ({ deployment: testOn(443) }), undefined],
  ])('%s', (_, props, error) => {
    const errors = refusals((stack) => ({ image: IMAGE, ...props(stack) }));
    expect(errors).toEqual(error === undefined ? [] : [`deployment.testTraffic.port must ${error}`]);
  });

  test('may be one that only the deployment knows: listener, rule and description have it', () => {
    const { template } = synthesize((stack) => {
      const port = new CfnParameter(stack, 'TestPort', { type: 'Number' }).valueAsNumber;
      return { image: IMAGE, deployment: testOn(port) };
    });
    const port = { Ref: 'TestPort' };
    template.hasResourceProperties(LISTENER, { Port: port });
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties);
    const inline = Object.values(template.findResources(GROUP)).flatMap(({ Properties }) => Properties.SecurityGroupIngress ?? []);
    expect([...rules, ...inline]).toContainEqual(
      expect.objectContaining({ FromPort: port, ToPort: port, Description: { 'Fn::Join': ['', ['To port ', port]] } }),
    );
  });
});
