import { call, query, xml } from './endpoint';

/** A stack that is deployed, and the resources of its template. */
export interface Deployed {
  readonly name: string;
  readonly resources: readonly Resource[];
}

interface Resource {
  readonly Type: string;
  readonly Properties: Loose;
}

/** As loose as templates and answers are. */
// biome-ignore lint/suspicious/noExplicitAny: what is not there fails the comparison.
type Loose = Record<string, any>;

/** What can be asked for and read back. */
interface RequestedScenario {
  readonly bounds: string[];
  readonly policies: string[];
  readonly attributes: string[];
  readonly deployments: string[];
  readonly openPorts: string[];
}

const WORLD = '0.0.0.0/0';
const SCALING = { ServiceNamespace: 'ecs' };

/** What a template asks for: bounds, policies, attributes of target groups, deployments, and which ports the world may connect to. */
export function requestedOf({ resources }: Deployed): RequestedScenario {
  const of = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  return {
    bounds: of('AWS::ApplicationAutoScaling::ScalableTarget').map(boundsOf).sort(),
    policies: of('AWS::ApplicationAutoScaling::ScalingPolicy').map(policyOf).sort(),
    attributes: of('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(attributesOf).sort(),
    deployments: of('AWS::ECS::Service').map(({ DeploymentConfiguration: { MinimumHealthyPercent, MaximumPercent, Strategy } }) =>
      deploymentOf({ minimumHealthyPercent: MinimumHealthyPercent, maximumPercent: MaximumPercent, strategy: Strategy }),
    ),
    openPorts: of('AWS::EC2::SecurityGroup').concat(of('AWS::EC2::SecurityGroupIngress')).flatMap(openPortsOf).sort(),
  };
}

/** The same, from the services. Of the attributes those that were asked for: the others are as AWS has them. */
export async function readBack(deployed: Deployed): Promise<RequestedScenario> {
  const asked = requestedOf(deployed);
  const services = await physicalIds(deployed, 'AWS::ECS::Service');
  const isOurs = ({ ResourceId }: Loose) => services.some((service) => service.endsWith(`:${ResourceId}`));
  const { ScalableTargets: targets } = await call('application-autoscaling', 'DescribeScalableTargets', SCALING);
  const { ScalingPolicies: policies } = await call('application-autoscaling', 'DescribeScalingPolicies', SCALING);
  const groups = await physicalIds(deployed, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const securityGroups = await physicalIds(deployed, 'AWS::EC2::SecurityGroup');
  return {
    bounds: targets.filter(isOurs).map(boundsOf).sort(),
    policies: policies.filter(isOurs).map(policyOf).sort(),
    attributes: (await all(groups, readAttributes)).filter((attribute) => asked.attributes.includes(attribute)).sort(),
    deployments: await all(services, readDeployment),
    openPorts: (await all(securityGroups, readOpenPorts)).sort(),
  };
}

/** The names of all that there is. */
export async function everything(): Promise<Record<string, string[]>> {
  const names = {
    networks: query('ec2', 'DescribeVpcs', 'vpcId'),
    subnets: query('ec2', 'DescribeSubnets', 'subnetId'),
    gateways: query('ec2', 'DescribeInternetGateways', 'internetGatewayId'),
    endpoints: xml('ec2', 'DescribeVpcEndpoints').then(endpointsIn),
    securityGroups: query('ec2', 'DescribeSecurityGroups', 'groupId'),
    loadBalancers: query('elasticloadbalancing', 'DescribeLoadBalancers', 'LoadBalancerArn'),
    targetGroups: query('elasticloadbalancing', 'DescribeTargetGroups', 'TargetGroupArn'),
    clusters: call('ecs', 'ListClusters', {}).then(({ clusterArns }) => activeOf(clusterArns)),
    scalableTargets: call('application-autoscaling', 'DescribeScalableTargets', SCALING).then(countOf),
    scalingPolicies: call('application-autoscaling', 'DescribeScalingPolicies', SCALING).then(countOf),
    scheduledActions: call('application-autoscaling', 'DescribeScheduledActions', SCALING).then(countOf),
    alarms: query('monitoring', 'DescribeAlarms', 'AlarmName'),
    logGroups: call('logs', 'DescribeLogGroups', {}).then(({ logGroups }) => logGroups.map(({ arn }: { arn: string }) => arn)),
    roles: query('iam', 'ListRoles', 'RoleName'),
    stacks: query('cloudformation', 'DescribeStacks', 'StackName'),
  };
  const lists = await Promise.all(Object.entries(names).map(async ([kind, list]) => [kind, [...(await list)].sort()] as const));
  return Object.fromEntries(lists);
}

/** What has been deleted may be listed for a while. */
function endpointsIn(answer: string): string[] {
  const items = answer.split('<vpcEndpointId>').slice(1);
  return items.filter((item) => !item.includes('<state>deleted</state>')).map((item) => item.slice(0, item.indexOf('<')));
}

async function activeOf(clusters: readonly string[]): Promise<string[]> {
  const { clusters: described } = await call('ecs', 'DescribeClusters', { clusters });
  return described.filter(({ status }: Loose) => status === 'ACTIVE').map(({ clusterArn }: Loose) => clusterArn);
}

function countOf(answer: Record<string, unknown>): string[] {
  return Object.values(answer)
    .filter((list) => Array.isArray(list))
    .flat()
    .map((item) => JSON.stringify(item));
}

async function physicalIds({ name }: Deployed, type: string): Promise<string[]> {
  const answer = await xml('cloudformation', 'DescribeStackResources', { StackName: name });
  const resources = answer.split('</member>').filter((resource) => resource.includes(`<ResourceType>${type}</ResourceType>`));
  return resources.map((resource) => /<PhysicalResourceId>([^<]*)</.exec(resource)![1]!);
}

async function all(ids: readonly string[], read: (id: string) => Promise<string[]>): Promise<string[]> {
  return (await Promise.all(ids.map(read))).flat();
}

function boundsOf({ MinCapacity, MaxCapacity }: Loose): string {
  return `${MinCapacity} to ${MaxCapacity}`;
}

function policyOf({ PolicyName, PolicyType, ...policy }: Loose): string {
  const { TargetTrackingScalingPolicyConfiguration: tracking = {}, StepScalingPolicyConfiguration: steps = {} } = policy;
  const { TargetValue, ScaleOutCooldown, ScaleInCooldown } = tracking;
  return `${PolicyName}: ${PolicyType} ${TargetValue} ${ScaleOutCooldown} ${ScaleInCooldown} ${steps.Cooldown}`;
}

function attributesOf({ TargetGroupAttributes: attributes }: Loose): string[] {
  return attributes.map(({ Key, Value }: Record<string, string>) => `${Key}=${Value}`);
}

async function readAttributes(TargetGroupArn: string): Promise<string[]> {
  const answer = await xml('elasticloadbalancing', 'DescribeTargetGroupAttributes', { TargetGroupArn });
  return [...answer.matchAll(/<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>/g)].map(([, key, value]) => `${key}=${value}`);
}

function deploymentOf({ minimumHealthyPercent, maximumPercent, strategy = 'ROLLING' }: Loose): string {
  return `${strategy} ${minimumHealthyPercent} to ${maximumPercent}`;
}

async function readDeployment(service: string): Promise<string[]> {
  const { services } = await call('ecs', 'DescribeServices', { cluster: service.split('/').at(-2), services: [service] });
  return services.map(({ deploymentConfiguration }: Loose) => deploymentOf(deploymentConfiguration));
}

function openPortsOf({ SecurityGroupIngress: within, CidrIp, FromPort }: Loose): string[] {
  if (within !== undefined) return within.flatMap(openPortsOf);
  return CidrIp === WORLD ? [String(FromPort)] : [];
}

async function readOpenPorts(id: string): Promise<string[]> {
  const answer = await xml('ec2', 'DescribeSecurityGroups', { 'GroupId.1': id });
  const [rules = ''] = /<ipPermissions>.*?<\/ipPermissions>/s.exec(answer) ?? [];
  const open = rules.split('<ipProtocol>').filter((rule) => rule.includes(`<cidrIp>${WORLD}</cidrIp>`));
  return open.map((rule) => /<fromPort>(\d+)</.exec(rule)![1]!);
}
