import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import type { ScalableStatelessInstancesProps, ScalableStatelessServiceProps } from '../../src';
import { INSTANCES_VARIANTS } from './instances-variants';
import { LOAD_BALANCER_VARIANTS } from './load-balancer-variants';
import { NETWORK_VARIANTS } from './network-variants';
import { OPERATION_VARIANTS } from './operation-variants';
import { TASK_VARIANTS } from './task-variants';
import { ENV, type Library, type Variant } from './variant';

/** The variants of both constructs: each prop is in one of them at least. */
export const SERVICE_VARIANTS: readonly Variant[] = [
  ...NETWORK_VARIANTS,
  ...LOAD_BALANCER_VARIANTS,
  ...TASK_VARIANTS,
  ...OPERATION_VARIANTS,
  ...INSTANCES_VARIANTS,
];

/** All variants in one app: one stack for each. */
export interface VariantsApp {
  readonly app: App;
  readonly stacks: ReadonlyMap<Variant, Stack>;

  /** The props that the variants set. */
  readonly props: ReadonlySet<string>;
}

/** What a look-up in the account would find. */
const ZONES = { [`availability-zones:account=${ENV.account}:region=${ENV.region}`]: ['a', 'b', 'c'].map((zone) => `${ENV.region}${zone}`) };

/** Most of the time of an app with many stacks is spent for the copies of folders that images are built from, and for records of who called what. */
export const WITHOUT_RECORDS = { 'aws:cdk:disable-asset-staging': true, 'aws:cdk:disable-creation-stack-traces': true };

/** The name of the stack of a variant. */
export function stackNameOf(variant: Variant): string {
  return `Variant${SERVICE_VARIANTS.indexOf(variant)}`;
}

/** Creates the variants, which are synthesized together: most of the time of a small synthesis is spent for the app. */
export function variantsApp(folder: string, library: Library, context: Record<string, unknown> = {}): VariantsApp {
  const app = new library.cdk.App({
    context: { ...ZONES, ...WITHOUT_RECORDS, ...context },
    outdir: mkdtempSync(join(folder, 'cdk.out-')),
    treeMetadata: false,
  });
  const props = new Set<string>();
  const stacks = SERVICE_VARIANTS.map((variant): [Variant, Stack] => {
    const stack = new library.cdk.Stack(app, stackNameOf(variant), { env: ENV });
    const given = variant.props(stack, library);
    for (const [name, value] of Object.entries(given)) if (value !== undefined) props.add(name);
    const { ScalableStatelessInstances, ScalableStatelessService } = library.ours;
    if (variant.isOfInstances === true) new ScalableStatelessInstances(stack, 'Search', given as ScalableStatelessInstancesProps);
    else new ScalableStatelessService(stack, 'Search', given as ScalableStatelessServiceProps);
    return [variant, stack];
  });
  return { app, stacks: new Map(stacks), props };
}
