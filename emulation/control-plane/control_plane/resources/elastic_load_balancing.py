"""Elastic Load Balancing: load balancers and target groups."""

from ..errors import ResourceError
from .handler import Created, Handler, resource

_V2 = "elbv2"


@resource("AWS::ElasticLoadBalancingV2::LoadBalancer")
class LoadBalancer(Handler):
    _LATER = ("LoadBalancerAttributes", "MinimumLoadBalancerCapacity", "EnableCapacityReservationProvisionStabilize")

    def create(self, context, properties):
        named = {"Name": context.generated_name(32), **properties}
        created = context.call(_V2, "create_load_balancer", named, None, self._LATER)["LoadBalancers"][0]
        arn = context.resource.physical_id = created["LoadBalancerArn"]
        _set_attributes(context, "load_balancer", arn, properties.get("LoadBalancerAttributes"))
        return Created(arn, self._attributes(created))

    def _attributes(self, balancer):
        arn = balancer["LoadBalancerArn"]
        return {
            "CanonicalHostedZoneID": balancer.get("CanonicalHostedZoneId", ""),
            "DNSName": balancer["DNSName"],
            "LoadBalancerArn": arn,
            "LoadBalancerFullName": arn.split(":loadbalancer/")[1],
            "LoadBalancerName": balancer["LoadBalancerName"],
            "SecurityGroups": balancer.get("SecurityGroups", []),
        }

    def replaced_by(self, before, after):
        # the subnets of an application load balancer can be changed, those of the other kinds cannot be removed.
        return {"Name", "Scheme", "Type"}

    def update(self, context, before, properties):
        client, arn = context.client(_V2), before.physical_id

        def is_changed(name):
            return before.properties.get(name) != properties.get(name)

        if is_changed("Subnets") or is_changed("SubnetMappings"):
            given = {name: properties[name] for name in ("Subnets", "SubnetMappings") if name in properties}
            context.call(_V2, "set_subnets", given, LoadBalancerArn=arn)
        if is_changed("SecurityGroups"):
            client.set_security_groups(LoadBalancerArn=arn, SecurityGroups=properties.get("SecurityGroups", []))
        if is_changed("IpAddressType"):
            client.set_ip_address_type(LoadBalancerArn=arn, IpAddressType=properties.get("IpAddressType", "ipv4"))
        _set_attributes(context, "load_balancer", arn, properties.get("LoadBalancerAttributes"))
        update_load_balancing_tags(context, before, properties)
        return Created(arn, self._attributes(client.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]))

    def delete(self, context, resource):
        context.client(_V2).delete_load_balancer(LoadBalancerArn=resource.physical_id)


@resource("AWS::ElasticLoadBalancingV2::TargetGroup")
class TargetGroup(Handler):
    _LATER = ("TargetGroupAttributes", "Targets")
    _UPDATED = (
        "HealthCheckEnabled",
        "HealthCheckIntervalSeconds",
        "HealthCheckPath",
        "HealthCheckPort",
        "HealthCheckProtocol",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "Matcher",
        "UnhealthyThresholdCount",
    )

    def create(self, context, properties):
        named = {"Name": context.generated_name(32), **properties}
        created = context.call(_V2, "create_target_group", named, None, self._LATER)["TargetGroups"][0]
        arn = context.resource.physical_id = created["TargetGroupArn"]
        _set_attributes(context, "target_group", arn, properties.get("TargetGroupAttributes"))
        if properties.get("Targets"):
            context.call(_V2, "register_targets", {"Targets": properties["Targets"]}, TargetGroupArn=arn)
        attributes = {
            "LoadBalancerArns": created.get("LoadBalancerArns", []),
            "TargetGroupArn": arn,
            "TargetGroupFullName": arn.split(":")[-1],
            "TargetGroupName": created["TargetGroupName"],
        }
        return Created(arn, attributes)

    def update(self, context, before, properties):
        arn = before.physical_id
        given = {name: properties[name] for name in self._UPDATED if name in properties}
        if given:
            context.call(_V2, "modify_target_group", given, TargetGroupArn=arn)
        _set_attributes(context, "target_group", arn, properties.get("TargetGroupAttributes"))
        self._update_targets(context, before, properties)
        update_load_balancing_tags(context, before, properties)

    def _update_targets(self, context, before, properties):
        old, new = before.properties.get("Targets", []), properties.get("Targets", [])
        gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
        if gone:
            context.call(_V2, "deregister_targets", {"Targets": gone}, TargetGroupArn=before.physical_id)
        if come:
            context.call(_V2, "register_targets", {"Targets": come}, TargetGroupArn=before.physical_id)

    def delete(self, context, resource):
        context.client(_V2).delete_target_group(TargetGroupArn=resource.physical_id)


def _set_attributes(context, kind: str, arn: str, attributes) -> None:
    if not attributes:
        return
    unknown = [one for one in attributes if set(one) - {"Key", "Value"}]
    if unknown:
        raise ResourceError(f"An attribute of {arn} has a Key and a Value, got {unknown[0]}.")
    parameter = "LoadBalancerArn" if kind == "load_balancer" else "TargetGroupArn"
    context.call(_V2, f"modify_{kind}_attributes", {"Attributes": attributes}, **{parameter: arn})


def update_load_balancing_tags(context, before, properties) -> None:
    old, new = before.properties.get("Tags", []), properties.get("Tags", [])
    if old == new:
        return
    gone = sorted({tag["Key"] for tag in old} - {tag["Key"] for tag in new})
    client = context.client(_V2)
    if gone:
        client.remove_tags(ResourceArns=[before.physical_id], TagKeys=gone)
    if new:
        client.add_tags(ResourceArns=[before.physical_id], Tags=new)
