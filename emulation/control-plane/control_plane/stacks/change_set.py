"""Change sets: what an update would do, before it is done."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from ..resources.handler import handler_for
from .parameters import check_rules, resolved_parameters
from .references import dependency_graph
from .stack import Stack, now
from .template import Template, as_json
from .values import Unknown

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


@dataclass
class ChangeSet:
    name: str
    stack: Stack
    template: Template
    parameters: dict
    type: str
    tags: list = field(default_factory=list)
    settings: dict = field(default_factory=dict)
    description: str = ""
    changes: list = field(default_factory=list)
    status: str = "CREATE_COMPLETE"
    status_reason: str = ""
    execution_status: str = "AVAILABLE"
    id: str = ""
    created_at: datetime = field(default_factory=now)

    def __post_init__(self):
        stack = self.stack
        self.id = f"arn:{stack.partition}:cloudformation:{stack.region}:{stack.account}:changeSet/{self.name}/{uuid.uuid4()}"


def planned_changes(region, stack: Stack, template: Template, parameters: dict) -> list[dict]:
    """What would be added, modified and removed. What depends on a resource that is replaced counts as modified."""
    plan = _Plan(region, stack, template, parameters)
    return plan.changes()


class _Plan:
    def __init__(self, region, stack, template, parameters):
        self.stack = stack
        self.template = template
        resolved = resolved_parameters(template, parameters, region.client)
        self.values = region.values(stack, template, resolved, self._ref, self._attribute, set())
        self.replaced: set = set()
        check_rules(template, self.values)

    def _ref(self, name):
        existing = self.stack.resources.get(name)
        return Unknown() if existing is None or name in self.replaced else existing.physical_id

    def _attribute(self, name, attribute):
        existing = self.stack.resources.get(name)
        if existing is None or name in self.replaced or attribute not in existing.attributes:
            return Unknown()
        return existing.attributes[attribute]

    def changes(self):
        wanted = {
            name: definition
            for name, definition in self.template.resources.items()
            if "Condition" not in definition or self.values.condition(definition["Condition"])
        }
        found = {}
        for name in _ordered(dependency_graph(wanted, self.template.resources)):
            change = self._change(name, wanted[name])
            if change:
                found[name] = change
        removed = {name: _remove(resource) for name, resource in self.stack.resources.items() if name not in wanted}
        return [found[name] for name in wanted if name in found] + list(removed.values())

    def _change(self, name, definition):
        existing = self.stack.resources.get(name)
        kind = definition["Type"]
        if existing is None:
            return _described("Add", name, kind)
        properties = self.values.resolve(definition.get("Properties", {}))
        if existing.type == kind and as_json(existing.properties) == as_json(properties):
            return None
        is_replaced = existing.type != kind or handler_for(kind).needs_replacement(existing.properties, properties)
        if is_replaced:
            self.replaced.add(name)
        changed = [key for key in {**existing.properties, **properties} if as_json(existing.properties.get(key)) != as_json(properties.get(key))]
        return _modify(existing, is_replaced, changed)


def _ordered(graph):
    remaining = {name: set(needed) for name, needed in graph.items()}
    while remaining:
        ready = [name for name, needed in remaining.items() if not needed & remaining.keys()]
        for name in ready:
            del remaining[name]
        yield from ready


def _described(action, name, kind, physical_id=None):
    change = {"Action": action, "LogicalResourceId": name, "ResourceType": kind, "Scope": [], "Details": []}
    if physical_id:
        change["PhysicalResourceId"] = physical_id
    return {"Type": "Resource", "ResourceChange": change}


def _remove(resource):
    return _described("Remove", resource.logical_id, resource.type, resource.physical_id)


def _modify(existing, is_replaced, changed):
    described = _described("Modify", existing.logical_id, existing.type, existing.physical_id)
    recreation = "Always" if is_replaced else "Never"
    described["ResourceChange"].update(
        Replacement="True" if is_replaced else "False",
        Scope=["Properties"],
        Details=[
            {"Target": {"Attribute": "Properties", "Name": key, "RequiresRecreation": recreation}, "Evaluation": "Static", "ChangeSource": "DirectModification"}
            for key in changed
        ],
    )
    return described
