"""A template: parsed from JSON or YAML with CloudFormation's short forms, and checked before anything is created."""

import datetime
import json
from dataclasses import dataclass, field

import yaml

from ..errors import TemplateError

_SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
}
_RESOURCE_KEYS = {
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Description",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
    "Version",
}


@dataclass
class Template:
    body: str
    description: str = ""
    parameters: dict = field(default_factory=dict)
    mappings: dict = field(default_factory=dict)
    conditions: dict = field(default_factory=dict)
    rules: dict = field(default_factory=dict)
    resources: dict = field(default_factory=dict)
    outputs: dict = field(default_factory=dict)
    metadata: dict = field(default_factory=dict)


class _Loader(yaml.SafeLoader):
    """YAML whose tags are intrinsic functions."""


def _intrinsic(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _intrinsic)
# a template's dates, such as those of policy versions, are texts.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse_template(body: str) -> Template:
    data = _load(body)
    if not isinstance(data, dict):
        raise TemplateError("Template format error: unsupported structure.")
    unknown = sorted(set(data) - _SECTIONS)
    if unknown:
        raise TemplateError(f"Invalid template property or properties [{', '.join(unknown)}]")
    if data.get("Transform"):
        raise TemplateError(f"Transforms are not supported by this emulation: remove {data['Transform']} or synthesize what it would make.")
    resources = data.get("Resources")
    if not isinstance(resources, dict) or not resources:
        raise TemplateError("Template format error: At least one Resources member must be defined.")
    template = Template(
        body=body,
        description=data.get("Description") or "",
        parameters=data.get("Parameters") or {},
        mappings=data.get("Mappings") or {},
        conditions=data.get("Conditions") or {},
        rules=data.get("Rules") or {},
        resources=resources,
        outputs=data.get("Outputs") or {},
        metadata=data.get("Metadata") or {},
    )
    _check_resources(template)
    return template


def _load(body):
    try:
        return json.loads(body)
    except ValueError:
        pass
    try:
        return yaml.load(body, Loader=_Loader)  # noqa: S506 - a loader derived from SafeLoader
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f" (line {place.line + 1}, column {place.column + 1})" if place else ""
        raise TemplateError(f"Template format error: YAML not well-formed.{where}") from None


def _check_resources(template):
    for name, resource in template.resources.items():
        if not name.isalnum():
            raise TemplateError(f"Template format error: Resource name {name} is non alphanumeric.")
        if not isinstance(resource, dict) or not isinstance(resource.get("Type"), str):
            raise TemplateError(f"Template format error: [/Resources/{name}] Every Resources object must contain a Type member.")
        unknown = sorted(set(resource) - _RESOURCE_KEYS)
        if unknown:
            raise TemplateError(f"Invalid template resource property '{unknown[0]}'")
        if resource.get("Condition") is not None and resource["Condition"] not in template.conditions:
            raise TemplateError(f"Template format error: Unresolved condition dependency {resource['Condition']} in the Resources block of the template")


def as_json(value) -> str:
    """A canonical text of a value, to compare values by."""
    return json.dumps(value, sort_keys=True, default=_text)


def _text(value):
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return str(value)
