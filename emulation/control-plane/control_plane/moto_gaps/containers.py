"""What ECS refuses and moto accepts, and what a service was given and moto forgets."""

from moto.ecs.exceptions import EcsClientException, ECSException, InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2 import elbv2_backends

from .fargate_sizes import is_fargate_size
from .wrapping import checked_before

_KEPT = {
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
    "capacityProviderStrategy": "capacity_provider_strategy",
    "deploymentConfiguration": "deployment_configuration",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
}


def refuse_and_keep(has_front: bool) -> None:
    checked_before(EC2ContainerServiceBackend, "register_task_definition", _check_task_definition)
    checked_before(EC2ContainerServiceBackend, "create_service", _check_service)
    for operation in ("create_service", "update_service"):
        setattr(EC2ContainerServiceResponse, operation, _keeping(getattr(EC2ContainerServiceResponse, operation), has_front))
    checked_before(EC2ContainerServiceBackend, "delete_cluster", _check_cluster)


def _check_task_definition(backend, given):
    if "FARGATE" not in (given["requires_compatibilities"] or []):
        return
    cpu, memory = given["cpu"], given["memory"]
    if not is_fargate_size(cpu, memory):
        raise EcsClientException(
            f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
        )


def _check_service(backend, given):
    existing = backend.services.get(f"{backend._get_cluster(given['cluster_str']).name}:{given['service_name']}")
    if existing is not None and existing.status != "INACTIVE":
        raise InvalidParameterException("Creation of service was not idempotent.")
    definition = backend.describe_task_definition(given["task_definition_str"]) if given["task_definition_str"] else None
    if definition is None:
        return
    if definition.network_mode == "awsvpc" and not given["network_configuration"]:
        raise InvalidParameterException("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    # moto takes for granted that there are some.
    (given["network_configuration"] or {}).get("awsvpcConfiguration", {}).setdefault("securityGroups", [])
    for one in given["load_balancers"] or []:
        _check_load_balancer(backend, definition, one)


def _check_load_balancer(backend, definition, given):
    containers = {container["name"]: container for container in definition.container_definitions}
    name, port = given.get("containerName"), given.get("containerPort")
    if name not in containers:
        raise InvalidParameterException(f"The container {name} does not exist in the task definition.")
    ports = [mapping.get("containerPort") for mapping in containers[name].get("portMappings", [])]
    if port not in ports:
        raise InvalidParameterException(f"The container {name} did not have a container port {port} defined.")
    arn = given.get("targetGroupArn")
    group = elbv2_backends[backend.account_id][backend.region_name].target_groups.get(arn) if arn else None
    if arn and group is None:
        raise InvalidParameterException(f"Unable to assume the service linked role or find the target group with targetGroupArn {arn}.")
    if group is not None and not group.load_balancer_arns:
        raise InvalidParameterException(f"The target group with targetGroupArn {arn} does not have an associated load balancer.")


def _check_cluster(backend, given):
    name = backend._get_cluster(given["cluster_str"]).name
    if any(service.cluster_name == name and service.status == "ACTIVE" for service in backend.services.values()):
        raise _ClusterContainsServices("The Cluster cannot be deleted while Services are active.")


class _ClusterContainsServices(ECSException):
    code = "ClusterContainsServicesException"

    def __init__(self, message: str):
        super().__init__(message)


def _complete(service):
    """Without a data plane no task runs, and every deployment is completed at once."""
    for deployment in service.deployments[:1]:
        deployment.update(
            rolloutState="COMPLETED",
            rolloutStateReason="No data plane is connected: no task runs.",
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
        )
    service.running_count, service.pending_count = service.desired_count, 0


def _keeping(operation, has_front):
    def keep(self):
        answer = operation(self)
        service, given = answer.result["service"], self._get_params()
        for parameter, attribute in _KEPT.items():
            if given.get(parameter) is not None:
                setattr(service, attribute, given[parameter])
        if getattr(service, "capacity_provider_strategy", None):
            service.launch_type = None
        if not has_front:
            _complete(service)
        return answer

    return keep
