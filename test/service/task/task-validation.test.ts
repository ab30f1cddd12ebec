import { Match } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { expect, test } from 'vitest';
import { synthesize } from '../../synthesize';

const OUT_OF_REACH = Match.stringLikeRegexp('the new VPC has no route to the registry of image');

test('warns of an image in a registry that the new VPC has no route to', () => {
  const { annotations } = synthesize({ image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1') });
  const [warning, ...others] = annotations.findWarning('*', OUT_OF_REACH);
  expect(others).toEqual([]);
  expect(warning!.entry.data).toMatch(
    /^the new VPC has no route to the registry of image 'public\.ecr\.aws\/nginx\/nginx:1', only to Amazon ECR: copy the image /,
  );
});

test('nothing is warned of without props', () => {
  expect(synthesize().annotations.findWarning('*', Match.anyValue())).toEqual([]);
});

test('an image in Amazon ECR is not warned of', () => {
  const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
  expect(synthesize({ image }).annotations.findWarning('*', OUT_OF_REACH)).toEqual([]);
});

test('an image in the network of the caller is not warned of', () => {
  const { annotations } = synthesize((stack) => ({ vpc: new Vpc(stack, 'Net'), image: ContainerImage.fromRegistry('nginx') }));
  expect(annotations.findWarning('*', OUT_OF_REACH)).toEqual([]);
});

test('warns of an unreachable image of a sidecar, too', () => {
  const { annotations } = synthesize({ sidecars: { proxy: { image: ContainerImage.fromRegistry('envoyproxy/envoy') } } });
  expect(annotations.findWarning('*', OUT_OF_REACH)).toHaveLength(1);
});
