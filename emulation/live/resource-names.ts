/** The account of the emulation, that of moto. */
export const ACCOUNT_ID = '123456789012';

/** The last part of an ARN or a name: `web` of `arn:aws:ecs:us-east-1:123456789012:service/shop/web`. */
export function shortName(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1)!;
}

/** The cluster that a call names, by name or ARN. */
export function clusterNameOf(cluster: string | undefined): string {
  return cluster === undefined ? 'default' : shortName(cluster);
}

/** The family and the revision of a task definition: `web:3`. */
export function familyAndRevision(taskDefinition: string): string {
  return shortName(taskDefinition);
}

/** The name of a load balancer or a target group in a metric: `app/shop/1234`, or `targetgroup/web/1234`. */
export function metricDimensionOf(arn: string): string {
  return arn
    .split(':')
    .at(-1)!
    .replace(/^loadbalancer\//, '');
}

/** An ARN of the emulation's account. */
export function arnOf(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:${ACCOUNT_ID}:${resource}`;
}
