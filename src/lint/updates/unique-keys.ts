import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { SCALABLE_TARGET, SCALING_POLICY } from '../template/ecs-service';
import type { LintedResource, LintedTemplate } from '../template/linted-template';
import { LISTENER, LISTENER_RULE } from '../template/load-balancing';
import { metricKey, TRACKING } from '../template/scaling-policies';
import { textOf } from '../template/values';

/** What one resource at a time can have. */
export interface UniqueKey {
  /** What it is, such as `port 80 of the load balancer`. */
  readonly text: string;

  /** The values that it consists of. */
  readonly values: readonly (TemplateValue | undefined)[];
}

/** The properties by which AWS finds a resource again, for types of which each may be used once. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CloudWatch::AlarmMuteRule': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::WAFv2::WebACL': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Events::Rule': 'Name',
  'AWS::ECR::Repository': 'RepositoryName',
};

/** The keys of a resource; none for types whose resources never exclude each other. */
export function uniqueKeysOf({ type, properties: own }: LintedResource, template: LintedTemplate): readonly UniqueKey[] {
  const name = NAMES[type] === undefined ? undefined : own[NAMES[type]];
  if (name !== undefined) return [{ text: `the name ${textOf(name) ?? 'that the template gives'}`, values: [type, name] }];
  switch (type) {
    case LISTENER:
      return [{ text: `port ${textOf(own['Port']) ?? ''} of the load balancer`, values: [own['LoadBalancerArn'], own['Port']] }];
    case LISTENER_RULE:
      return [{ text: `priority ${textOf(own['Priority']) ?? ''} of the listener`, values: [own['ListenerArn'], own['Priority']] }];
    case SCALABLE_TARGET:
      return [
        {
          text: 'the scalable dimension of the resource',
          values: ['target', own['ResourceId'], own['ScalableDimension'], own['ServiceNamespace']],
        },
      ];
    case SCALING_POLICY:
      return policyKeys(own, template);
    case 'AWS::ECS::Service':
      return own['ServiceName'] === undefined
        ? []
        : [{ text: 'its name in the cluster', values: [own['Cluster'] ?? 'default', own['ServiceName']] }];
    case 'AWS::EC2::SecurityGroup':
      return own['GroupName'] === undefined ? [] : [{ text: 'its name in the VPC', values: [own['VpcId'], own['GroupName']] }];
    default:
      return attachmentKeys(type, own);
  }
}

function policyKeys(own: LintedResource['properties'], template: LintedTemplate): readonly UniqueKey[] {
  const target = template.target(own['ScalingTargetId'], SCALABLE_TARGET)?.properties;
  const scaled = own['ResourceId'] ?? target?.['ResourceId'] ?? own['ScalingTargetId'];
  const metric = metricKey(own[TRACKING]);
  return [
    { text: `the policy name ${textOf(own['PolicyName']) ?? ''} of the scalable target`, values: ['name', scaled, own['PolicyName']] },
    ...(metric === undefined ? [] : [{ text: 'the metric, for the scalable target', values: ['metric', scaled, metricOf(own[TRACKING])] }]),
  ];
}

function metricOf(tracking: TemplateValue | undefined): TemplateValue | undefined {
  return field(tracking, 'PredefinedMetricSpecification') ?? field(tracking, 'CustomizedMetricSpecification');
}

/** What is attached to another resource, which has one of the kind. */
function attachmentKeys(type: string, own: LintedResource['properties']): readonly UniqueKey[] {
  switch (type) {
    case 'AWS::EC2::SecurityGroupIngress':
    case 'AWS::EC2::SecurityGroupEgress':
      return [{ text: 'a rule of the security group', values: [type, ...RULE_PROPERTIES.map((property) => own[property] ?? null)] }];
    case 'AWS::EC2::Route':
      return [
        {
          text: 'a destination of the route table',
          values: [own['RouteTableId'], own['DestinationCidrBlock'] ?? own['DestinationIpv6CidrBlock'] ?? own['DestinationPrefixListId']],
        },
      ];
    case 'AWS::EC2::SubnetRouteTableAssociation':
      return [{ text: 'the route table of the subnet', values: [own['SubnetId']] }];
    case 'AWS::EC2::VPCGatewayAttachment':
      return [{ text: 'the internet gateway of the VPC', values: [own['VpcId'], own['VpnGatewayId'] === undefined ? 'internet' : 'vpn'] }];
    case 'AWS::EC2::VPCEndpoint':
      return endpointKeys(own);
    case 'AWS::WAFv2::WebACLAssociation':
      return [{ text: 'the web ACL of the resource', values: [own['ResourceArn']] }];
    case 'AWS::ElasticLoadBalancingV2::ListenerCertificate':
      return items(own['Certificates']).map((certificate) => ({
        text: 'the place of the certificate on the listener',
        values: [type, own['ListenerArn'], field(certificate, 'CertificateArn')],
      }));
    case 'AWS::S3::BucketPolicy':
      return [{ text: 'the policy of the bucket', values: [own['Bucket']] }];
    case 'AWS::ECS::ClusterCapacityProviderAssociations':
      return [{ text: 'the capacity providers of the cluster', values: [own['Cluster']] }];
    case 'AWS::IAM::Policy':
      return items(own['Roles']).map((role) => ({ text: 'the name of an inline policy of the role', values: [role, own['PolicyName']] }));
    case 'AWS::Route53::RecordSet':
      return [
        {
          text: 'a record of the hosted zone',
          values: [own['HostedZoneId'] ?? own['HostedZoneName'], own['Name'], own['Type'], own['SetIdentifier'] ?? null],
        },
      ];
    default:
      return [];
  }
}

const RULE_PROPERTIES = [
  ...['GroupId', 'GroupName', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'SourceSecurityGroupName'],
  ...['SourcePrefixListId', 'DestinationSecurityGroupId', 'DestinationPrefixListId'],
];

/** An interface endpoint has the private DNS name of its service in a VPC; a gateway endpoint has its routes. */
function endpointKeys(own: LintedResource['properties']): readonly UniqueKey[] {
  const service = own['ServiceName'];
  if (textOf(own['VpcEndpointType']) === 'Interface') {
    const hasName = textOf(own['PrivateDnsEnabled']) === 'true';
    return hasName ? [{ text: 'the private DNS name of the service in the VPC', values: [own['VpcId'], service] }] : [];
  }
  return items(own['RouteTableIds']).map((table) => ({ text: 'the route of the route table to the service', values: [table, service] }));
}
