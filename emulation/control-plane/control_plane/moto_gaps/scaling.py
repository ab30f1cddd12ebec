"""What Application Auto Scaling refuses and moto accepts."""

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend
from moto.core.exceptions import JsonRESTError

from .wrapping import checked_before


def refuse_what_aws_refuses() -> None:
    checked_before(ApplicationAutoscalingBackend, "register_scalable_target", _check_target)
    checked_before(ApplicationAutoscalingBackend, "put_scaling_policy", _check_policy)


def _check_target(backend, given):
    current = backend.targets.get(given["dimension"], {}).get(given["r_id"])
    least = given["min_capacity"] if given["min_capacity"] is not None else getattr(current, "min_capacity", None)
    most = given["max_capacity"] if given["max_capacity"] is not None else getattr(current, "max_capacity", None)
    if least is None or most is None:
        raise JsonRESTError("ValidationException", "Capacity must be specified for a new scalable target: MinCapacity and MaxCapacity.")
    if int(least) > int(most):
        raise JsonRESTError("ValidationException", "Maximum capacity cannot be less than minimum capacity")


def _check_policy(backend, given):
    if given["resource_id"] not in backend.targets.get(given["scalable_dimension"], {}):
        identity = f"service namespace: {given['service_namespace']}, resource ID: {given['resource_id']}"
        raise JsonRESTError("ObjectNotFoundException", f"No scalable target registered for {identity}, scalable dimension: {given['scalable_dimension']}")
