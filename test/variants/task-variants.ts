import { ENV, https, ownImage, type Variant, variant } from './variant';

/** Every kind of task. */
export const TASK_VARIANTS: readonly Variant[] = [
  variant('an own image', (stack, library) => ({ ...https(stack, library), ...ownImage(library) })),
  variant('an own image with all settings of a container', (stack, library) => {
    const { aws_ecs: ecs, Duration } = library.cdk;
    return {
      ...https(stack, library),
      ...ownImage(library),
      cpuArchitecture: ecs.CpuArchitecture.ARM64,
      containerPort: 3000,
      cpu: 512,
      memoryLimitMiB: 1024,
      ephemeralStorageGiB: 30,
      command: ['serve'],
      entryPoint: ['/init'],
      workingDirectory: '/app',
      user: '1000:1000',
      dropCapabilities: true,
      initProcessEnabled: false,
      readonlyRootFilesystem: true,
      writableDirectories: ['/var/cache'],
      tmpfs: [{ containerPath: '/tmp', size: 64 }],
      ulimits: [{ name: ecs.UlimitName.NOFILE, softLimit: 1024, hardLimit: 4096 }],
      dockerLabels: { team: 'shop' },
      containerHealthCheck: { command: ['CMD-SHELL', 'true'], interval: Duration.seconds(30) },
      stopTimeout: Duration.seconds(90),
    };
  }),
  variant('an image of a repository of the app', (stack, { cdk, ...library }) => ({
    ...https(stack, { cdk, ...library }),
    image: cdk.aws_ecs.ContainerImage.fromEcrRepository(new cdk.aws_ecr.Repository(stack, 'Images'), '7'),
  })),
  variant(
    'variables of the caller',
    (stack, library) => ({ ...https(stack, library), ...ownImage(library), environment: { LOG_LEVEL: 'warn' } }),
    { chosenFindings: ['ECS2'] },
  ),
  variant('secrets, and files of variables', (stack, library) => {
    const { aws_ecs: ecs, aws_s3: s3, aws_secretsmanager: secretsmanager, aws_ssm: ssm } = library.cdk;
    const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/shop/key' });
    return {
      ...https(stack, library),
      ...ownImage(library),
      secrets: {
        TOKEN: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Token', 'token')),
        KEY: ecs.Secret.fromSsmParameter(parameter),
      },
      environmentFiles: [ecs.EnvironmentFile.fromBucket(s3.Bucket.fromBucketName(stack, 'Files', 'settings'), 'prod.env')],
    };
  }),
  variant('ECS Exec', (stack, library) => ({ ...https(stack, library), ...ownImage(library), enableExecuteCommand: true })),
  variant('tracing', (stack, library) => ({
    ...https(stack, library),
    tracing: library.ours.Tracing.xRay(ownImage(library, 'collector').image),
  })),
  variant('tracing and ECS Exec of an own image', (stack, library) => ({
    ...https(stack, library),
    ...ownImage(library),
    tracing: library.ours.Tracing.xRay(ownImage(library, 'collector').image),
    enableExecuteCommand: true,
  })),
  variant('a sidecar', (stack, library) => ({
    ...https(stack, library),
    ...ownImage(library),
    sidecars: { proxy: ownImage(library, 'proxy') },
  })),
  variant('a log router that sends to Firehose', (stack, library) => ({
    ...https(stack, library),
    ...ownImage(library),
    logDriver: library.cdk.aws_ecs.LogDrivers.firelens({ options: { Name: 'firehose', delivery_stream: 'clicks' } }),
  })),
  variant('a log router that sends to CloudWatch Logs', (stack, library) => ({
    ...https(stack, library),
    ...ownImage(library),
    logDriver: library.cdk.aws_ecs.LogDrivers.firelens({ options: { Name: 'cloudwatch', log_group_name: 'shop' } }),
  })),
  variant('a log router of the caller', (stack, library) => {
    const { aws_ecs: ecs } = library.cdk;
    return {
      ...https(stack, library),
      ...ownImage(library),
      logDriver: ecs.LogDrivers.firelens({ options: { Name: 'http' } }),
      logRouter: { ...ownImage(library, 'router'), firelensConfig: { type: ecs.FirelensLogRouterType.FLUENTBIT } },
    };
  }),
  variant(
    'roles that exist',
    (stack, library) => {
      const role = (name: string) => library.cdk.aws_iam.Role.fromRoleArn(stack, name, `arn:aws:iam::${ENV.account}:role/${name}`);
      return { ...https(stack, library), ...ownImage(library), executionRole: role('execution'), taskRole: role('task') };
    },
    { chosenFindings: ['IAM5[Resource::*]'] },
  ),
  variant(
    'a task definition of the caller',
    (stack, library) => {
      const { aws_ecs: ecs } = library.cdk;
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Own', { cpu: 512, memoryLimitMiB: 1024 });
      const repository = library.cdk.aws_ecr.Repository.fromRepositoryName(stack, 'Images', 'shop');
      const image = ecs.ContainerImage.fromEcrRepository(repository, '7');
      const logging = ecs.LogDrivers.awsLogs({ streamPrefix: 'app' });
      taskDefinition.addContainer('app', { image, logging, portMappings: [{ containerPort: 8080 }] });
      return { ...https(stack, library), taskDefinition };
    },
    { chosenFindings: ['IAM5[Resource::*]'] },
  ),
  variant('tags, Service Connect and Cloud Map', (stack, library) => {
    const namespace = library.cdk.aws_servicediscovery.PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
      namespaceArn: `arn:aws:servicediscovery:${ENV.region}:${ENV.account}:namespace/ns-12345678`,
      namespaceId: 'ns-12345678',
      namespaceName: 'shop',
    });
    return {
      ...https(stack, library),
      propagateTags: library.cdk.aws_ecs.PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
      serviceConnectConfiguration: { namespace: 'shop', services: [{ portMappingName: 'web', dnsName: 'search' }] },
      cloudMapOptions: { name: 'search', cloudMapNamespace: namespace },
    };
  }),
];
