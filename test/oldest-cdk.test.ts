import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { afterAll, describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../src';
import { Consumer, NAME, ROOT } from './consumer';

// the oldest CDK that this package asks for, and cdk-nag 2, which is the one for it: cdk-nag 3 asks for a newer CDK.
const oldest = new Consumer('copy');
oldest.copy(join(ROOT, 'test/newest-cdk'), 'cdk-nag-2');
afterAll(() => oldest.remove());

const { AwsSolutionsChecks }: { AwsSolutionsChecks: new () => { visit(node: IConstruct): void } } = oldest.require('cdk-nag-2');
const cdk: typeof import('aws-cdk-lib') = oldest.require('aws-cdk-lib');
const { Annotations, Match }: typeof import('aws-cdk-lib/assertions') = oldest.require('aws-cdk-lib/assertions');
const { Certificate }: typeof import('aws-cdk-lib/aws-certificatemanager') = oldest.require('aws-cdk-lib/aws-certificatemanager');
const { Deployment, ScalableStatelessService }: typeof import('../src') = oldest.require(NAME);

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

test('the CDK is the oldest that the package asks for', () => {
  const { peerDependencies } = oldest.require('cdk-scalable-stateless-service/package.json');
  expect(oldest.require('aws-cdk-lib/package.json').version).toBe(peerDependencies['aws-cdk-lib'].replace(/^\D*/, ''));
});

describe('beside the oldest CDK, cdk-nag 2 finds by AwsSolutions', () => {
  test.each<[string, ScalableStatelessServiceProps, string[]]>([
    ['nothing in the default service with HTTPS', {}, []],
    ['nothing with two versions side by side', { deployment: Deployment.linear() }, []],
    [
      'what is acknowledged, where it is not',
      { acknowledgeFindings: false },
      ['AwsSolutions-EC23', 'AwsSolutions-EC23', 'AwsSolutions-IAM5'],
    ],
  ])('%s', (_, props, expected) => {
    expect(findingsOf(props)).toEqual(expected);
  });
});

/** The rules that a service breaks. */
function findingsOf(props: ScalableStatelessServiceProps): string[] {
  const stack: Stack = new cdk.Stack(new cdk.App({ outdir: mkdtempSync(join(oldest.folder, 'cdk.out-')) }), 'Shop');
  const certificate = Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE);
  new ScalableStatelessService(stack, 'Search', { certificate, ...props });
  cdk.Aspects.of(stack).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  const all = [...annotations.findError('*', Match.anyValue()), ...annotations.findWarning('*', Match.anyValue())];
  return all.map(({ entry }) => /AwsSolutions-\w+/.exec(String(entry.data))?.[0] ?? String(entry.data)).sort();
}
