import { NamespaceType } from 'aws-cdk-lib/aws-servicediscovery';
import { type ValidationError, validationError } from '../../parse/validation-error';
import type { NetworkProps } from '../network/network';
import { containersOf } from '../task/existing-task-definition';
import { CONTAINER_NAME } from '../task/serving-container';
import type { TaskProps } from '../task/task-props';
import type { DiscoveryProps } from './discovery-props';

/** Returns an error for each rule of Service Connect and AWS Cloud Map that the props break. */
export function discoveryErrors(props: DiscoveryProps & NetworkProps & TaskProps): ValidationError[] {
  const { serviceConnectConfiguration: connect, cloudMapOptions: cloudMap, cluster } = props;
  const hasDefault = cluster?.defaultCloudMapNamespace !== undefined;
  return [
    ...(connect === undefined || connect.namespace !== undefined || hasDefault
      ? []
      : [validationError('serviceConnectConfiguration.namespace', "be given, such as 'shop', where cluster has no default namespace")]),
    ...(cloudMap === undefined || cloudMap.cloudMapNamespace !== undefined || hasDefault
      ? []
      : [validationError('cloudMapOptions.cloudMapNamespace', 'be given where cluster has no default namespace')]),
    ...((cloudMap?.cloudMapNamespace ?? (cloudMap && cluster?.defaultCloudMapNamespace))?.type === NamespaceType.HTTP
      ? [validationError('cloudMapOptions.cloudMapNamespace', 'be a DNS namespace, as each task gets a DNS record', 'an HTTP namespace')]
      : []),
    ...portErrors(props),
  ];
}

function portErrors(props: DiscoveryProps & TaskProps): ValidationError[] {
  const services = props.serviceConnectConfiguration?.services ?? [];
  const name = 'serviceConnectConfiguration.services';
  const names = portNamesOf(props);
  const list = names.length === 0 ? 'of a port mapping with a name' : names.map((each) => `'${each}'`).join(' or ');
  return services
    .filter(({ portMappingName }) => !names.includes(portMappingName))
    .map(({ portMappingName }) => validationError(name, `have the portMappingName ${list}`, `'${portMappingName}'`));
}

/** The names of the ports of the tasks. */
function portNamesOf({ taskDefinition, sidecars = {} }: TaskProps): string[] {
  const mappings =
    taskDefinition === undefined
      ? [{ name: CONTAINER_NAME }, ...Object.values(sidecars).flatMap(({ portMappings = [] }) => portMappings)]
      : containersOf(taskDefinition).flatMap(({ portMappings }) => portMappings);
  return mappings.map(({ name }) => name).filter((name) => name !== undefined);
}
