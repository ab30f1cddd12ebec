"""EC2: security groups and their rules, endpoints and flow logs."""

import json

from ..errors import ResourceError
from .handler import Created, Handler, resource
from .simple import update_ec2_tags

_KNOWN = {
    "CidrIp": "IpRanges",
    "CidrIpv6": "Ipv6Ranges",
    "DestinationPrefixListId": "PrefixListIds",
    "SourcePrefixListId": "PrefixListIds",
}


def _permission(rule: dict) -> dict:
    """A rule of a template as EC2's request has it."""
    permission = {"IpProtocol": str(rule["IpProtocol"])}
    for name in ("FromPort", "ToPort"):
        if rule.get(name) is not None:
            permission[name] = int(rule[name])
    description = {"Description": rule["Description"]} if rule.get("Description") else {}
    for name, key in _KNOWN.items():
        if rule.get(name):
            field = "PrefixListId" if key == "PrefixListIds" else name
            permission[key] = [{field: rule[name], **description}]
    group = rule.get("DestinationSecurityGroupId") or rule.get("SourceSecurityGroupId")
    if group:
        owner = {"UserId": rule["SourceSecurityGroupOwnerId"]} if rule.get("SourceSecurityGroupOwnerId") else {}
        permission["UserIdGroupPairs"] = [{"GroupId": group, **owner, **description}]
    return permission


class _Rules:
    """The rules of one direction."""

    def __init__(self, context, direction: str):
        self._client = context.client("ec2")
        self._direction = direction

    def authorize(self, group_id, rules):
        if rules:
            operation = getattr(self._client, f"authorize_security_group_{self._direction}")
            return operation(GroupId=group_id, IpPermissions=[_permission(rule) for rule in rules])
        return {}

    def revoke(self, group_id, rules):
        if rules:
            getattr(self._client, f"revoke_security_group_{self._direction}")(GroupId=group_id, IpPermissions=[_permission(rule) for rule in rules])

    def change(self, group_id, before, after):
        self.revoke(group_id, [rule for rule in before if rule not in after])
        self.authorize(group_id, [rule for rule in after if rule not in before])


@resource("AWS::EC2::SecurityGroup")
class SecurityGroup(Handler):
    _ANYWHERE = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}

    def create(self, context, properties):
        client = context.client("ec2")
        request = {"GroupName": properties.get("GroupName") or context.generated_name(255), "Description": properties["GroupDescription"]}
        if properties.get("VpcId"):
            request["VpcId"] = properties["VpcId"]
        if properties.get("Tags"):
            request["TagSpecifications"] = [{"ResourceType": "security-group", "Tags": properties["Tags"]}]
        group_id = context.resource.physical_id = client.create_security_group(**request)["GroupId"]
        if properties.get("SecurityGroupEgress"):
            # the rules of a template replace the one that AWS makes.
            _Rules(context, "egress").revoke(group_id, [self._ANYWHERE])
            _Rules(context, "egress").authorize(group_id, properties["SecurityGroupEgress"])
        _Rules(context, "ingress").authorize(group_id, properties.get("SecurityGroupIngress"))
        vpc_id = client.describe_security_groups(GroupIds=[group_id])["SecurityGroups"][0].get("VpcId", "")
        return Created(group_id, {"GroupId": group_id, "Id": group_id, "VpcId": vpc_id})

    def update(self, context, before, properties):
        old, group_id = before.properties, before.physical_id
        _Rules(context, "ingress").change(group_id, old.get("SecurityGroupIngress", []), properties.get("SecurityGroupIngress", []))
        egress = [one.get("SecurityGroupEgress") or [self._ANYWHERE] for one in (old, properties)]
        _Rules(context, "egress").change(group_id, *egress)
        update_ec2_tags(context, group_id, old.get("Tags", []), properties.get("Tags", []))

    def delete(self, context, resource):
        context.client("ec2").delete_security_group(GroupId=resource.physical_id)


class _SecurityGroupRule(Handler):
    direction = ""

    def create(self, context, properties):
        answer = _Rules(context, self.direction).authorize(properties["GroupId"], [properties])
        rules = answer.get("SecurityGroupRules") or [{}]
        rule_id = rules[0].get("SecurityGroupRuleId") or context.generated_name()
        return Created(rule_id, {"Id": rule_id})

    def delete(self, context, resource):
        _Rules(context, self.direction).revoke(resource.properties["GroupId"], [resource.properties])


@resource("AWS::EC2::SecurityGroupIngress")
class SecurityGroupIngress(_SecurityGroupRule):
    direction = "ingress"


@resource("AWS::EC2::SecurityGroupEgress")
class SecurityGroupEgress(_SecurityGroupRule):
    direction = "egress"


@resource("AWS::EC2::VPCEndpoint")
class VpcEndpoint(Handler):
    def _request(self, properties):
        document = properties.get("PolicyDocument")
        return {**properties, "PolicyDocument": json.dumps(document)} if isinstance(document, dict) else properties

    def create(self, context, properties):
        tags = {"TagSpecifications": [{"ResourceType": "vpc-endpoint", "Tags": properties["Tags"]}]} if properties.get("Tags") else {}
        created = context.call("ec2", "create_vpc_endpoint", self._request(properties), None, ("Tags",), **tags)["VpcEndpoint"]
        attributes = {
            "CreationTimestamp": str(created.get("CreationTimestamp", "")),
            "DnsEntries": [f"{entry.get('HostedZoneId', '')}:{entry['DnsName']}" for entry in created.get("DnsEntries", [])],
            "Id": created["VpcEndpointId"],
            "NetworkInterfaceIds": created.get("NetworkInterfaceIds", []),
        }
        return Created(created["VpcEndpointId"], attributes)

    _LISTS = {"RouteTableIds": "RouteTableIds", "SubnetIds": "SubnetIds", "SecurityGroupIds": "SecurityGroupIds"}

    def update(self, context, before, properties):
        request = {}
        for name, parameter in self._LISTS.items():
            old, new = before.properties.get(name, []), properties.get(name, [])
            request[f"Add{parameter}"] = [one for one in new if one not in old]
            request[f"Remove{parameter}"] = [one for one in old if one not in new]
        if properties.get("PolicyDocument") != before.properties.get("PolicyDocument"):
            request["PolicyDocument"] = self._request(properties).get("PolicyDocument")
            request["ResetPolicy"] = request["PolicyDocument"] is None
        if "PrivateDnsEnabled" in properties:
            request["PrivateDnsEnabled"] = properties["PrivateDnsEnabled"]
        context.call("ec2", "modify_vpc_endpoint", {name: value for name, value in request.items() if value not in ([], None)}, VpcEndpointId=before.physical_id)

    def delete(self, context, resource):
        context.client("ec2").delete_vpc_endpoints(VpcEndpointIds=[resource.physical_id])


@resource("AWS::EC2::FlowLog")
class FlowLog(Handler):
    def create(self, context, properties):
        tags = {"TagSpecifications": [{"ResourceType": "vpc-flow-log", "Tags": properties["Tags"]}]} if properties.get("Tags") else {}
        answer = context.call("ec2", "create_flow_logs", properties, {"ResourceId": "ResourceIds"}, ("Tags",), **tags)
        if answer.get("Unsuccessful"):
            error = answer["Unsuccessful"][0]["Error"]
            raise ResourceError(f"{error['Message']} (create_flow_logs: {error['Code']})")
        return Created(answer["FlowLogIds"][0], {"Id": answer["FlowLogIds"][0]})

    def delete(self, context, resource):
        context.client("ec2").delete_flow_logs(FlowLogIds=[resource.physical_id])
