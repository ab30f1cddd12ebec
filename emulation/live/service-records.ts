import { type AwsObject, structure, text } from '../front/aws-call';
import { clusterNameOf, familyAndRevision, shortName } from './resource-names';

/** An ECS service as clients have requested it: `CreateService`, with what each `UpdateService` changed. */
export interface ServiceRecord {
  readonly region: string;
  readonly arn: string;
  readonly name: string;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly settings: AwsObject;
}

/** A task definition as a client has registered it. */
export interface TaskDefinitionRecord {
  readonly arn: string;
  /** Without the revision. */
  readonly family: string;
  readonly settings: AwsObject;
}

/**
 * What clients have requested of ECS, complete: the control plane stores only a part of it.
 */
export class ServiceRecords {
  private readonly services = new Map<string, ServiceRecord>();
  private readonly taskDefinitions = new Map<string, TaskDefinitionRecord>();
  private readonly newestRevisions = new Map<string, TaskDefinitionRecord>();

  public get all(): readonly ServiceRecord[] {
    return [...this.services.values()];
  }

  /** Adds a service. `created` is the answer to `CreateService`. */
  public addService(region: string, settings: AwsObject, created: AwsObject): ServiceRecord {
    const record = {
      region,
      arn: String(created.serviceArn),
      name: String(created.serviceName),
      clusterName: clusterNameOf(text(created.clusterArn)),
      clusterArn: String(created.clusterArn),
      settings,
    };
    this.services.set(keyOf(region, record.clusterName, record.name), record);
    return record;
  }

  /** Changes what a call of `UpdateService` has. Members that it leaves out stay as they are. */
  public updateService(record: ServiceRecord, changes: AwsObject): ServiceRecord {
    const { cluster: _, service: __, forceNewDeployment: ___, ...changed } = changes;
    const updated = { ...record, settings: { ...record.settings, ...changed } };
    this.services.set(keyOf(record.region, record.clusterName, record.name), updated);
    return updated;
  }

  public removeService({ region, clusterName, name }: ServiceRecord): void {
    this.services.delete(keyOf(region, clusterName, name));
  }

  /** The service that a call names, by name or ARN. */
  public service(region: string, cluster: string | undefined, nameOrArn: string): ServiceRecord | undefined {
    const [, , clusterOfArn] = nameOrArn.startsWith('arn:') ? (/:service\/(([^/]+)\/)?/.exec(nameOrArn) ?? []) : [];
    return this.services.get(keyOf(region, clusterOfArn ?? clusterNameOf(cluster), shortName(nameOrArn)));
  }

  /** Adds a task definition. `registered` is the answer to `RegisterTaskDefinition`. */
  public addTaskDefinition(region: string, settings: AwsObject, registered: AwsObject): void {
    const arn = String(registered.taskDefinitionArn);
    const record = { arn, family: familyAndRevision(arn).split(':')[0]!, settings };
    this.taskDefinitions.set(`${region} ${familyAndRevision(arn)}`, record);
    this.newestRevisions.set(`${region} ${record.family}`, record);
  }

  /** The task definition that a call names by ARN, by family and revision, or by family alone, which is its newest revision. */
  public taskDefinition(region: string, nameOrArn: string): TaskDefinitionRecord | undefined {
    const name = `${region} ${familyAndRevision(nameOrArn)}`;
    return this.taskDefinitions.get(name) ?? this.newestRevisions.get(name);
  }
}

function keyOf(region: string, clusterName: string, serviceName: string): string {
  return `${region}/${clusterName}/${serviceName}`;
}

/** The first target group that a service registers its tasks with; undefined if it has none. */
export function targetGroupArnOf({ settings }: ServiceRecord): string | undefined {
  return targetGroupArnsOf({ settings })[0];
}

/** The target groups of a service: with a deployment that shifts traffic, also the one that is idle. */
export function targetGroupArnsOf({ settings }: Pick<ServiceRecord, 'settings'>): readonly string[] {
  const balancers = Array.isArray(settings.loadBalancers) ? settings.loadBalancers.map(structure) : [];
  return balancers.flatMap(({ targetGroupArn, advancedConfiguration }) => {
    const alternate = text(structure(advancedConfiguration).alternateTargetGroupArn);
    return [text(targetGroupArn), alternate].filter((arn) => arn !== undefined);
  });
}
