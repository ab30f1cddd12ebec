import { type App, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, type IVpc, Peer, Port, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, FargateTaskDefinition, LogDrivers, Secret } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret as StoredSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, test } from 'vitest';
import { Network, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { idOf, newApp, propertiesOf } from '../../synthesize';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const ENV = { account: '123456789012', region: 'eu-west-1' };

const newStack = (app: App = newApp(), id = 'Shop'): Stack => new Stack(app, id, { env: ENV });

/** The first service, which has created the VPC. */
const firstIn = (stack: Stack, props: ScalableStatelessServiceProps = {}): ScalableStatelessService =>
  new ScalableStatelessService(stack, 'First', props);

function secretOf(stack: Stack, id = 'Secret'): Secret {
  return Secret.fromSecretsManager(StoredSecret.fromSecretNameV2(stack, id, `${id.toLowerCase()}-of-shop`));
}

function endpointNames(stack: Stack): string[] {
  const names = Object.values(Template.fromStack(stack).findResources(ENDPOINT)).map((endpoint) => endpoint['Properties'].ServiceName);
  return names.map((name) => /(?:eu-west-1|^)\.(.+)$/.exec(typeof name === 'string' ? name : name['Fn::Join'][1].at(-1))![1]!).sort();
}

/** What the ECS services of a stack wait for. */
function dependenciesOf(stack: Stack): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service')).flatMap((service) => service['DependsOn'] as string[]);
}

const warningsOf = (stack: Stack): string[] =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => String(entry.data))
    // the CDK warns of every imported subnet.
    .filter((text) => !text.includes('routeTableId'));

describe('the endpoints of the first service', () => {
  test('admit the range of its VPC, which every service in it has, over HTTPS', () => {
    const stack = newStack();
    firstIn(stack, { vpcCidr: '10.9.0.0/20' });
    const group = propertiesOf(Template.fromStack(stack), 'AWS::EC2::SecurityGroup', 'EndpointSecurityGroup');
    expect(group['SecurityGroupIngress']).toEqual([
      { CidrIp: '10.9.0.0/20', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'From the VPC' },
    ]);
  });

  test('can admit clients of elsewhere', () => {
    const stack = newStack();
    firstIn(stack).endpointConnections!.allowFrom(Peer.ipv4('10.200.0.0/16'), Port.HTTPS);
    const group = propertiesOf(Template.fromStack(stack), 'AWS::EC2::SecurityGroup', 'EndpointSecurityGroup');
    expect(group['SecurityGroupIngress']).toContainEqual(expect.objectContaining({ CidrIp: '10.200.0.0/16', FromPort: 443 }));
  });

  test('exist in a closed network only', () => {
    expect(firstIn(newStack(), { network: Network.public() }).endpointConnections).toBeUndefined();
  });
});

describe('a service that joins a closed network', () => {
  test('uses the endpoints of the first', () => {
    const stack = newStack();
    const first = firstIn(stack);
    const second = new ScalableStatelessService(stack, 'Second', { vpc: first.vpc });
    expect(endpointNames(stack)).toEqual(['dynamodb', 'ecr.api', 'ecr.dkr', 'logs', 's3']);
    expect(second.endpointConnections).toBe(first.endpointConnections);
  });

  test('adds the endpoints that it alone calls, once', () => {
    const stack = newStack();
    const { cluster } = firstIn(stack);
    const secrets = { TOKEN: secretOf(stack) };
    new ScalableStatelessService(stack, 'Second', { cluster, secrets });
    new ScalableStatelessService(stack, 'Third', { cluster, secrets, enableExecuteCommand: true });
    expect(endpointNames(stack)).toEqual(['dynamodb', 'ecr.api', 'ecr.dkr', 'logs', 's3', 'secretsmanager', 'ssmmessages']);
  });

  test('is warned of an image that it cannot pull', () => {
    const stack = newStack();
    const { vpc } = firstIn(stack);
    new ScalableStatelessService(stack, 'Second', { vpc, image: ContainerImage.fromRegistry('nginx') });
    expect(warningsOf(stack)).toEqual([expect.stringContaining("no route to the registry of image 'nginx'")]);
  });

  test('may be in another stack: its endpoints are in the stack of the VPC', () => {
    const app = newApp();
    const [shop, orders] = [newStack(app), newStack(app, 'Orders')];
    const { vpc } = firstIn(shop);
    new ScalableStatelessService(orders, 'Orders', { vpc, secrets: { TOKEN: secretOf(orders) } });
    expect(endpointNames(orders)).toEqual([]);
    expect(endpointNames(shop)).toContain('secretsmanager');
    expect(orders.dependencies).toContain(shop);
  });

  test('may be in a nested stack, which waits for the endpoints', () => {
    const stack = newStack();
    const { vpc } = firstIn(stack);
    const nested = new NestedStack(stack, 'Nested');
    new ScalableStatelessService(nested, 'Orders', { vpc, secrets: { TOKEN: secretOf(nested) } });
    const template = Template.fromStack(stack);
    const [resource] = Object.values(template.findResources('AWS::CloudFormation::Stack'));
    expect(resource!['DependsOn']).toContain(idOf(template, ENDPOINT, 'SecretsManager'));
    Template.fromStack(nested).resourceCountIs(ENDPOINT, 0);
  });

  test('may be in an imported cluster', () => {
    const stack = newStack();
    const { vpc } = firstIn(stack);
    const cluster = Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'shared', vpc });
    new ScalableStatelessService(stack, 'Second', { cluster, enableExecuteCommand: true });
    expect(endpointNames(stack)).toContain('ssmmessages');
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('what a task in a closed network calls has an endpoint, and the service waits for it', () => {
  const stored = (stack: Stack) => ({ TOKEN: secretOf(stack) });
  const image = (stack: Stack) => ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop'));
  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string[]]>([
    ['a secret', (stack) => ({ secrets: stored(stack) }), ['secretsmanager']],
    [
      'a secret that an imported execution role reads',
      (stack) => ({
        secrets: stored(stack),
        executionRole: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/execution', { mutable: false }),
      }),
      ['secretsmanager'],
    ],
    [
      'a secret of the log driver',
      (stack) => ({ logDriver: LogDrivers.splunk({ secretToken: secretOf(stack), url: 'https://splunk.example.com' }) }),
      ['secretsmanager'],
    ],
    [
      'a secret of a task definition of the app',
      (stack) => {
        const taskDefinition = new FargateTaskDefinition(stack, 'Own');
        taskDefinition.addContainer('web', { image: image(stack), portMappings: [{ containerPort: 80 }], secrets: stored(stack) });
        return { taskDefinition };
      },
      ['secretsmanager'],
    ],
    ['a secret of a sidecar', (stack) => ({ sidecars: { proxy: { image: image(stack), secrets: stored(stack) } } }), ['secretsmanager']],
    [
      'a parameter of a sidecar',
      (stack) => {
        const parameter = StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/shop/token' });
        return { sidecars: { proxy: { image: image(stack), secrets: { TOKEN: Secret.fromSsmParameter(parameter) } } } };
      },
      ['ssm'],
    ],
    [
      'the credentials of a registry',
      (stack) => ({
        image: ContainerImage.fromRegistry('registry.example.com/shop', {
          credentials: StoredSecret.fromSecretNameV2(stack, 'Login', 'login'),
        }),
      }),
      ['secretsmanager'],
    ],
    ['ECS Exec', () => ({ enableExecuteCommand: true }), ['ssmmessages']],
  ])('%s', (_, props, names) => {
    const stack = newStack();
    firstIn(stack, props(stack));
    expect(endpointNames(stack)).toEqual(expect.arrayContaining(names));
    expect(dependenciesOf(stack)).toEqual(expect.arrayContaining(Object.keys(Template.fromStack(stack).findResources(ENDPOINT))));
  });

  test('a secret that is added after the service', () => {
    const stack = newStack();
    const { container } = firstIn(stack);
    container.addSecret('TOKEN', secretOf(stack));
    expect(endpointNames(stack)).toContain('secretsmanager');
    expect(dependenciesOf(stack)).toContain(idOf(Template.fromStack(stack), ENDPOINT, 'SecretsManager'));
  });

  test('the sessions of ECS Exec that a cluster encrypts', () => {
    const stack = newStack();
    const { vpc } = firstIn(stack);
    const cluster = new Cluster(stack, 'Cluster', { vpc, executeCommandConfiguration: { kmsKey: new Key(stack, 'Key') } });
    new ScalableStatelessService(stack, 'Second', { cluster, enableExecuteCommand: true });
    expect(endpointNames(stack)).toEqual(expect.arrayContaining(['kms', 'ssmmessages']));
  });
});

describe('an image in Amazon ECR', () => {
  const named = (account: string, region: string) => `${account}.dkr.ecr.${region}.amazonaws.com/shop/web:7`;
  const repositoryIn = (stack: Stack, account: string, region: string) =>
    ContainerImage.fromEcrRepository(Repository.fromRepositoryArn(stack, 'Images', `arn:aws:ecr:${region}:${account}:repository/shop/web`));

  test('of another region has no endpoint, however it is given', () => {
    for (const imageIn of [
      repositoryIn,
      (_: Stack, account: string, region: string) => ContainerImage.fromRegistry(named(account, region)),
    ]) {
      const stack = newStack();
      firstIn(stack, { image: imageIn(stack, ENV.account, 'us-east-1') });
      expect(warningsOf(stack)).toEqual([expect.stringContaining('Amazon ECR in eu-west-1 only, and an image is in us-east-1')]);
    }
  });

  test('of another account needs the policy of its repository', () => {
    const stack = newStack();
    firstIn(stack, { image: repositoryIn(stack, '210987654321', ENV.region) });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('policy of its repository must allow account 123456789012')]);
  });

  test('given by its name, may be pulled by the execution role', () => {
    const stack = newStack();
    firstIn(stack, { image: ContainerImage.fromRegistry(named(ENV.account, ENV.region)) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: Match.arrayWith(['ecr:BatchGetImage']),
            Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:eu-west-1:123456789012:repository/shop/web']] },
          }),
        ],
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('isolated subnets of a VPC of the caller', () => {
  const subnetConfiguration = [
    { name: 'Public', subnetType: SubnetType.PUBLIC },
    { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED },
  ];
  const image = (stack: Stack) => ContainerImage.fromEcrRepository(Repository.fromRepositoryName(stack, 'Images', 'shop'));

  test('without endpoints: the warning names those that are missing', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Net', { maxAzs: 2, subnetConfiguration });
    new ScalableStatelessService(stack, 'Web', { vpc, image: image(stack), enableExecuteCommand: true });
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('Shop/Net, which has no VPC endpoint for ecr.api, ecr.dkr, logs, ssmmessages, s3'),
    ]);
  });

  test('with endpoints, even added after the service: no warning', () => {
    const stack = newStack();
    const vpc = new Vpc(stack, 'Net', { maxAzs: 2, subnetConfiguration });
    new ScalableStatelessService(stack, 'Web', { vpc, image: image(stack) });
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    vpc.addInterfaceEndpoint('Api', { service: InterfaceVpcEndpointAwsService.ECR });
    vpc.addInterfaceEndpoint('Docker', { service: InterfaceVpcEndpointAwsService.ECR_DOCKER });
    vpc.addInterfaceEndpoint('Logs', { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of an imported VPC: the warning says what it needs', () => {
    const stack = newStack();
    const vpc: IVpc = Vpc.fromVpcAttributes(stack, 'Net', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      publicSubnetIds: ['subnet-1', 'subnet-2'],
      isolatedSubnetIds: ['subnet-3', 'subnet-4'],
    });
    new ScalableStatelessService(stack, 'Web', { vpc, image: image(stack) });
    expect(warningsOf(stack)).toEqual([
      expect.stringContaining('vpc-1, whose VPC endpoints are not part of this app: it needs those for ecr.api'),
    ]);
  });
});
