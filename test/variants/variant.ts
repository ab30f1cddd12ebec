import type { Stack } from 'aws-cdk-lib';
import type { ScalableStatelessInstancesProps, ScalableStatelessServiceProps } from '../../src';

/** The CDK that a variant is written with, and this package beside it: tests run with several versions. */
export interface Library {
  readonly cdk: typeof import('aws-cdk-lib');
  readonly ours: typeof import('../../src');
}

/** One way to use the construct. */
export interface Variant {
  /** What differs from the defaults with HTTPS. */
  readonly title: string;
  readonly props: (stack: Stack, library: Library) => ScalableStatelessServiceProps | ScalableStatelessInstancesProps;

  /** Whether the props are those of `ScalableStatelessInstances`. */
  readonly isOfInstances?: boolean;

  /** The findings of AwsSolutions that its props choose, as docs/security.md says: rules without the name of the pack. */
  readonly chosenFindings?: readonly string[];

  /** Whether it has properties that AWS brought in 2026, which older tools do not know. */
  readonly isOf2026?: boolean;
}

/** A variant in a few words. */
export function variant(title: string, props: Variant['props'], more: Omit<Variant, 'title' | 'props'> = {}): Variant {
  return { title, props, ...more };
}

/** The account and the region of the variants. */
export const ENV = { account: '123456789012', region: 'eu-west-1' } as const;

const CERTIFICATE = `arn:aws:acm:${ENV.region}:${ENV.account}:certificate/12345678-1234-1234-1234-123456789012`;

/** HTTPS, as every service on the Internet should have it. */
export function https(stack: Stack, { cdk }: Library): Pick<ScalableStatelessServiceProps, 'certificate'> {
  return { certificate: cdk.aws_certificatemanager.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE) };
}

/** An image of the caller in Amazon ECR. */
export function ownImage({ cdk }: Library, name = 'shop'): Pick<Required<ScalableStatelessServiceProps>, 'image'> {
  const registry = `${ENV.account}.dkr.ecr.${ENV.region}.amazonaws.com`;
  return { image: cdk.aws_ecs.ContainerImage.fromRegistry(`${registry}/${name}:7`) };
}

/** A VPC that exists, with subnets of every type. */
export function existingVpc(stack: Stack, { cdk }: Library): Pick<Required<ScalableStatelessServiceProps>, 'vpc'> {
  const idsOf = (kind: string, type: string): string[] => ['a', 'b'].map((zone) => `${kind}-${type}${zone}`);
  return {
    vpc: cdk.aws_ec2.Vpc.fromVpcAttributes(stack, 'Net', {
      vpcId: 'vpc-12345678',
      vpcCidrBlock: '10.7.0.0/16',
      availabilityZones: ['a', 'b'].map((zone) => `${ENV.region}${zone}`),
      publicSubnetIds: idsOf('subnet', '0000000'),
      publicSubnetRouteTableIds: idsOf('rtb', '0000000'),
      privateSubnetIds: idsOf('subnet', '1111111'),
      privateSubnetRouteTableIds: idsOf('rtb', '1111111'),
      isolatedSubnetIds: idsOf('subnet', '2222222'),
      isolatedSubnetRouteTableIds: idsOf('rtb', '2222222'),
    }),
  };
}
