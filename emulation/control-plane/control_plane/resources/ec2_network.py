"""EC2: VPCs, subnets, routes and gateways."""

from ..request_parameters import is_true
from .handler import Created, Handler, resource
from .simple import SimpleType, simple, update_ec2_tags


def _tagged(kind, properties):
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": properties["Tags"]}]} if properties.get("Tags") else {}


@resource("AWS::EC2::VPC")
class Vpc(Handler):
    _DNS = ("EnableDnsSupport", "EnableDnsHostnames")

    def create(self, context, properties):
        vpc = context.call("ec2", "create_vpc", properties, None, (*self._DNS, "Tags"), **_tagged("vpc", properties))["Vpc"]
        context.resource.physical_id = vpc["VpcId"]
        self._set_dns(context, vpc["VpcId"], properties)
        return Created(vpc["VpcId"], self._attributes(context, vpc["VpcId"]))

    def _set_dns(self, context, vpc_id, properties):
        for name in self._DNS:
            if name in properties:
                context.client("ec2").modify_vpc_attribute(VpcId=vpc_id, **{name: {"Value": is_true(properties[name])}})

    def _attributes(self, context, vpc_id):
        client, of_vpc = context.client("ec2"), [{"Name": "vpc-id", "Values": [vpc_id]}]
        vpc = client.describe_vpcs(VpcIds=[vpc_id])["Vpcs"][0]
        groups = client.describe_security_groups(Filters=[*of_vpc, {"Name": "group-name", "Values": ["default"]}])["SecurityGroups"]
        access_lists = client.describe_network_acls(Filters=[*of_vpc, {"Name": "default", "Values": ["true"]}])["NetworkAcls"]
        return {
            "CidrBlock": vpc["CidrBlock"],
            "CidrBlockAssociations": [one["AssociationId"] for one in vpc.get("CidrBlockAssociationSet", [])],
            "DefaultNetworkAcl": access_lists[0]["NetworkAclId"] if access_lists else "",
            "DefaultSecurityGroup": groups[0]["GroupId"] if groups else "",
            "Ipv6CidrBlocks": [one["Ipv6CidrBlock"] for one in vpc.get("Ipv6CidrBlockAssociationSet", [])],
            "VpcId": vpc_id,
        }

    def update(self, context, before, properties):
        self._set_dns(context, before.physical_id, properties)
        update_ec2_tags(context, before.physical_id, before.properties.get("Tags", []), properties.get("Tags", []))

    def delete(self, context, resource):
        context.client("ec2").delete_vpc(VpcId=resource.physical_id)


@resource("AWS::EC2::Subnet")
class Subnet(Handler):
    _LATER = ("MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation", "EnableDns64", "PrivateDnsNameOptionsOnLaunch", "Tags")

    def create(self, context, properties):
        subnet = context.call("ec2", "create_subnet", properties, None, self._LATER, **_tagged("subnet", properties))["Subnet"]
        context.resource.physical_id = subnet["SubnetId"]
        self._set_attributes(context, subnet["SubnetId"], properties)
        attributes = {
            "AvailabilityZone": subnet["AvailabilityZone"],
            "AvailabilityZoneId": subnet.get("AvailabilityZoneId", ""),
            "CidrBlock": subnet.get("CidrBlock", ""),
            "Ipv6CidrBlocks": [one["Ipv6CidrBlock"] for one in subnet.get("Ipv6CidrBlockAssociationSet", [])],
            "NetworkAclAssociationId": self._access_list(context, subnet["SubnetId"]),
            "OutpostArn": "",
            "SubnetId": subnet["SubnetId"],
            "VpcId": subnet["VpcId"],
        }
        return Created(subnet["SubnetId"], attributes)

    def _set_attributes(self, context, subnet_id, properties):
        for name in ("MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation"):
            if name in properties:
                context.client("ec2").modify_subnet_attribute(SubnetId=subnet_id, **{name: {"Value": is_true(properties[name])}})

    def _access_list(self, context, subnet_id):
        found = context.client("ec2").describe_network_acls(Filters=[{"Name": "association.subnet-id", "Values": [subnet_id]}])["NetworkAcls"]
        associations = [one for access_list in found for one in access_list["Associations"] if one["SubnetId"] == subnet_id]
        return associations[0]["NetworkAclAssociationId"] if associations else ""

    def update(self, context, before, properties):
        self._set_attributes(context, before.physical_id, properties)
        update_ec2_tags(context, before.physical_id, before.properties.get("Tags", []), properties.get("Tags", []))

    def delete(self, context, resource):
        context.client("ec2").delete_subnet(SubnetId=resource.physical_id)


@resource("AWS::EC2::VPCGatewayAttachment")
class VpcGatewayAttachment(Handler):
    def create(self, context, properties):
        client, vpc_id = context.client("ec2"), properties["VpcId"]
        if properties.get("VpnGatewayId"):
            client.attach_vpn_gateway(VpnGatewayId=properties["VpnGatewayId"], VpcId=vpc_id)
            return Created(f"VGW|{vpc_id}", {"AttachmentType": "VGW"})
        client.attach_internet_gateway(InternetGatewayId=properties["InternetGatewayId"], VpcId=vpc_id)
        return Created(f"IGW|{vpc_id}", {"AttachmentType": "IGW"})

    def delete(self, context, resource):
        client, properties = context.client("ec2"), resource.properties
        if properties.get("VpnGatewayId"):
            client.detach_vpn_gateway(VpnGatewayId=properties["VpnGatewayId"], VpcId=properties["VpcId"])
        else:
            client.detach_internet_gateway(InternetGatewayId=properties["InternetGatewayId"], VpcId=properties["VpcId"])


@resource("AWS::EC2::Route")
class Route(Handler):
    _DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")

    def _destination(self, properties):
        return {name: properties[name] for name in self._DESTINATIONS if properties.get(name)}

    def create(self, context, properties):
        context.call("ec2", "create_route", properties)
        destination = next(iter(self._destination(properties).values()))
        return Created(f"{properties['RouteTableId']}|{destination}", {"CidrBlock": destination})

    def replaced_by(self, before, after):
        return {"RouteTableId", *self._DESTINATIONS}

    def update(self, context, before, properties):
        context.call("ec2", "replace_route", properties)

    def delete(self, context, resource):
        properties = resource.properties
        context.client("ec2").delete_route(RouteTableId=properties["RouteTableId"], **self._destination(properties))


@resource("AWS::EC2::EIP")
class ElasticIp(Handler):
    def create(self, context, properties):
        created = context.call("ec2", "allocate_address", properties, None, ("InstanceId", "Tags"), **_tagged("elastic-ip", properties))
        if properties.get("InstanceId"):
            context.client("ec2").associate_address(AllocationId=created["AllocationId"], InstanceId=properties["InstanceId"])
        return Created(created["PublicIp"], {"AllocationId": created["AllocationId"], "PublicIp": created["PublicIp"]})

    def delete(self, context, resource):
        context.client("ec2").release_address(AllocationId=resource.attributes["AllocationId"])


@resource("AWS::EC2::SubnetNetworkAclAssociation")
class SubnetNetworkAclAssociation(Handler):
    def create(self, context, properties):
        subnet_id = properties["SubnetId"]
        current = Subnet()._access_list(context, subnet_id)
        answer = context.client("ec2").replace_network_acl_association(AssociationId=current, NetworkAclId=properties["NetworkAclId"])
        return Created(answer["NewAssociationId"], {"AssociationId": answer["NewAssociationId"]})

    def delete(self, context, resource):
        """The subnet goes back to the default list of its VPC."""
        client = context.client("ec2")
        vpc_id = client.describe_subnets(SubnetIds=[resource.properties["SubnetId"]])["Subnets"][0]["VpcId"]
        lists = client.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "default", "Values": ["true"]}])["NetworkAcls"]
        client.replace_network_acl_association(AssociationId=resource.physical_id, NetworkAclId=lists[0]["NetworkAclId"])


@resource("AWS::EC2::NetworkAclEntry")
class NetworkAclEntry(Handler):
    _RENAME = {"Icmp": "IcmpTypeCode"}

    def _request(self, properties):
        return {"Egress": False, **properties, "Protocol": str(properties["Protocol"])}

    def create(self, context, properties):
        context.call("ec2", "create_network_acl_entry", self._request(properties), self._RENAME)
        return Created(context.generated_name(), {"Id": context.resource.logical_id})

    def update(self, context, before, properties):
        context.call("ec2", "replace_network_acl_entry", self._request(properties), self._RENAME)

    def delete(self, context, resource):
        given = self._request(resource.properties)
        context.call("ec2", "delete_network_acl_entry", {name: given[name] for name in ("NetworkAclId", "RuleNumber", "Egress")})


def _ec2(name, operation, result, ref, tag_type="", attributes=None, **more):
    return SimpleType(
        type=name,
        service="ec2",
        create=f"create_{operation}",
        delete=f"delete_{operation}",
        identity={ref: "$ref"},
        ref=ref,
        result=result,
        tag_type=tag_type,
        attributes=attributes or {},
        **more,
    )


simple(
    _ec2("AWS::EC2::InternetGateway", "internet_gateway", "InternetGateway", "InternetGatewayId", "internet-gateway", {"InternetGatewayId": "InternetGatewayId"}),
    _ec2("AWS::EC2::RouteTable", "route_table", "RouteTable", "RouteTableId", "route-table", {"RouteTableId": "RouteTableId"}),
    _ec2("AWS::EC2::NatGateway", "nat_gateway", "NatGateway", "NatGatewayId", "natgateway", {"NatGatewayId": "NatGatewayId"}),
    _ec2("AWS::EC2::NetworkAcl", "network_acl", "NetworkAcl", "NetworkAclId", "network-acl", {"Id": "NetworkAclId"}),
    _ec2("AWS::EC2::EgressOnlyInternetGateway", "egress_only_internet_gateway", "EgressOnlyInternetGateway", "EgressOnlyInternetGatewayId", attributes={"Id": "EgressOnlyInternetGatewayId"}),
    SimpleType(
        type="AWS::EC2::SubnetRouteTableAssociation",
        service="ec2",
        create="associate_route_table",
        delete="disassociate_route_table",
        identity={"AssociationId": "$ref"},
        ref="AssociationId",
        attributes={"Id": "AssociationId"},
    ),
)
