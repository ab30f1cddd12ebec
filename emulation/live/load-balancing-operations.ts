import type { LocalTask } from '../../rehearsal/fleet/local-task';
import { type AwsCall, type AwsObject, number, type Operations, structure, structures, text } from '../front/aws-call';
import type { LiveService } from './live-service';
import type { LiveServices } from './live-services';
import type { WeightedTargetGroup } from './live-traffic';

/** Operations of Elastic Load Balancing that change how requests are routed. */
const CHANGES = [
  'CreateListener',
  'ModifyListener',
  'DeleteListener',
  'CreateRule',
  'ModifyRule',
  'DeleteRule',
  'SetRulePriorities',
  'CreateTargetGroup',
  'ModifyTargetGroup',
  'ModifyTargetGroupAttributes',
  'ModifyLoadBalancerAttributes',
  'DeleteLoadBalancer',
];

/** The operations of Elastic Load Balancing. */
export function loadBalancingOperations(live: LiveServices): Operations {
  const changes = CHANGES.map((operation) => [
    `elasticloadbalancing ${operation}`,
    async ({ region, input }: AwsCall, passOn: () => Promise<AwsObject>): Promise<AwsObject> => {
      const output = await passOn();
      for (const ruleArn of ruleArnsOf(input)) for (const { traffic } of live.all) traffic.release(ruleArn);
      await live.reconcile(region);
      return output;
    },
  ]);
  const withDnsNames = async ({ region }: AwsCall, passOn: () => Promise<AwsObject>): Promise<AwsObject> => {
    const output = await passOn();
    const balancers = structures(output.LoadBalancers).map(async (balancer) => ({
      ...balancer,
      DNSName: await live.addresses(region).dnsNameOf(String(balancer.LoadBalancerArn)),
      State: { Code: 'active' },
    }));
    return { ...output, LoadBalancers: await Promise.all(balancers) };
  };
  return {
    ...(Object.fromEntries(changes) as Operations),
    'elasticloadbalancing CreateLoadBalancer': withDnsNames,
    'elasticloadbalancing DescribeLoadBalancers': withDnsNames,
    'elasticloadbalancing DescribeRules': async (_, passOn) => {
      const output = await passOn();
      return { ...output, Rules: structures(output.Rules).map((rule) => withWeights(rule, live.weightsOf(String(rule.RuleArn)))) };
    },
    'elasticloadbalancing DescribeTargetHealth': async ({ input }, passOn) => {
      const service = live.ofTargetGroup(String(input.TargetGroupArn));
      if (service === undefined) return passOn();
      const part = service.traffic.partOfTargetGroup(String(input.TargetGroupArn));
      const tasks = service.localTasks.filter((task) => isRegistered(task) && service.traffic.partOf(task.revision) === part);
      const health = tasks.map((task) => describeTarget(service, task));
      const asked = structures(input.Targets).map(({ Id, Port }) => `${text(Id)}:${number(Port) ?? ''}`);
      return {
        TargetHealthDescriptions:
          asked.length === 0 ? health : health.filter(({ Target }) => asked.some((name) => `${Target.Id}:${Target.Port}`.startsWith(name))),
      };
    },
  };
}

/** The rule that a call changes. */
function ruleArnsOf({ RuleArn }: AwsObject): readonly string[] {
  return RuleArn === undefined ? [] : [String(RuleArn)];
}

/** A rule as ECS has changed it. */
function withWeights(rule: AwsObject, weights: readonly WeightedTargetGroup[] | undefined): AwsObject {
  if (weights === undefined) return rule;
  const TargetGroups = weights.map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight }));
  const Actions = structures(rule.Actions).map((action) =>
    action.Type === 'forward' ? { ...action, ForwardConfig: { ...structure(action.ForwardConfig), TargetGroups } } : action,
  );
  return { ...rule, Actions };
}

/** A target that has drained is no longer registered. */
function isRegistered({ targetHealth }: LocalTask): boolean {
  return targetHealth !== undefined && targetHealth.state !== 'unused';
}

function describeTarget({ plan }: LiveService, task: LocalTask) {
  const { state, lastFailure } = task.targetHealth!;
  return {
    Target: { Id: '127.0.0.1', Port: task.port, AvailabilityZone: 'all' },
    HealthCheckPort: String(task.port),
    TargetHealth: { State: state, ...REASONS[state]?.(plan.healthCheck.path, lastFailure) },
  };
}

/** Why a target is not healthy, as the load balancer words it. */
const REASONS: Readonly<Record<string, (path: string, failure: string | undefined) => AwsObject>> = {
  initial: () => ({ Reason: 'Elb.InitialHealthChecking', Description: 'Initial health checks in progress' }),
  unhealthy: (path, failure) => ({
    Reason: failure?.includes('responded') === true ? 'Target.ResponseCodeMismatch' : 'Target.FailedHealthChecks',
    Description: `Health checks failed: ${failure ?? `GET ${path}`}`,
  }),
  draining: () => ({ Reason: 'Target.DeregistrationInProgress', Description: 'Target deregistration is in progress' }),
};
