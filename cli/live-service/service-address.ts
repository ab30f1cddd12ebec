import { InputError, throwIfAny } from '../../src/parse/input-error';
import { printableText } from '../../src/parse/printable-text';

/** The options that choose a live service. */
export interface LiveServiceChoice {
  /** The ARN of a service, or `CLUSTER/NAME`. */
  readonly service: string;
  /** @default - that of the ARN, else that of the environment or the profile */
  readonly region?: string;
  /** @default - that of the environment */
  readonly profile?: string;
}

/** Which service is read. */
export interface ServiceAddress {
  readonly clusterName: string;
  readonly name: string;
  readonly region?: string;
}

const SERVICE_ARN = /^arn:[\w-]+:ecs:([\w-]+):\d{12}:service\/(?:([\w-]+)\/)?([\w-]+)$/;
const CLUSTER_AND_NAME = /^([\w-]+)\/([\w-]+)$/;

/** An ARN of before 2018 does not name the cluster. */
const DEFAULT_CLUSTER = 'default';

/** Whether `--service` names a live service, where no option names a template or an app: a logical ID has no slash there. */
export function namesLiveService(service: string | undefined): service is string {
  return service !== undefined && (service.startsWith('arn:') || service.includes('/'));
}

/**
 * Parses the value of `--service`.
 *
 * @throws InputError if it is no ARN of a service and no `CLUSTER/NAME`, or if its region is not that of `--region`.
 */
export function parseServiceAddress({ service, region }: LiveServiceChoice): ServiceAddress {
  const [, arnRegion, arnCluster = DEFAULT_CLUSTER, arnName] = SERVICE_ARN.exec(service) ?? [];
  if (arnRegion !== undefined && arnName !== undefined) {
    throwIfAny(
      region === undefined || region === arnRegion
        ? []
        : [`--region must be ${arnRegion}, the region of the ARN of --service, got '${printableText(region)}': leave it out`],
    );
    return { clusterName: arnCluster, name: arnName, region: arnRegion };
  }
  const [, clusterName, name] = CLUSTER_AND_NAME.exec(service) ?? [];
  if (clusterName !== undefined && name !== undefined) return { clusterName, name, ...(region !== undefined && { region }) };
  throw new InputError([`--service must be the ARN of an ECS service or CLUSTER/NAME, such as shop/web, got '${printableText(service)}'`]);
}
