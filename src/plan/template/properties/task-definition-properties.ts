import type { PropertyTable } from './property-table';

const inContainer = (...names: readonly string[]): string[] => names.map((name) => `ContainerDefinitions.${name}`);

/** What becomes of the properties of a task definition. */
export const TASK_DEFINITION_PROPERTIES: PropertyTable = {
  read: [
    ...['Cpu', 'Memory', 'RuntimePlatform.CpuArchitecture', 'EphemeralStorage.SizeInGiB'],
    ...inContainer('Name', 'Essential', 'DependsOn', 'HealthCheck', 'StopTimeout', 'Cpu', 'Memory', 'MemoryReservation'),
  ],
  references: inContainer('Image', 'Environment'),
  withoutEffect: [
    ...['Family', 'Tags', 'TaskRoleArn', 'ExecutionRoleArn', 'RequiresCompatibilities', 'EnableFaultInjection', 'IpcMode', 'PidMode'],
    ...['Volumes', 'PlacementConstraints'],
    ...inContainer('PortMappings', 'EntryPoint', 'Command', 'User', 'WorkingDirectory', 'Hostname', 'DisableNetworking', 'Interactive'),
    ...inContainer('PseudoTerminal', 'Privileged', 'ReadonlyRootFilesystem', 'DockerLabels', 'DockerSecurityOptions', 'DnsServers'),
    ...inContainer('DnsSearchDomains', 'ExtraHosts', 'Links', 'MountPoints', 'VolumesFrom', 'Secrets', 'EnvironmentFiles'),
    ...inContainer('RepositoryCredentials', 'CredentialSpecs', 'LogConfiguration', 'FirelensConfiguration', 'VersionConsistency'),
    ...inContainer('LinuxParameters.Capabilities', 'LinuxParameters.InitProcessEnabled', 'LinuxParameters.Devices'),
    ...inContainer('LinuxParameters.SharedMemorySize', 'SystemControls'),
  ],
  assumed: {
    NetworkMode: { followed: ['awsvpc'], assumed: 'awsvpc is assumed' },
    'RuntimePlatform.OperatingSystemFamily': { followed: ['LINUX'], assumed: 'the launch and the price of Linux are assumed' },
    InferenceAccelerators: { assumed: 'accelerators and their price are left out' },
    ProxyConfiguration: { assumed: 'the CPU and the latency of the proxy are a part of the workload' },
    'ContainerDefinitions.ResourceRequirements': { assumed: 'accelerators and their price are left out' },
    'ContainerDefinitions.RestartPolicy': { assumed: 'a container that exits ends its task' },
    'ContainerDefinitions.StartTimeout': { assumed: 'a container waits for its dependencies without a limit' },
    'ContainerDefinitions.Ulimits': { assumed: 'no limit of open files or processes is reached' },
    'ContainerDefinitions.LinuxParameters.MaxSwap': { assumed: 'no memory is swapped' },
    'ContainerDefinitions.LinuxParameters.Swappiness': { assumed: 'no memory is swapped' },
    'ContainerDefinitions.LinuxParameters.Tmpfs': { assumed: 'files in memory are a part of the memory of the workload' },
  },
};
