"""Custom resources: a Lambda function, run here, does the work and sends its response over HTTP."""

import json
import time
import uuid

from ..custom_resource_responses import response_place
from ..errors import ResourceError
from .handler import Created, Handler, resource

# AWS waits for an hour.
WAIT_SECONDS = 3600
MAX_RESPONSE_BYTES = 4096


@resource("AWS::CloudFormation::CustomResource")
class CustomResource(Handler):
    _OWN = ("ServiceTimeout",)

    def create(self, context, properties):
        return self._run(context, "Create", properties, context.resource)

    def update(self, context, before, properties):
        return self._run(context, "Update", properties, context.resource, OldResourceProperties=_texts(before.properties))

    def replaced_by(self, before, after):
        return {"ServiceToken"}

    def delete(self, context, resource):
        self._run(context, "Delete", resource.properties, resource)

    def _run(self, context, kind, properties, resource, **more):
        token = properties.get("ServiceToken")
        if not token:
            raise ResourceError("A custom resource needs a ServiceToken.")
        place = response_place()
        event = {
            "RequestType": kind,
            "ServiceToken": token,
            "ResponseURL": place.url,
            "StackId": context.stack.id,
            "RequestId": str(uuid.uuid4()),
            "LogicalResourceId": resource.logical_id,
            "ResourceType": resource.type,
            "ResourceProperties": _texts(properties),
            **more,
        }
        if kind != "Create":
            event["PhysicalResourceId"] = resource.physical_id
        try:
            _notify(context, token, event)
            response = self._await(context, place, properties)
        finally:
            place.close()
        if kind == "Create" and response.get("PhysicalResourceId"):
            # also where it failed: what there is of it is deleted when the stack rolls back.
            context.resource.physical_id = response["PhysicalResourceId"]
        if response.get("Status") != "SUCCESS":
            raise ResourceError(f"Received response status [FAILED] from custom resource. Message returned: {response.get('Reason', 'no reason')}")
        return _created(response, resource)

    def _await(self, context, place, properties):
        deadline = time.monotonic() + float(properties.get("ServiceTimeout", WAIT_SECONDS))
        while time.monotonic() < deadline:
            response = place.wait(1)
            if response is not None:
                return response
            if context.stack.is_cancelled:
                raise ResourceError("Resource creation cancelled")
        raise ResourceError("CloudFormation did not receive a response from your Custom Resource.")


def _created(response, resource):
    data = response.get("Data") or {}
    size = len(json.dumps(response).encode())
    if size > MAX_RESPONSE_BYTES:
        raise ResourceError(f"Response object is too long: {size} bytes, and CloudFormation takes {MAX_RESPONSE_BYTES}.")
    return Created(response.get("PhysicalResourceId") or resource.physical_id, data)


def _notify(context, token, event):
    if ":sns:" in token:
        context.client("sns").publish(TopicArn=token, Message=json.dumps(event))
        return
    # an event, as CloudFormation sends it: the function's response comes over HTTP, and what it returns is not read.
    answer = context.client("lambda").invoke(FunctionName=token, Payload=json.dumps(event).encode())
    if answer.get("FunctionError"):
        failure = json.loads(answer["Payload"].read() or b"{}")
        raise ResourceError(f"The function {token} failed: {failure.get('errorMessage', failure)}")


def _texts(value):
    """The properties of a custom resource reach its function as texts."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if value is None else str(value)
