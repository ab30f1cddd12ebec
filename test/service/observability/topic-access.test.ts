import { NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { type CfnTopic, type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { FLAG_SETS, newApp, WITHOUT_LOGS_AND_ENDPOINTS } from '../../synthesize';

const KEY_ARN = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const TOPIC_ARN = 'arn:aws:sns:eu-west-1:123456789012:alarms';

/** A service that notifies a topic, with a further stack for what is not in its own. */
function notifying(topicOf: (stack: Stack, other: Stack) => ITopic, props: ScalableStatelessServiceProps = {}, flags = {}) {
  const app = newApp(flags);
  const env = { account: '123456789012', region: 'eu-west-1' };
  const [stack, other] = [new Stack(app, 'Shop', { env }), new Stack(app, 'Shared', { env })];
  new ScalableStatelessService(stack, 'Search', { ...WITHOUT_LOGS_AND_ENDPOINTS, ...props, alarmTopic: topicOf(stack, other) });
  return { stack, other };
}

/** The AWS services that may use the key of a stack to publish. */
function usersOfKey(stack: Stack): string[] {
  const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  const statements: { Action: unknown; Principal: { Service?: string | string[] }; Resource: string }[] =
    key!['Properties'].KeyPolicy.Statement;
  const uses = statements.filter(({ Action, Resource }) => String(Action) === 'kms:Decrypt,kms:GenerateDataKey*' && Resource === '*');
  return uses.flatMap(({ Principal }) => Principal.Service ?? []).sort();
}

function warningsOf(stack: Stack): string[] {
  const found = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  return found.map(({ entry }) => String(entry.data).replace(/ \[ack: .*\]$/, ''));
}

const BOTH = ['cloudwatch.amazonaws.com', 'events.amazonaws.com'];

/** Each topic with a key of the app, and the stack of the key. */
const KEYS_OF_APP: readonly (readonly [string, (stack: Stack, other: Stack) => ITopic, 'stack' | 'other'])[] = [
  ['a key of the same stack', (stack) => new Topic(stack, 'Alarms', { masterKey: new Key(stack, 'Key') }), 'stack'],
  ['a topic and a key of another stack', (_, other) => new Topic(other, 'Alarms', { masterKey: new Key(other, 'Key') }), 'other'],
  ['a key of another stack', (stack, other) => new Topic(stack, 'Alarms', { masterKey: new Key(other, 'Key') }), 'other'],
  [
    'an alias of a key',
    (stack) =>
      new Topic(stack, 'Alarms', { masterKey: new Alias(stack, 'Alias', { aliasName: 'alarms', targetKey: new Key(stack, 'Key') }) }),
    'stack',
  ],
  [
    'a key that the CloudFormation resource has',
    (stack) => {
      const topic = new Topic(stack, 'Alarms');
      (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = new Key(stack, 'Key').keyId;
      return topic;
    },
    'stack',
  ],
  [
    'a key as an override',
    (stack) => {
      const topic = new Topic(stack, 'Alarms');
      (topic.node.defaultChild as CfnTopic).addPropertyOverride('KmsMasterKeyId', new Key(stack, 'Key').keyArn);
      return topic;
    },
    'stack',
  ],
  [
    'a topic that was imported, and a key that was not',
    (stack) => Topic.fromTopicAttributes(stack, 'Alarms', { topicArn: TOPIC_ARN, keyArn: new Key(stack, 'Key').keyArn }),
    'stack',
  ],
];

describe.each(FLAG_SETS)('%s', (_, flags) => {
  test.each(KEYS_OF_APP)('CloudWatch and EventBridge may use %s', (__, topicOf, where) => {
    const stacks = notifying(topicOf, {}, flags);
    // in this order it is one synthesis: that of the warnings is always a new one.
    expect(warningsOf(stacks.stack)).toEqual([]);
    expect(usersOfKey(stacks[where])).toEqual(BOTH);
  });
});

test('two services that share a topic add one statement each', () => {
  const stack = new Stack(newApp(), 'Shop');
  const alarmTopic = new Topic(stack, 'Alarms', { masterKey: new Key(stack, 'Key') });
  for (const id of ['Search', 'Cart']) new ScalableStatelessService(stack, id, { ...WITHOUT_LOGS_AND_ENDPOINTS, alarmTopic });
  expect(usersOfKey(stack)).toEqual(BOTH);
});

test('a service in a nested stack notifies through a key of its parent', () => {
  const stack = new Stack(newApp(), 'Shop');
  const alarmTopic = new Topic(stack, 'Alarms', { masterKey: new Key(stack, 'Key') });
  new ScalableStatelessService(new NestedStack(stack, 'Nested'), 'Search', { ...WITHOUT_LOGS_AND_ENDPOINTS, alarmTopic });
  expect(usersOfKey(stack)).toEqual(BOTH);
});

test('without alarms only EventBridge publishes', () => {
  const { stack } = notifying((scope) => new Topic(scope, 'Alarms', { masterKey: new Key(scope, 'Key') }), { alarms: false });
  expect(usersOfKey(stack)).toEqual(['events.amazonaws.com']);
});

test('a topic without encryption needs no key', () => {
  expect(warningsOf(notifying((scope) => new Topic(scope, 'Alarms')).stack)).toEqual([]);
});

const STATEMENT = `{"Effect":"Allow","Principal":{"Service":["${BOTH.join('","')}"]},"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*"}`;

describe('warns of', () => {
  test.each<[string, (stack: Stack) => ITopic]>([
    ['an alias', (stack) => new Topic(stack, 'Alarms', { masterKey: Alias.fromAliasName(stack, 'Aws', 'alias/aws/sns') })],
    [
      'the CloudFormation resource',
      (stack) => {
        const topic = new Topic(stack, 'Alarms');
        (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
        return topic;
      },
    ],
    [
      'an override',
      (stack) => {
        const topic = new Topic(stack, 'Alarms');
        (topic.node.defaultChild as CfnTopic).addPropertyOverride('KmsMasterKeyId', 'alias/aws/sns');
        return topic;
      },
    ],
  ])('alias/aws/sns by %s', (_, topicOf) => {
    expect(warningsOf(notifying(topicOf).stack)).toEqual([
      `alarmTopic is encrypted with alias/aws/sns, which cloudwatch.amazonaws.com and events.amazonaws.com cannot use: no notification arrives. Encrypt it with a key of yours: new Topic(this, 'Alarms', { masterKey: new Key(this, 'TopicKey') })`,
    ]);
  });

  test('a key that was imported, with the statement to add', () => {
    const { stack } = notifying((scope) => new Topic(scope, 'Alarms', { masterKey: Key.fromKeyArn(scope, 'Key', KEY_ARN) }));
    expect(warningsOf(stack)).toEqual([
      `alarmTopic is encrypted with ${KEY_ARN}, whose policy is not part of this app: it needs the statement ${STATEMENT}, or no notification arrives`,
    ]);
  });

  test('a CfnKey, whose policy is written elsewhere', () => {
    const { stack } = notifying((scope) => {
      const { attrArn } = new CfnKey(scope, 'Key', { keyPolicy: {} });
      const topic = new Topic(scope, 'Alarms');
      (topic.node.defaultChild as CfnTopic).kmsMasterKeyId = attrArn;
      return topic;
    });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^alarmTopic is encrypted with a key, whose policy is not part of this app/)]);
  });

  test('a topic that was imported with its key', () => {
    const { stack } = notifying((scope) => Topic.fromTopicAttributes(scope, 'Alarms', { topicArn: TOPIC_ARN, keyArn: KEY_ARN }));
    expect(warningsOf(stack)).toEqual([
      `alarmTopic is encrypted with ${KEY_ARN}, whose policy is not part of this app: it needs the statement ${STATEMENT}, and the policy of the topic must allow sns:Publish for cloudwatch.amazonaws.com and events.amazonaws.com, or no notification arrives`,
    ]);
  });

  test('a topic that was imported', () => {
    const { stack } = notifying((scope) => Topic.fromTopicArn(scope, 'Alarms', TOPIC_ARN));
    expect(warningsOf(stack)).toEqual([
      `alarmTopic was imported: its policy must allow sns:Publish for cloudwatch.amazonaws.com and events.amazonaws.com, and if it is encrypted, the policy of its key needs the statement ${STATEMENT}, or no notification arrives`,
    ]);
  });
});
