"""What Elastic Load Balancing refuses and moto accepts."""

from moto.ec2 import ec2_backends
from moto.elbv2.exceptions import DuplicateLoadBalancerName, ELBClientError, InvalidConfigurationRequest, ValidationError
from moto.elbv2.models import ELBv2Backend

from .wrapping import checked_before


class _DuplicateListener(ELBClientError):
    code = "DuplicateListenerException"


class _TargetGroupLimit(ELBClientError):
    code = "TargetGroupAssociationLimitException"


class _InvalidSecurityGroup(ELBClientError):
    code = "InvalidSecurityGroupException"


def refuse_what_aws_refuses() -> None:
    checked_before(ELBv2Backend, "create_load_balancer", _check_load_balancer)
    checked_before(ELBv2Backend, "create_listener", _check_new_listener)
    checked_before(ELBv2Backend, "modify_listener", _check_changed_listener)
    checked_before(ELBv2Backend, "create_rule", lambda backend, given: _check_actions(backend, _balancer_of(backend, given["listener_arn"]), given["actions"]))
    checked_before(ELBv2Backend, "modify_rule", _check_changed_rule)


def _check_load_balancer(backend, given):
    # an application load balancer is the default.
    is_application = (given["loadbalancer_type"] or "application") == "application"
    subnet_ids = given["subnet_ids"] or [one["SubnetId"] for one in given["subnet_mappings"] or []]
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    zones = [ec2.get_subnet(subnet_id).availability_zone for subnet_id in subnet_ids]
    if len(set(zones)) < len(zones):
        raise InvalidConfigurationRequest("A load balancer cannot be attached to multiple subnets in the same Availability Zone")
    if is_application and subnet_ids and len(zones) < 2:
        raise ValidationError("At least two subnets in two different Availability Zones must be specified")
    known = {group_id for groups in ec2.groups.values() for group_id in groups}
    for group_id in given["security_groups"] or []:
        if group_id not in known:
            raise _InvalidSecurityGroup(f"Security group '{group_id}' does not exist")
    _check_name(backend, given, subnet_ids)


def _check_name(backend, given, subnet_ids):
    """The same request again returns what there is; with other settings it fails."""
    for balancer in backend.load_balancers.values():
        if balancer.name != given["name"]:
            continue
        is_same = sorted(subnet.id for subnet in balancer.subnets) == sorted(subnet_ids) and balancer.scheme == given["scheme"]
        if not is_same or sorted(balancer.security_groups) != sorted(given["security_groups"] or []):
            error = DuplicateLoadBalancerName()
            error.message = f"A load balancer with the same name '{given['name']}' exists, but with different settings"
            raise error


def _check_new_listener(backend, given):
    balancer = backend.load_balancers.get(given["load_balancer_arn"])
    if balancer is None:
        return
    if str(given["port"]) in {str(listener.port) for listener in balancer.listeners.values()}:
        raise _DuplicateListener(f"A listener already exists on this port for this load balancer '{balancer.arn}'")
    if given["protocol"] in ("HTTPS", "TLS") and not given["certificate"]:
        raise ValidationError(f"A certificate must be specified for {given['protocol']} listeners")
    _check_actions(backend, balancer, given["actions"])


def _check_changed_listener(backend, given):
    balancer = _balancer_of(backend, given["arn"])
    if balancer is None:
        return
    others = {str(listener.port) for arn, listener in balancer.listeners.items() if arn != given["arn"]}
    if given["port"] and str(given["port"]) in others:
        raise _DuplicateListener(f"A listener already exists on this port for this load balancer '{balancer.arn}'")
    _check_actions(backend, balancer, given["actions"] or [])


def _check_changed_rule(backend, given):
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            if given["rule_arn"] in listener.rules:
                _check_actions(backend, balancer, given["actions"] or [])


def _balancer_of(backend, listener_arn):
    return next((balancer for balancer in backend.load_balancers.values() if listener_arn in balancer.listeners), None)


def _check_actions(backend, balancer, actions):
    if balancer is None:
        return
    for arn in sorted(_target_groups(actions)):
        group = backend.target_groups.get(arn)
        if group is None:
            continue
        if group.vpc_id and balancer.vpc_id and group.vpc_id != balancer.vpc_id:
            raise InvalidConfigurationRequest(f"The target group '{arn}' is in the VPC '{group.vpc_id}', the load balancer in '{balancer.vpc_id}'")
        if any(other.arn != balancer.arn and arn in _used_target_groups(other) for other in backend.load_balancers.values()):
            raise _TargetGroupLimit(f"The following target groups cannot be associated with more than one load balancer: {arn}")


def _used_target_groups(balancer):
    used = set()
    for listener in balancer.listeners.values():
        used |= _target_groups([action.data for action in listener.default_actions])
        for rule in listener.rules.values():
            used |= _target_groups([action.data for action in rule.actions])
    return used


def _target_groups(actions):
    found = {action["TargetGroupArn"] for action in actions if action.get("TargetGroupArn")}
    for action in actions:
        found |= {one["TargetGroupArn"] for one in action.get("ForwardConfig", {}).get("TargetGroups", [])}
    return found
