"""CloudWatch Logs: log groups and what is attached to them."""

from .handler import Created, Handler, resource
from .iam import document

_LOGS = "logs"


@resource("AWS::Logs::LogGroup")
class LogGroup(Handler):
    def create(self, context, properties):
        name = properties.get("LogGroupName") or context.generated_name(255)
        given = {key: properties[key] for key in ("KmsKeyId", "Tags", "LogGroupClass", "DeletionProtectionEnabled") if key in properties}
        context.call(_LOGS, "create_log_group", given, None, ("DeletionProtectionEnabled",), logGroupName=name)
        context.resource.physical_id = name
        self._retain(context, name, properties)
        return Created(name, {"Arn": context.arn("logs", f"log-group:{name}:*")})

    def _retain(self, context, name, properties):
        if "RetentionInDays" in properties:
            context.client(_LOGS).put_retention_policy(logGroupName=name, retentionInDays=int(properties["RetentionInDays"]))

    def update(self, context, before, properties):
        if "RetentionInDays" not in properties and "RetentionInDays" in before.properties:
            context.client(_LOGS).delete_retention_policy(logGroupName=before.physical_id)
        self._retain(context, before.physical_id, properties)

    def delete(self, context, resource):
        context.client(_LOGS).delete_log_group(logGroupName=resource.physical_id)


@resource("AWS::Logs::LogStream")
class LogStream(Handler):
    def create(self, context, properties):
        name = properties.get("LogStreamName") or context.generated_name()
        context.client(_LOGS).create_log_stream(logGroupName=properties["LogGroupName"], logStreamName=name)
        return Created(name)

    def delete(self, context, resource):
        context.client(_LOGS).delete_log_stream(logGroupName=resource.properties["LogGroupName"], logStreamName=resource.physical_id)


class _Named(Handler):
    """What is put under a name, and deleted by it."""

    put = ""
    remove = ""
    name_property = ""
    parameter = ""
    owner: tuple = ()

    def create(self, context, properties):
        name = properties.get(self.name_property) or context.generated_name()
        self._put(context, name, properties)
        return Created(name)

    def _put(self, context, name, properties):
        context.call(_LOGS, self.put, properties, None, (self.name_property,), **{self.parameter: name})

    def update(self, context, before, properties):
        self._put(context, before.physical_id, properties)

    def delete(self, context, resource):
        owner = {name[0].lower() + name[1:]: resource.properties[name] for name in self.owner}
        getattr(context.client(_LOGS), self.remove)(**{self.parameter: resource.physical_id}, **owner)


@resource("AWS::Logs::MetricFilter")
class MetricFilter(_Named):
    put, remove, name_property, parameter, owner = "put_metric_filter", "delete_metric_filter", "FilterName", "filterName", ("LogGroupName",)

    def _put(self, context, name, properties):
        transformations = []
        for one in properties["MetricTransformations"]:
            dimensions = {pair["Key"]: pair["Value"] for pair in one.get("Dimensions", [])}
            transformations.append({**one, **({"Dimensions": dimensions} if dimensions else {})})
        super()._put(context, name, {**properties, "MetricTransformations": transformations})


@resource("AWS::Logs::SubscriptionFilter")
class SubscriptionFilter(_Named):
    put, remove, name_property, parameter = "put_subscription_filter", "delete_subscription_filter", "FilterName", "filterName"
    owner = ("LogGroupName",)


@resource("AWS::Logs::ResourcePolicy")
class ResourcePolicy(_Named):
    put, remove, name_property, parameter = "put_resource_policy", "delete_resource_policy", "PolicyName", "policyName"

    def _put(self, context, name, properties):
        super()._put(context, name, {**properties, "PolicyDocument": document(properties["PolicyDocument"])})


@resource("AWS::Logs::QueryDefinition")
class QueryDefinition(Handler):
    def create(self, context, properties):
        identifier = context.call(_LOGS, "put_query_definition", properties)["queryDefinitionId"]
        return Created(identifier, {"QueryDefinitionId": identifier})

    def update(self, context, before, properties):
        context.call(_LOGS, "put_query_definition", properties, None, (), queryDefinitionId=before.physical_id)

    def delete(self, context, resource):
        context.client(_LOGS).delete_query_definition(queryDefinitionId=resource.physical_id)
