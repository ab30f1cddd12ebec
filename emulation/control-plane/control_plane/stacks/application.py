"""Brings the resources of a stack to what a template says: creates, updates or replaces each after those that it needs."""

from dataclasses import replace

from ..errors import ResourceError, TemplateError, reason_of
from ..resources.handler import Context, handler_for
from ..resources.schema import check_properties
from .in_order import run_in_order
from .references import dependency_graph
from .stack import StackResource
from .template import as_json


class Application:
    """One create or update of a stack, with what is needed to roll it back."""

    def __init__(self, region, stack, template, parameters: dict):
        self.region = region
        self.stack = stack
        self.template = template
        self.imports: set = set()
        self.values = region.values(stack, template, parameters, self._ref, self._attribute, self.imports)
        # of each resource that was touched what it was, or nothing where it is new.
        self.before: dict[str, StackResource | None] = {}
        self.replaced: list[StackResource] = []

    def wanted(self) -> dict:
        """The resources of the template whose condition is true."""
        return {
            name: definition
            for name, definition in self.template.resources.items()
            if "Condition" not in definition or self.values.condition(definition["Condition"])
        }

    def run(self) -> dict:
        """Returns the errors by logical ID."""
        wanted = self.wanted()
        self._graph = dependency_graph(wanted, self.template.resources)
        return run_in_order(self._graph, lambda name: self._apply(name, wanted[name]), lambda: self.stack.is_cancelled)

    def removed(self) -> list[StackResource]:
        """What the stack has and the template has not."""
        wanted = self.wanted()
        return [resource for name, resource in self.stack.resources.items() if name not in wanted]

    def _ref(self, name):
        return self._resource(name).physical_id

    def _attribute(self, name, attribute):
        resource = self._resource(name)
        if attribute not in resource.attributes:
            raise TemplateError(f"Requested attribute {attribute} does not exist in schema for {resource.type} ({name})")
        return resource.attributes[attribute]

    def _resource(self, name) -> StackResource:
        resource = self.stack.resources.get(name)
        if resource is None:
            raise TemplateError(f"Template error: the resource {name} is referred to and its condition is false.")
        return resource

    def _apply(self, name, definition):
        existing = self.stack.resources.get(name)
        fresh = StackResource(
            logical_id=name,
            type=definition["Type"],
            needed=self._graph[name],
            deletion_policy=definition.get("DeletionPolicy", "Delete"),
            update_replace_policy=definition.get("UpdateReplacePolicy", "Delete"),
            metadata=definition.get("Metadata", {}),
        )
        try:
            handler = handler_for(fresh.type)
            fresh.properties = self.values.resolve(definition.get("Properties", {}))
            check_properties(fresh.type, fresh.properties)
        except Exception as error:
            if existing is None:
                self.before[name] = None
                self.stack.resources[name] = fresh
            self._fail(existing or fresh, "UPDATE_FAILED" if existing else "CREATE_FAILED", error)
        if existing is None:
            self._create(handler, fresh)
        elif existing.type != fresh.type or handler.needs_replacement(existing.properties, fresh.properties):
            self._replace(handler, existing, fresh)
        elif as_json(existing.properties) != as_json(fresh.properties):
            self._update(handler, existing, fresh)
        else:
            for field in ("needed", "deletion_policy", "update_replace_policy", "metadata"):
                setattr(existing, field, getattr(fresh, field))

    def _create(self, handler, fresh):
        self.before[fresh.logical_id] = None
        self.stack.resources[fresh.logical_id] = fresh
        self._run_create(handler, fresh, "CREATE")

    def _replace(self, handler, existing, fresh):
        self.before[fresh.logical_id] = existing
        self.stack.set_resource_status(existing, "UPDATE_IN_PROGRESS", "Requested update requires the creation of a new physical resource; hence creating one.")
        self.stack.resources[fresh.logical_id] = fresh
        self._run_create(handler, fresh, "UPDATE")
        if fresh.physical_id != existing.physical_id or fresh.type != existing.type:
            self.replaced.append(existing)

    def _run_create(self, handler, fresh, verb):
        self.stack.set_resource_status(fresh, f"{verb}_IN_PROGRESS", "", as_json(fresh.properties))
        try:
            created = handler.create(Context(self.region, self.stack, fresh), fresh.properties)
        except Exception as error:
            self._fail(fresh, f"{verb}_FAILED", error)
        fresh.physical_id, fresh.attributes = created.physical_id, created.attributes
        self.stack.set_resource_status(fresh, f"{verb}_COMPLETE", "", as_json(fresh.properties))

    def _update(self, handler, existing, fresh):
        self.before[fresh.logical_id] = replace(existing)
        fresh.physical_id, fresh.attributes = existing.physical_id, dict(existing.attributes)
        self.stack.resources[fresh.logical_id] = fresh
        self.stack.set_resource_status(fresh, "UPDATE_IN_PROGRESS", "", as_json(fresh.properties))
        try:
            updated = handler.update(Context(self.region, self.stack, fresh), existing, fresh.properties)
        except Exception as error:
            self._fail(fresh, "UPDATE_FAILED", error)
        if updated is not None:
            if updated.physical_id != existing.physical_id:
                self.replaced.append(existing)
            fresh.physical_id, fresh.attributes = updated.physical_id, updated.attributes
        self.stack.set_resource_status(fresh, "UPDATE_COMPLETE", "", as_json(fresh.properties))

    def _fail(self, resource, status, error):
        reason = reason_of(error)
        self.stack.set_resource_status(resource, status, reason)
        raise ResourceError(reason) from error
