import * as scaling from '@aws-sdk/client-application-auto-scaling';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as ecs from '@aws-sdk/client-ecs';
import * as loadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Section } from '../../src/plan/template/template-value';
import type { AwsAction } from './aws-actions';
import { awsCallError } from './aws-call-error';

/** The input of a call, as the AWS SDK has it. */
export type CallInput = Readonly<Record<string, unknown>>;

/** What calls actions of AWS. */
export interface AwsCalls {
  /** Calls an action, and returns its output as JSON has it: timestamps are text. */
  call(action: AwsAction, input: CallInput): Promise<Section>;
  readonly region: string;
}

/** Where and as which identity AWS is called. What is left out is that of the environment, as for the AWS CLI. */
export interface AwsConnection {
  readonly region?: string;
  readonly profile?: string;
}

type Send = (input: never) => Promise<unknown>;

/** Calls AWS, or the endpoint of the variable AWS_ENDPOINT_URL, through the AWS SDK. */
export class SdkCalls implements AwsCalls {
  private constructor(
    public readonly region: string,
    private readonly sends: Readonly<Record<AwsAction, Send>>,
    private readonly parts: { readonly profile?: string; readonly close: () => void },
  ) {}

  /**
   * Opens the connection.
   *
   * @throws InputError if no region is known.
   */
  public static async open({ region, profile = process.env['AWS_PROFILE'] }: AwsConnection): Promise<SdkCalls> {
    // the command supports each version of Node that this release of the SDK does.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    const config = { ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) };
    const clients = {
      ecs: new ecs.ECSClient(config),
      scaling: new scaling.ApplicationAutoScalingClient(config),
      cloudWatch: new cloudWatch.CloudWatchClient(config),
      loadBalancing: new loadBalancing.ElasticLoadBalancingV2Client(config),
    };
    const close = (): void => {
      for (const client of Object.values(clients)) client.destroy();
    };
    try {
      return new SdkCalls(await clients.ecs.config.region(), sendsOf(clients), { ...(profile !== undefined && { profile }), close });
    } catch (error) {
      close();
      throw awsCallError(error, { action: 'ecs:DescribeServices', ...config });
    }
  }

  public async call(action: AwsAction, input: CallInput): Promise<Section> {
    try {
      const { $metadata: _, ...output } = (await this.sends[action](input as never)) as Record<string, unknown>;
      return JSON.parse(JSON.stringify(output)) as Section;
    } catch (error) {
      throw awsCallError(error, { action, region: this.region, ...this.parts });
    }
  }

  /** Closes the connections. */
  public stop(): void {
    this.parts.close();
  }
}

interface Clients {
  readonly ecs: ecs.ECSClient;
  readonly scaling: scaling.ApplicationAutoScalingClient;
  readonly cloudWatch: cloudWatch.CloudWatchClient;
  readonly loadBalancing: loadBalancing.ElasticLoadBalancingV2Client;
}

/** How each action is called: a row for each, so that the IAM policy and the calls are one list. */
function sendsOf(clients: Clients): Readonly<Record<AwsAction, Send>> {
  const { ecs: services, scaling: scaled, cloudWatch: metrics, loadBalancing: balancers } = clients;
  return {
    'ecs:DescribeServices': (input) => services.send(new ecs.DescribeServicesCommand(input)),
    'ecs:DescribeServiceRevisions': (input) => services.send(new ecs.DescribeServiceRevisionsCommand(input)),
    'ecs:DescribeTaskDefinition': (input) => services.send(new ecs.DescribeTaskDefinitionCommand(input)),
    'ecs:DescribeClusters': (input) => services.send(new ecs.DescribeClustersCommand(input)),
    'ecs:ListClusters': (input) => services.send(new ecs.ListClustersCommand(input)),
    'ecs:ListServices': (input) => services.send(new ecs.ListServicesCommand(input)),
    'application-autoscaling:DescribeScalableTargets': (input) => scaled.send(new scaling.DescribeScalableTargetsCommand(input)),
    'application-autoscaling:DescribeScalingPolicies': (input) => scaled.send(new scaling.DescribeScalingPoliciesCommand(input)),
    'application-autoscaling:DescribeScheduledActions': (input) => scaled.send(new scaling.DescribeScheduledActionsCommand(input)),
    'application-autoscaling:DescribeScalingActivities': (input) => scaled.send(new scaling.DescribeScalingActivitiesCommand(input)),
    'cloudwatch:GetMetricData': (input) => metrics.send(new cloudWatch.GetMetricDataCommand(input)),
    'cloudwatch:DescribeAlarms': (input) => metrics.send(new cloudWatch.DescribeAlarmsCommand(input)),
    'elasticloadbalancing:DescribeTargetGroups': (input) => balancers.send(new loadBalancing.DescribeTargetGroupsCommand(input)),
    'elasticloadbalancing:DescribeTargetGroupAttributes': (input) =>
      balancers.send(new loadBalancing.DescribeTargetGroupAttributesCommand(input)),
    'elasticloadbalancing:DescribeLoadBalancers': (input) => balancers.send(new loadBalancing.DescribeLoadBalancersCommand(input)),
    'elasticloadbalancing:DescribeLoadBalancerAttributes': (input) =>
      balancers.send(new loadBalancing.DescribeLoadBalancerAttributesCommand(input)),
    'elasticloadbalancing:DescribeListeners': (input) => balancers.send(new loadBalancing.DescribeListenersCommand(input)),
    'elasticloadbalancing:DescribeRules': (input) => balancers.send(new loadBalancing.DescribeRulesCommand(input)),
  };
}
