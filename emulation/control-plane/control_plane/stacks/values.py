"""Intrinsic functions: the value of everything in a template."""

import base64
import ipaddress
import json
import re

from ..errors import ResourceError, TemplateError
from .dynamic_references import resolve_dynamic_references

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")


class _NoValue:
    """AWS::NoValue: what has it is left out."""


NO_VALUE = _NoValue()


class Unknown:
    """The value of a resource that does not exist yet. It equals nothing, so whatever contains it counts as changed."""

    def __repr__(self):
        return "{{known after deployment}}"


class Values:
    """Resolves values for one operation on a stack."""

    def __init__(self, template, parameters: dict, pseudo: dict, ref, attribute, import_value, client):
        self.template = template
        self.parameters = parameters
        self.pseudo = pseudo
        self._ref = ref
        self._attribute = attribute
        self._import_value = import_value
        self._client = client
        self._conditions: dict = {}

    def resolve(self, node):
        if isinstance(node, list):
            return [value for value in (self.resolve(item) for item in node) if value is not NO_VALUE]
        if isinstance(node, dict):
            return self._resolve_dict(node)
        if isinstance(node, str) and "{{resolve:" in node:
            return resolve_dynamic_references(node, self._client)
        return node

    def _resolve_dict(self, node):
        if len(node) == 1:
            ((key, value),) = node.items()
            if key == "Ref":
                return self.ref(value)
            if key == "Condition" and isinstance(value, str) and value in self.template.conditions:
                return self.condition(value)
            if key.startswith("Fn::"):
                return self._function(key[4:], value)
        resolved = {key: self.resolve(value) for key, value in node.items()}
        return {key: value for key, value in resolved.items() if value is not NO_VALUE}

    def ref(self, name: str):
        if name == "AWS::NoValue":
            return NO_VALUE
        if name in self.pseudo:
            return self.pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        if name in self.template.resources:
            return self._ref(name)
        raise TemplateError(f"Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template")

    def condition(self, name: str) -> bool:
        if name not in self.template.conditions:
            raise TemplateError(f"Template error: the condition {name} does not exist.")
        if name not in self._conditions:
            self._conditions[name] = bool(self.resolve(self.template.conditions[name]))
        return self._conditions[name]

    def _function(self, name, argument):
        function = getattr(self, f"_fn_{name.lower()}", None)
        if function is None:
            raise TemplateError(f"Template error: the intrinsic function Fn::{name} is not supported by this emulation.")
        return function(argument)

    def _fn_getatt(self, argument):
        name, attribute = argument.split(".", 1) if isinstance(argument, str) else (argument[0], self.resolve(argument[1]))
        if name not in self.template.resources:
            raise TemplateError(f"Template error: instance of Fn::GetAtt references undefined resource {name}")
        return self._attribute(name, attribute)

    def _fn_sub(self, argument):
        text, own = (argument[0], self.resolve(argument[1])) if isinstance(argument, list) else (argument, {})
        unknown = []

        def substitute(match):
            name = match.group(1).strip()
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in own:
                value = own[name]
            else:
                value = self._fn_getatt(name) if "." in name else self.ref(name)
            if isinstance(value, Unknown):
                unknown.append(value)
            return as_text(value)

        result = _PLACEHOLDER.sub(substitute, text)
        return unknown[0] if unknown else self.resolve(result)

    def _fn_join(self, argument):
        delimiter, values = argument
        values = self.resolve(values)
        if isinstance(values, Unknown):
            return values
        for value in values:
            if isinstance(value, Unknown):
                return value
        return self.resolve(delimiter.join(as_text(value) for value in values))

    def _fn_select(self, argument):
        index, values = int(self.resolve(argument[0])), self.resolve(argument[1])
        if isinstance(values, Unknown):
            return values
        if not 0 <= index < len(values):
            raise TemplateError(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
        return values[index]

    def _fn_split(self, argument):
        delimiter, text = argument
        text = self.resolve(text)
        return text if isinstance(text, Unknown) else text.split(delimiter)

    def _fn_if(self, argument):
        name, yes, no = argument
        return self.resolve(yes if self.condition(name) else no)

    def _fn_equals(self, argument):
        left, right = self.resolve(argument)
        return as_text(left) == as_text(right)

    def _fn_and(self, argument):
        return all(self.resolve(argument))

    def _fn_or(self, argument):
        return any(self.resolve(argument))

    def _fn_not(self, argument):
        return not self.resolve(argument)[0]

    def _fn_contains(self, argument):
        values, value = self.resolve(argument)
        return value in values

    def _fn_importvalue(self, argument):
        name = self.resolve(argument)
        return name if isinstance(name, Unknown) else self._import_value(name)

    def _fn_findinmap(self, argument):
        keys = [self.resolve(item) for item in argument[:3]]
        default = argument[3].get("DefaultValue") if len(argument) > 3 else None
        value = self.template.mappings
        for key in keys:
            if not isinstance(value, dict) or key not in value:
                if default is not None:
                    return self.resolve(default)
                raise TemplateError(f"Template error: Unable to get mapping for {'::'.join(map(str, keys))}")
            value = value[key]
        return value

    def _fn_base64(self, argument):
        value = self.resolve(argument)
        return value if isinstance(value, Unknown) else base64.b64encode(value.encode()).decode()

    def _fn_getazs(self, argument):
        region = self.resolve(argument) or self.pseudo["AWS::Region"]
        zones = self._client("ec2", region).describe_availability_zones()["AvailabilityZones"]
        return [zone["ZoneName"] for zone in zones]

    def _fn_cidr(self, argument):
        block, count = self.resolve(argument[0]), int(self.resolve(argument[1]))
        if isinstance(block, Unknown):
            return [block] * count
        bits = int(self.resolve(argument[2])) if len(argument) > 2 else 8
        network = ipaddress.ip_network(block)
        subnets = network.subnets(new_prefix=network.max_prefixlen - bits)
        try:
            return [str(next(subnets)) for _ in range(count)]
        except StopIteration:
            raise TemplateError(f"Template error: Fn::Cidr cannot make {count} ranges with {bits} bits in {block}") from None

    def _fn_tojsonstring(self, argument):
        return json.dumps(self.resolve(argument))

    def _fn_length(self, argument):
        return len(self.resolve(argument))


def as_text(value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        raise ResourceError(f"Template error: a text is needed, got {json.dumps(value, default=str)}.")
    return str(value)
