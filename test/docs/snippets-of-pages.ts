import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { markdownFiles } from './markdown-links';

const HEAD = `// biome-ignore-all format: written by a test.
// biome-ignore-all lint: written by a test.
// biome-ignore-all assist: written by a test.
// Written by \`npx vitest run test/docs -u\` from the TypeScript in docs, so that the type check covers it.
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Annotations, App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AlarmMuteRule, Capacity, Chaos, CircuitBreakerThreshold, Deployment, EcsServiceChecks, Fault, InstanceScaling, LoadTest, LoadTestEngine, MovedFrom, Network, Plan, ScalableStatelessInstances, ScalableStatelessService, ServerProfile, Traffic, WebAcl, Workload } from 'cdk-scalable-stateless-service';
import { expectNoFailedRequests, expectScaledIn, expectScaledOut, inOrder, startLoad, stopOneTask } from 'cdk-scalable-stateless-service/integ';
import { expect, test } from 'vitest';

declare const stack: Stack;
declare const vpc: ec2.IVpc;
declare const cluster: ecs.ICluster;
declare const listener: elbv2.IApplicationListener;
declare const loadBalancer: elbv2.IApplicationLoadBalancer;
declare const instances: elbv2.IApplicationTargetGroup;
declare const ownListener: elbv2.ApplicationListener;
declare const oldService: ecs.FargateService;
declare const table: ITable;
declare const database: ec2.IConnectable;
declare const ordersAlarm: IAlarm;
declare const search: ScalableStatelessService;
declare const service: ScalableStatelessService;
declare const web: ScalableStatelessService;
`;

/** One module with the snippets of all pages, each in a namespace. It is compiled, not run. */
export function snippetsOfPages(folder: string): string {
  const namespaces = markdownFiles(folder)
    .sort()
    .flatMap((file) => snippetsOf(readFileSync(file, 'utf8')).map((code) => ({ page: relative(folder, file), code })))
    .map(({ page, code }, index) => `// ${page}\nexport namespace Snippet${index + 1} {\n${code}}\n`);
  return [HEAD, ...namespaces].join('\n');
}

/** The TypeScript in a page, without its imports; what it declares is exported, as nothing uses it. */
function snippetsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```(?:ts|js)\n([\s\S]*?)^```$/gm)].map(([, code]) =>
    code!
      .replace(/^import .*\n/gm, '')
      .replace(/^const /gm, 'export const ')
      .trimStart(),
  );
}
