"""SNS topics and subscriptions, and SQS queues."""

import json

from .handler import Created, Handler, resource
from .iam import document


@resource("AWS::SNS::Topic")
class Topic(Handler):
    _ATTRIBUTES = ("DisplayName", "KmsMasterKeyId", "FifoTopic", "ContentBasedDeduplication", "SignatureVersion", "TracingConfig", "FifoThroughputScope", "ArchivePolicy", "DeliveryStatusLogging", "DataProtectionPolicy")

    def create(self, context, properties):
        suffix = ".fifo" if str(properties.get("FifoTopic", "")).lower() == "true" else ""
        name = properties.get("TopicName") or context.generated_name(200) + suffix
        given = {key: _text(properties[key]) for key in self._ATTRIBUTES if key in properties}
        extra = {"Name": name, "Attributes": given}
        arn = context.call("sns", "create_topic", {"Tags": properties.get("Tags", [])}, None, (), **extra)["TopicArn"]
        context.resource.physical_id = arn
        self._subscribe(context, arn, properties.get("Subscription", []))
        return Created(arn, {"TopicArn": arn, "TopicName": name})

    def _subscribe(self, context, arn, subscriptions):
        for one in subscriptions:
            context.client("sns").subscribe(TopicArn=arn, Protocol=one["Protocol"], Endpoint=one["Endpoint"])

    def update(self, context, before, properties):
        client, arn = context.client("sns"), before.physical_id
        for key in self._ATTRIBUTES:
            if before.properties.get(key) != properties.get(key):
                client.set_topic_attributes(TopicArn=arn, AttributeName=key, AttributeValue=_text(properties.get(key, "")))
        self._subscribe(context, arn, [one for one in properties.get("Subscription", []) if one not in before.properties.get("Subscription", [])])

    def delete(self, context, resource):
        context.client("sns").delete_topic(TopicArn=resource.physical_id)


@resource("AWS::SNS::TopicPolicy")
class TopicPolicy(Handler):
    def create(self, context, properties):
        for arn in properties["Topics"]:
            context.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document(properties["PolicyDocument"]))
        return Created(context.generated_name(), {"Id": context.resource.logical_id})

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        """A topic always has a policy: it goes with its topic."""


@resource("AWS::SNS::Subscription")
class Subscription(Handler):
    _ATTRIBUTES = ("DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy", "SubscriptionRoleArn", "ReplayPolicy")

    def create(self, context, properties):
        given = {key: properties[key] for key in ("TopicArn", "Protocol", "Endpoint") if key in properties}
        arn = context.client("sns").subscribe(**given, ReturnSubscriptionArn=True)["SubscriptionArn"]
        context.resource.physical_id = arn
        for key in self._ATTRIBUTES:
            if key in properties:
                context.client("sns").set_subscription_attributes(SubscriptionArn=arn, AttributeName=key, AttributeValue=_text(properties[key]))
        return Created(arn, {"Arn": arn})

    def update(self, context, before, properties):
        for key in self._ATTRIBUTES:
            if before.properties.get(key) != properties.get(key):
                value = _text(properties.get(key, ""))
                context.client("sns").set_subscription_attributes(SubscriptionArn=before.physical_id, AttributeName=key, AttributeValue=value)

    def delete(self, context, resource):
        context.client("sns").unsubscribe(SubscriptionArn=resource.physical_id)


@resource("AWS::SQS::Queue")
class Queue(Handler):
    def _attributes(self, properties):
        return {key: _text(value) for key, value in properties.items() if key not in ("QueueName", "Tags")}

    def create(self, context, properties):
        suffix = ".fifo" if str(properties.get("FifoQueue", "")).lower() == "true" else ""
        name = properties.get("QueueName") or context.generated_name(75) + suffix
        tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
        url = context.client("sqs").create_queue(QueueName=name, Attributes=self._attributes(properties), tags=tags)["QueueUrl"]
        return Created(url, {"Arn": context.arn("sqs", name), "QueueName": name, "QueueUrl": url})

    def update(self, context, before, properties):
        context.client("sqs").set_queue_attributes(QueueUrl=before.physical_id, Attributes=self._attributes(properties))

    def delete(self, context, resource):
        context.client("sqs").delete_queue(QueueUrl=resource.physical_id)


@resource("AWS::SQS::QueuePolicy")
class QueuePolicy(Handler):
    def _set(self, context, queues, policy):
        for url in queues:
            context.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})

    def create(self, context, properties):
        self._set(context, properties["Queues"], document(properties["PolicyDocument"]))
        return Created(context.generated_name(), {"Id": context.resource.logical_id})

    def update(self, context, before, properties):
        self._set(context, [url for url in before.properties["Queues"] if url not in properties["Queues"]], "")
        self._set(context, properties["Queues"], document(properties["PolicyDocument"]))

    def delete(self, context, resource):
        self._set(context, resource.properties["Queues"], "")


def _text(value):
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
