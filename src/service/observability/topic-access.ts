import { Aspects, type IAspect, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnKey, type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct, IConstruct } from 'constructs';
import { warn } from '../warnings';

/** The AWS service that an alarm publishes as. */
const CLOUDWATCH = 'cloudwatch.amazonaws.com';

/** The one of the rule on failed deployments. */
const EVENTBRIDGE = 'events.amazonaws.com';

/**
 * Allows CloudWatch and EventBridge to publish to the topic: in its policy and, where it is encrypted, in that of its key.
 *
 * Without a policy, a topic accepts alarms of its account; the rule on failed deployments adds a policy, so alarms need a statement in it. The
 * target of the rule adds its own.
 */
export function allowPublishing(scope: Construct, topic: ITopic, hasAlarms: boolean): void {
  if (hasAlarms) {
    topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal(CLOUDWATCH)],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    );
  }
  Aspects.of(scope).add(new KeyAccess(scope, topic, hasAlarms ? [CLOUDWATCH, EVENTBRIDGE] : [EVENTBRIDGE]));
}

/**
 * Allows AWS services to use the key of a topic, or warns of what to add where the key is not in the app.
 *
 * It looks when the app is synthesized: the key may be set on the CloudFormation resource of the topic after the service is created.
 */
class KeyAccess implements IAspect {
  public constructor(
    private readonly scope: Construct,
    private readonly topic: ITopic,
    private readonly services: readonly string[],
  ) {}

  public visit(node: IConstruct): void {
    if (node !== this.scope) return;
    const keyId = keyIdOf(this.topic);
    const isTopicOfApp = CfnTopic.isCfnTopic(this.topic.node.defaultChild);
    if (keyId === undefined) {
      if (!isTopicOfApp) warn(this.scope, 'topicPolicy', importedTopic(this.services));
    } else if (AWS_MANAGED.test(keyId)) {
      warn(this.scope, 'topicEncryption', awsManagedKey(this.services));
    } else if (!allowUse(keyOf(this.topic, keyId), this.services)) {
      warn(this.scope, 'topicEncryption', importedKey(nameOf(this.scope, keyId), this.services, isTopicOfApp));
    }
  }
}

const AWS_MANAGED = /(^|[:/])alias\/aws\/sns$/;

/** What publishing to an encrypted topic takes (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html). */
const KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Without a condition: EventBridge sends nothing that one could use. The policy of the topic says whose alarms may publish. */
function allowUse(key: IKey | undefined, services: readonly string[]): boolean {
  const added = services.map((service) => {
    const statement = new PolicyStatement({ actions: KEY_ACTIONS, principals: [new ServicePrincipal(service)], resources: ['*'] });
    return key?.addToResourcePolicy(statement).statementAdded;
  });
  return added.every((each) => each === true);
}

/** The key of a topic, as its CloudFormation resource has it; that of an imported topic as it was given; undefined without encryption. */
function keyIdOf({ node, masterKey }: ITopic): string | undefined {
  const resource = node.defaultChild;
  if (!CfnTopic.isCfnTopic(resource)) return masterKey?.keyArn;
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: { readonly Properties?: Readonly<Record<string, unknown>> } };
  const { KmsMasterKeyId: keyId = resource.kmsMasterKeyId } = rawOverrides?.Properties ?? {};
  return keyId === undefined || keyId === '' ? undefined : Token.asString(keyId);
}

/** The key as a construct whose policy can be added to: the one that the id refers to, or that of the topic. */
function keyOf({ masterKey }: ITopic, keyId: string): IKey | undefined {
  const isOfTopic = masterKey !== undefined && [masterKey.keyArn, masterKey.keyId].includes(keyId);
  return keyReferredTo(keyId) ?? (isOfTopic ? masterKey : undefined);
}

function keyReferredTo(keyId: string): IKey | undefined {
  const references = Tokenization.reverseString(keyId).tokens.filter((token) => Reference.isReference(token));
  return references.map(({ target }) => keyAt(target)).find((key) => key !== undefined);
}

/** The key of a `CfnKey`, or of an alias of it. */
function keyAt(target: IConstruct): IKey | undefined {
  if (CfnAlias.isCfnAlias(target)) return keyReferredTo(target.targetKeyId);
  return CfnKey.isCfnKey(target) && target.node.scope instanceof Key ? target.node.scope : undefined;
}

/** The key in a message: the ARN or alias that is written in the app, or only that there is one. */
function nameOf(scope: Construct, keyId: string): string {
  const name: unknown = Stack.of(scope).resolve(keyId);
  return typeof name === 'string' ? name : 'a key';
}

function importedTopic(services: readonly string[]): string {
  return `alarmTopic was imported: its policy must allow sns:Publish for ${services.join(' and ')}, and if it is encrypted, the policy of its key needs the statement ${keyPolicy(services)}, or no notification arrives`;
}

function awsManagedKey(services: readonly string[]): string {
  return `alarmTopic is encrypted with alias/aws/sns, which ${services.join(' and ')} cannot use: no notification arrives. Encrypt it with a key of yours: new Topic(this, 'Alarms', { masterKey: new Key(this, 'TopicKey') })`;
}

function importedKey(name: string, services: readonly string[], isTopicOfApp: boolean): string {
  const topicPolicy = isTopicOfApp ? '' : `, and the policy of the topic must allow sns:Publish for ${services.join(' and ')}`;
  return `alarmTopic is encrypted with ${name}, whose policy is not part of this app: it needs the statement ${keyPolicy(services)}${topicPolicy}, or no notification arrives`;
}

/** The statement to add, as JSON. */
function keyPolicy(services: readonly string[]): string {
  return JSON.stringify({ Effect: 'Allow', Principal: { Service: services }, Action: KEY_ACTIONS, Resource: '*' });
}
