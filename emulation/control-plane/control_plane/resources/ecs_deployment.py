"""Waits for what a deployment of an ECS service becomes."""

import time

from ..errors import ResourceError

# As CloudFormation waits for a deployment, whose bake time may pass at the speed of the wall clock.
DEPLOYMENT_SECONDS = 3 * 3600
DELETION_SECONDS = 300
POLL_SECONDS = 0.5


def wait_until_deployed(context, cluster: str, service: str) -> None:
    """Until the primary deployment is completed. Fails with the reason of one that failed or was rolled back."""
    deadline = time.monotonic() + DEPLOYMENT_SECONDS
    awaited = None
    while True:
        found = _service(context, cluster, service)
        if found is None:
            raise ResourceError(f"The service {service} was deleted while it was deployed.")
        primary = _primary(found)
        # a deployment that is rolled back is followed by another one, of the revision before.
        awaited = awaited or primary
        deployments = {deployment["id"]: deployment for deployment in found.get("deployments", [])}
        current = deployments.get(awaited["id"]) if awaited else None
        _fail_if_rolled_back(awaited, current, primary)
        if primary is None or primary.get("rolloutState", "COMPLETED") == "COMPLETED":
            return
        if context.stack.is_cancelled and context.stack.status == "UPDATE_IN_PROGRESS":
            raise ResourceError("Resource update cancelled")
        if time.monotonic() > deadline:
            counts = f"{primary.get('runningCount', 0)} of {primary.get('desiredCount', 0)} tasks are running"
            raise ResourceError(f"Exceeded attempts to wait: after {DEPLOYMENT_SECONDS} seconds {counts} of the service {service}.")
        time.sleep(POLL_SECONDS)


def _fail_if_rolled_back(awaited, current, primary):
    if current is not None and current.get("rolloutState") == "FAILED":
        raise ResourceError(f"Resource handler returned message: {current.get('rolloutStateReason') or 'the deployment failed'}")
    if awaited is not None and primary is not None and primary["id"] != awaited["id"]:
        reason = (current or {}).get("rolloutStateReason") or primary.get("rolloutStateReason") or "another deployment replaced it"
        raise ResourceError(f"Resource handler returned message: the deployment {awaited['id']} was rolled back: {reason}")


def wait_until_deleted(context, cluster: str, service: str) -> None:
    """Until no task of the service is left: its security group and cluster can be deleted only then."""
    deadline = time.monotonic() + DELETION_SECONDS
    while time.monotonic() < deadline:
        found = _service(context, cluster, service)
        if found is None or found.get("status") == "INACTIVE":
            return
        time.sleep(POLL_SECONDS)
    raise ResourceError(f"The service {service} was not deleted within {DELETION_SECONDS} seconds.")


def _service(context, cluster, service):
    found = context.client("ecs").describe_services(cluster=cluster, services=[service])["services"]
    return found[0] if found else None


def _primary(service):
    return next((deployment for deployment in service.get("deployments", []) if deployment.get("status") == "PRIMARY"), None)
