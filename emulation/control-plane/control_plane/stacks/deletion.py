"""Deletes resources of a stack, each after all that need it."""

import time

from botocore.exceptions import ClientError

from ..errors import is_not_found, reason_of
from ..resources.handler import Context, handler_for
from .in_order import run_all_in_order
from .references import reversed_graph
from .stack import StackResource

# what is still attached to a resource goes a moment later, such as the network interfaces of a stopping task.
IN_USE_SECONDS = 120
_IN_USE = ("DependencyViolation", "DeleteConflict", "ResourceInUse", "InUse", "ClusterContains")


def delete_resources(region, stack, resources: list[StackResource], policy: str = "deletion_policy", is_create_rolled_back: bool = False) -> dict:
    """
    Returns the error of each resource, by its index in the list, that was not deleted.

    The old and the new version of a replaced resource can be in the list together, so names would not be unique.
    """
    by_key = {str(index): resource for index, resource in enumerate(resources)}
    keys_of: dict = {}
    for key, resource in by_key.items():
        keys_of.setdefault(resource.logical_id, set()).add(key)
    graph = {
        key: {other for name in resource.needed if name != resource.logical_id for other in keys_of.get(name, ())}
        for key, resource in by_key.items()
    }
    failed: set = set()
    order = reversed_graph(graph)

    def delete(key):
        # what a resource that was not deleted needs stays too.
        if order[key] & failed:
            failed.add(key)
            return
        try:
            delete_resource(region, stack, by_key[key], getattr(by_key[key], policy), is_create_rolled_back)
        except Exception:
            failed.add(key)
            raise

    errors = run_all_in_order(order, delete)
    return {by_key[key].logical_id: error for key, error in errors.items()}


def delete_resource(region, stack, resource: StackResource, policy: str, is_create_rolled_back: bool) -> None:
    is_retained = policy == "Retain" or (policy == "RetainExceptOnCreate" and not is_create_rolled_back)
    if is_retained and resource.physical_id:
        stack.set_resource_status(resource, "DELETE_SKIPPED")
        return
    stack.set_resource_status(resource, "DELETE_IN_PROGRESS")
    try:
        if resource.physical_id:
            _delete_when_unused(handler_for(resource.type), Context(region, stack, resource), resource)
    except Exception as error:
        stack.set_resource_status(resource, "DELETE_FAILED", reason_of(error))
        raise
    stack.set_resource_status(resource, "DELETE_COMPLETE")


def _delete_when_unused(handler, context, resource):
    deadline = time.monotonic() + IN_USE_SECONDS
    while True:
        try:
            handler.delete(context, resource)
            return
        except ClientError as error:
            if is_not_found(error):
                return
            code = error.response.get("Error", {}).get("Code", "")
            if not any(word in code for word in _IN_USE) or time.monotonic() > deadline:
                raise
        time.sleep(0.5)
