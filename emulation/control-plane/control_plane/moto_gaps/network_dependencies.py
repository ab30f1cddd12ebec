"""EC2 does not delete a subnet or a security group that a load balancer uses."""

from moto.core.exceptions import ServiceException
from moto.ec2.models import EC2Backend
from moto.elbv2 import elbv2_backends

from .wrapping import checked_before


class _DependencyViolation(ServiceException):
    code = "DependencyViolation"


def refuse_deletion_in_use() -> None:
    checked_before(EC2Backend, "delete_subnet", _check_subnet)
    checked_before(EC2Backend, "delete_security_group", _check_security_group)


def _balancers(backend):
    return elbv2_backends[backend.account_id][backend.region_name].load_balancers.values()


def _check_subnet(backend, given):
    if any(subnet.id == given["subnet_id"] for balancer in _balancers(backend) for subnet in balancer.subnets):
        raise _DependencyViolation(f"The subnet '{given['subnet_id']}' has dependencies and cannot be deleted.")


def _check_security_group(backend, given):
    if any(given["group_id"] in balancer.security_groups for balancer in _balancers(backend)):
        raise _DependencyViolation(f"resource {given['group_id']} has a dependent object")
