"""What the handler of a resource type has, and the table of all handlers."""

import random
import string
from dataclasses import dataclass, field

from ..aws_client import client
from ..errors import ResourceError
from ..request_parameters import request_parameters
from .schema import replacing_properties

_handlers: dict = {}
_RANDOM = random.SystemRandom()


@dataclass
class Created:
    """A resource that exists: what Ref returns, and what Fn::GetAtt returns."""

    physical_id: str
    attributes: dict = field(default_factory=dict)


class Context:
    """What a handler works with: the API of each service, and the place of the resource."""

    def __init__(self, region, stack, resource):
        self.stacks = region
        self.stack = stack
        self.resource = resource
        self.region = stack.region
        self.account = stack.account
        self.partition = stack.partition

    def client(self, service: str):
        return client(service, self.region, self.account)

    def call(self, service: str, operation: str, properties: dict, rename: dict | None = None, without=(), /, **extra):
        """Calls an operation with the properties of a resource, and with further parameters under their names in the API."""
        api = self.client(service)
        shape = api.meta.service_model.operation_model(api.meta.method_to_api_mapping[operation]).input_shape
        parameters = request_parameters(shape, properties, self.resource.type, rename, without)
        return getattr(api, operation)(**{**parameters, **extra})

    def arn(self, service: str, resource: str, is_global: bool = False) -> str:
        return f"arn:{self.partition}:{service}:{'' if is_global else self.region}:{self.account}:{resource}"

    def generated_name(self, max_length: int = 64, is_lower_case: bool = False) -> str:
        """The name that CloudFormation makes from those of the stack and the resource, with random characters."""
        suffix = "".join(_RANDOM.choice(string.ascii_letters + string.digits) for _ in range(12))
        room = max_length - len(suffix) - 2
        parts = [self.stack.name, self.resource.logical_id]
        if sum(map(len, parts)) > room:
            half = room // 2
            first = parts[0][: max(half, room - len(parts[1]))]
            parts = [first.rstrip("-"), parts[1][: room - len(first)]]
        name = "-".join([*parts, suffix])
        return name.lower() if is_lower_case else name


class Handler:
    """A type without `update` is replaced by every change."""

    type = ""

    def create(self, context: Context, properties: dict) -> Created:
        raise NotImplementedError

    def update(self, context: Context, before, properties: dict) -> Created | None:
        """`before` is the resource as it was. Returns nothing where name and attributes stay."""
        raise NotImplementedError

    def delete(self, context: Context, resource) -> None:
        raise NotImplementedError

    def needs_replacement(self, before: dict, after: dict) -> bool:
        if type(self).update is Handler.update:
            return before != after
        return any(before.get(name) != after.get(name) for name in self.replaced_by(before, after))

    def replaced_by(self, before: dict, after: dict) -> set:
        """The properties whose change replaces the resource: those of CloudFormation's schema."""
        return replacing_properties(self.type)


def resource(*types: str):
    """Registers the handler of one or more types."""

    def register(handler: type) -> type:
        for name in types:
            registered = handler()
            registered.type = name
            _handlers[name] = registered
        return handler

    return register


def handler_for(name: str) -> Handler:
    found = _handlers.get("AWS::CloudFormation::CustomResource" if name.startswith("Custom::") else name)
    if found is None:
        raise ResourceError(f"The resource type {name} is not supported by this emulation.")
    return found


def supported_types() -> list[str]:
    return sorted(_handlers)
