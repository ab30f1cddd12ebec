"""Create, update and delete of a stack in CloudFormation's order: create and update first, clean up last, roll back on failure."""

import logging

from ..errors import reason_of
from ..resources.handler import Context, handler_for
from .application import Application
from .deletion import delete_resources
from .in_order import run_all_in_order
from .outputs import check_exports, outputs_of
from .parameters import resolved_parameters

log = logging.getLogger(__name__)


def create_stack(region, stack, template, parameters: dict) -> None:
    """Runs until the stack is created, or rolled back."""
    stack.template, stack.parameters = template, parameters
    stack.set_status("CREATE_IN_PROGRESS", "User Initiated")
    application, reason = _apply(region, stack, template, parameters)
    if reason is None:
        stack.set_status("CREATE_COMPLETE")
        return
    if stack.disable_rollback or stack.on_failure == "DO_NOTHING":
        stack.set_status("CREATE_FAILED", reason)
        return
    stack.set_status("ROLLBACK_IN_PROGRESS", f"{reason} Rollback requested by user.")
    errors = delete_resources(region, stack, list(stack.resources.values()), is_create_rolled_back=True)
    stack.outputs, stack.imports = [], set()
    if errors:
        stack.set_status("ROLLBACK_FAILED", _failed("delete", errors))
        return
    stack.set_status("ROLLBACK_COMPLETE")
    if stack.on_failure == "DELETE":
        delete_stack(region, stack)


def update_stack(region, stack, template, parameters: dict) -> None:
    """Runs until the stack is updated and cleaned up, or rolled back."""
    previous = stack.template, stack.parameters, stack.outputs, stack.imports, list(stack.tags)
    stack.is_cancelled = False
    stack.set_status("UPDATE_IN_PROGRESS", "User Initiated")
    application, reason = _apply(region, stack, template, parameters)
    if reason is None:
        stack.template, stack.parameters = template, parameters
        stack.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        removed = application.removed()
        for resource in removed:
            del stack.resources[resource.logical_id]
        # what replaced resources need is still needed by them, so both kinds are deleted in one order.
        delete_resources(region, stack, [resource for resource in application.replaced if resource.update_replace_policy == "Delete"] + removed)
        for resource in application.replaced:
            if resource.update_replace_policy != "Delete":
                stack.set_resource_status(resource, "DELETE_SKIPPED")
        stack.set_status("UPDATE_COMPLETE")
        return
    if stack.disable_rollback:
        stack.set_status("UPDATE_FAILED", reason)
        return
    stack.template, stack.parameters, stack.outputs, stack.imports, stack.tags = previous
    _roll_back_update(region, stack, application, reason)


def delete_stack(region, stack, retained=()) -> None:
    # what was cancelled for the deletion has ended.
    stack.is_cancelled = False
    stack.set_status("DELETE_IN_PROGRESS", "User Initiated")
    try:
        check_exports(region, stack, [])
    except Exception as error:  # noqa: BLE001 - the reason is what the stack reports
        stack.set_status("DELETE_FAILED", reason_of(error))
        return
    resources = list(stack.resources.values())
    for resource in resources:
        if resource.logical_id in retained:
            resource.deletion_policy = "Retain"
    errors = delete_resources(region, stack, resources)
    stack.resources = {name: resource for name, resource in stack.resources.items() if not resource.status.startswith("DELETE_") or name in errors}
    if errors:
        stack.set_status("DELETE_FAILED", _failed("delete", errors))
        return
    stack.resources, stack.outputs, stack.imports = {}, [], set()
    stack.set_status("DELETE_COMPLETE")
    stack.deleted_at = stack.events[-1].at


def _apply(region, stack, template, parameters):
    """Returns the application and, where it failed, one sentence with the reason."""
    application = None
    try:
        application = Application(region, stack, template, resolved_parameters(template, parameters, region.client))
        errors = application.run()
        if errors:
            return application, _failed("create" if stack.status.startswith("CREATE") else "update", errors)
        if stack.is_cancelled:
            return application, "The update was cancelled."
        outputs = outputs_of(template, application.values)
        check_exports(region, stack, outputs)
        stack.outputs, stack.imports = outputs, application.imports
        return application, None
    except Exception as error:  # noqa: BLE001 - whatever failed is the reason that the stack reports
        log.debug("stack %s", stack.name, exc_info=True)
        return application, reason_of(error)


def _roll_back_update(region, stack, application, reason):
    stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", reason)
    new = []
    touched = application.before if application else {}

    def roll_back(name):
        before, current = touched[name], stack.resources[name]
        if before is None:
            return
        if current.physical_id == before.physical_id and current.type == before.type:
            _update_back(region, stack, current, before)
        stack.resources[name] = before
        stack.set_resource_status(before, "UPDATE_COMPLETE")

    for name, before in touched.items():
        current = stack.resources[name]
        if before is None or current.physical_id != before.physical_id or current.type != before.type:
            new.append(current)
    graph = {name: (before or stack.resources[name]).needed & touched.keys() for name, before in touched.items()}
    errors = run_all_in_order(graph, roll_back)
    for name, before in touched.items():
        if before is None:
            del stack.resources[name]
    if errors:
        stack.set_status("UPDATE_ROLLBACK_FAILED", _failed("update", errors))
        return
    stack.set_status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
    delete_resources(region, stack, [resource for resource in new if resource.physical_id], is_create_rolled_back=True)
    stack.set_status("UPDATE_ROLLBACK_COMPLETE")


def _update_back(region, stack, current, before):
    stack.set_resource_status(current, "UPDATE_IN_PROGRESS")
    try:
        handler_for(before.type).update(Context(region, stack, before), current, before.properties)
    except Exception as error:
        stack.set_resource_status(current, "UPDATE_FAILED", reason_of(error))
        raise


def _failed(verb, errors):
    names = ", ".join(sorted(errors))
    return f"The following resource(s) failed to {verb}: [{names}]."
