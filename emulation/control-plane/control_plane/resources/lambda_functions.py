"""Lambda: functions with their permissions, versions and aliases."""

import io
import zipfile

from ..errors import ResourceError
from .handler import Created, Handler, resource

_LAMBDA = "lambda"


def _code(properties):
    code = properties["Code"]
    if "ZipFile" in code:
        extension = "py" if properties.get("Runtime", "").startswith("python") else "js"
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr(f"index.{extension}", code["ZipFile"])
        return {"ZipFile": archive.getvalue()}
    return code


@resource("AWS::Lambda::Function")
class Function(Handler):
    def create(self, context, properties):
        name = properties.get("FunctionName") or context.generated_name(64)
        without = ("FunctionName", "Code", "Tags", "ReservedConcurrentExecutions")
        given = {key: value for key, value in properties.items() if key not in without}
        tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
        created = context.call(_LAMBDA, "create_function", given, FunctionName=name, Code=_code(properties), Tags=tags)
        context.resource.physical_id = name
        self._reserve(context, name, properties)
        return Created(name, {"Arn": created["FunctionArn"]})

    def _reserve(self, context, name, properties):
        if "ReservedConcurrentExecutions" in properties:
            count = int(properties["ReservedConcurrentExecutions"])
            context.client(_LAMBDA).put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=count)

    def update(self, context, before, properties):
        client, name = context.client(_LAMBDA), before.physical_id
        if before.properties["Code"] != properties["Code"]:
            client.update_function_code(FunctionName=name, **_code(properties))
        without = ("Code", "FunctionName", "Tags", "ReservedConcurrentExecutions", "Architectures", "PackageType")
        context.call(_LAMBDA, "update_function_configuration", properties, None, without, FunctionName=name)
        self._reserve(context, name, properties)

    def delete(self, context, resource):
        context.client(_LAMBDA).delete_function(FunctionName=resource.physical_id)


@resource("AWS::Lambda::Permission")
class Permission(Handler):
    def create(self, context, properties):
        statement = context.generated_name(100)
        context.call(_LAMBDA, "add_permission", properties, None, ("FunctionName",), FunctionName=properties["FunctionName"], StatementId=statement)
        return Created(statement, {"Id": statement})

    def delete(self, context, resource):
        context.client(_LAMBDA).remove_permission(FunctionName=resource.properties["FunctionName"], StatementId=resource.physical_id)


@resource("AWS::Lambda::Version")
class Version(Handler):
    def create(self, context, properties):
        without = ("ProvisionedConcurrencyConfig", "RuntimePolicy")
        if any(key in properties for key in without):
            raise ResourceError("Provisioned concurrency and runtime policies of AWS::Lambda::Version are not supported by this emulation.")
        created = context.call(_LAMBDA, "publish_version", properties)
        arn = created["FunctionArn"]
        return Created(arn, {"FunctionArn": arn, "Version": created["Version"]})

    def delete(self, context, resource):
        """A version goes with its function."""


@resource("AWS::Lambda::Alias")
class Alias(Handler):
    def create(self, context, properties):
        arn = context.call(_LAMBDA, "create_alias", properties)["AliasArn"]
        return Created(arn, {"AliasArn": arn})

    def update(self, context, before, properties):
        context.call(_LAMBDA, "update_alias", properties)

    def delete(self, context, resource):
        context.client(_LAMBDA).delete_alias(FunctionName=resource.properties["FunctionName"], Name=resource.properties["Name"])


@resource("AWS::Lambda::EventInvokeConfig")
class EventInvokeConfig(Handler):
    def create(self, context, properties):
        context.call(_LAMBDA, "put_function_event_invoke_config", properties)
        return Created(context.generated_name())

    def update(self, context, before, properties):
        context.call(_LAMBDA, "put_function_event_invoke_config", properties)

    def delete(self, context, resource):
        properties = resource.properties
        context.client(_LAMBDA).delete_function_event_invoke_config(FunctionName=properties["FunctionName"], Qualifier=properties["Qualifier"])


@resource("AWS::Lambda::LayerVersion")
class LayerVersion(Handler):
    def create(self, context, properties):
        named = {"LayerName": context.generated_name(64), **properties}
        arn = context.call(_LAMBDA, "publish_layer_version", named)["LayerVersionArn"]
        return Created(arn, {"LayerVersionArn": arn})

    def delete(self, context, resource):
        name, _, version = resource.physical_id.rpartition(":")
        context.client(_LAMBDA).delete_layer_version(LayerName=name, VersionNumber=int(version))
