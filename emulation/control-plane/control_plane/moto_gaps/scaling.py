"""What Application Auto Scaling refuses and moto accepts, and names of policies that moto does not look at."""

import json

from moto.applicationautoscaling.models import ApplicationAutoscalingBackend
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.exceptions import JsonRESTError

from .wrapping import checked_before


def refuse_what_aws_refuses() -> None:
    checked_before(ApplicationAutoscalingBackend, "register_scalable_target", _check_target)
    checked_before(ApplicationAutoscalingBackend, "put_scaling_policy", _check_policy)
    _describe_by_name()


def _describe_by_name():
    """moto returns all policies, whatever names a request has."""
    original = ApplicationAutoScalingResponse.describe_scaling_policies

    def describe_scaling_policies(self):
        found, names = json.loads(original(self)), self._get_param("PolicyNames")
        if names:
            found["ScalingPolicies"] = [policy for policy in found["ScalingPolicies"] if policy["PolicyName"] in names]
        return json.dumps(found)

    ApplicationAutoScalingResponse.describe_scaling_policies = describe_scaling_policies


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
