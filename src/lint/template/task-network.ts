import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { containersOf, type LintedService } from './ecs-service';
import { type LintedResource, type LintedTemplate, referencesIn } from './linted-template';
import { textOf } from './values';

/** The VPC endpoints that a task needs to pull an image from Amazon ECR, by the end of their service names. The layers of the image are in S3. */
const REGISTRY_ENDPOINTS = ['ecr.api', 'ecr.dkr'];

/**
 * From how many of their subnets the tasks of a service can pull their images: through a NAT gateway, a public address, or VPC endpoints.
 *
 * Undefined where the template does not have all subnets, route tables and the VPC.
 */
export function subnetsWithImages(
  template: LintedTemplate,
  { service, taskDefinition }: LintedService,
): 'all' | 'some' | 'none' | undefined {
  const configuration = field(service.properties['NetworkConfiguration'], 'AwsvpcConfiguration');
  const subnets = items(field(configuration, 'Subnets')).map((subnet) => template.target(subnet, 'AWS::EC2::Subnet'));
  const address = textOf(field(configuration, 'AssignPublicIp') ?? 'DISABLED');
  if (address === undefined) return undefined;
  const isPublic = address === 'ENABLED';
  const paths = subnets.map((subnet) => (subnet === undefined ? undefined : pathOf(template, subnet, isPublic)));
  if (paths.length === 0 || paths.includes(undefined)) return undefined;
  const needed: readonly (Path | undefined)[] = imagesAreInEcr(taskDefinition) ? ['internet', 'endpoints'] : ['internet'];
  const count = paths.filter((path) => needed.includes(path)).length;
  if (count === 0) return 'none';
  return count === paths.length ? 'all' : 'some';
}

type Path = 'internet' | 'endpoints' | 'none';

function pathOf(template: LintedTemplate, subnet: LintedResource, isPublic: boolean): Path | undefined {
  const network = template.target(subnet.properties['VpcId'], 'AWS::EC2::VPC');
  const table = tableOf(template, subnet.id);
  if (network === undefined || table === undefined) return undefined;
  const routes = template.ofType('AWS::EC2::Route').filter(({ properties }) => referencesIn(properties['RouteTableId']).includes(table));
  if (routes.some((route) => leadsToInternet(template, route, isPublic))) return 'internet';
  return hasEndpoints(template, network.id, table) ? 'endpoints' : 'none';
}

function tableOf(template: LintedTemplate, subnet: string): string | undefined {
  const association = template
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .find(({ properties }) => referencesIn(properties['SubnetId']).includes(subnet));
  return template.target(association?.properties['RouteTableId'], 'AWS::EC2::RouteTable')?.id;
}

/** A task without a public address cannot use an internet gateway. */
function leadsToInternet(template: LintedTemplate, { properties }: LintedResource, isPublic: boolean): boolean {
  if (textOf(properties['DestinationCidrBlock']) !== '0.0.0.0/0') return false;
  const isInternetGateway = template.target(properties['GatewayId'], 'AWS::EC2::InternetGateway') !== undefined;
  return !isInternetGateway || isPublic;
}

function hasEndpoints(template: LintedTemplate, network: string, table: string): boolean {
  const endpoints = template
    .ofType('AWS::EC2::VPCEndpoint')
    .filter(({ properties }) => referencesIn(properties['VpcId']).includes(network));
  const ofService = (name: string): LintedResource[] => endpoints.filter((endpoint) => serviceText(endpoint).endsWith(`.${name}`));
  const hasLayers = ofService('s3').some(
    ({ properties }) => textOf(properties['VpcEndpointType']) === 'Interface' || referencesIn(properties['RouteTableIds']).includes(table),
  );
  return hasLayers && REGISTRY_ENDPOINTS.every((name) => ofService(name).length > 0);
}

/** The service name as far as it is known: the region may be a function. */
function serviceText({ properties }: LintedResource): string {
  const name = properties['ServiceName'];
  return (
    textOf(name) ??
    items(items(field(name, 'Fn::Join'))[1])
      .map((part: TemplateValue) => textOf(part) ?? '')
      .join('')
  );
}

/** An image of which only deployment knows the registry may be in ECR. */
function imagesAreInEcr(taskDefinition: LintedResource | undefined): boolean {
  const images = (containersOf(taskDefinition) ?? []).map((container) => textOf(field(container, 'Image')));
  return images.every((image) => image === undefined || /\.dkr[.-]ecr[.-]/.test(image));
}
