"""Route 53: hosted zones, records and health checks."""

import uuid

from ..request_parameters import request_parameters
from .handler import Created, Handler, resource

_ROUTE53 = "route53"


@resource("AWS::Route53::HostedZone")
class HostedZone(Handler):
    def create(self, context, properties):
        client = context.client(_ROUTE53)
        vpcs = properties.get("VPCs", [])
        request = {"Name": properties["Name"], "CallerReference": str(uuid.uuid4())}
        config = {"Comment": properties.get("HostedZoneConfig", {}).get("Comment", ""), "PrivateZone": bool(vpcs)}
        request["HostedZoneConfig"] = config
        if vpcs:
            request["VPC"] = vpcs[0]
        created = client.create_hosted_zone(**request)
        zone_id = context.resource.physical_id = created["HostedZone"]["Id"].split("/")[-1]
        for vpc in vpcs[1:]:
            client.associate_vpc_with_hosted_zone(HostedZoneId=zone_id, VPC=vpc)
        self._tag(context, zone_id, properties)
        servers = created.get("DelegationSet", {}).get("NameServers", [])
        return Created(zone_id, {"Id": zone_id, "NameServers": servers})

    def _tag(self, context, zone_id, properties):
        if properties.get("HostedZoneTags"):
            context.client(_ROUTE53).change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone_id, AddTags=properties["HostedZoneTags"])

    def update(self, context, before, properties):
        self._tag(context, before.physical_id, properties)

    def delete(self, context, resource):
        context.client(_ROUTE53).delete_hosted_zone(Id=resource.physical_id)


_OF_ZONE = ("HostedZoneId", "HostedZoneName", "Comment")


class _Records(Handler):
    def _sets(self, properties):
        raise NotImplementedError

    def _zone(self, context, properties):
        if properties.get("HostedZoneId"):
            return properties["HostedZoneId"]
        name = properties["HostedZoneName"]
        zones = context.client(_ROUTE53).list_hosted_zones_by_name(DNSName=name)["HostedZones"]
        return next(zone["Id"] for zone in zones if zone["Name"] == name)

    def _change(self, context, properties, changes):
        client = context.client(_ROUTE53)
        shape = client.meta.service_model.operation_model("ChangeResourceRecordSets").input_shape.members["ChangeBatch"]
        record = shape.members["Changes"].member.members["ResourceRecordSet"]
        batch = [{"Action": action, "ResourceRecordSet": request_parameters(record, one, self.type)} for action, one in changes]
        client.change_resource_record_sets(HostedZoneId=self._zone(context, properties), ChangeBatch={"Changes": batch})

    def create(self, context, properties):
        self._change(context, properties, [("CREATE", one) for one in self._sets(properties)])
        return Created(self._name(context, properties))

    def update(self, context, before, properties):
        old, new = self._sets(before.properties), self._sets(properties)
        kept = {_key(one) for one in new}
        gone = [("DELETE", one) for one in old if _key(one) not in kept]
        self._change(context, properties, [*gone, *(("UPSERT", one) for one in new)])

    def delete(self, context, resource):
        self._change(context, resource.properties, [("DELETE", one) for one in self._sets(resource.properties)])


def _key(record):
    return record["Name"], record["Type"], record.get("SetIdentifier")


def _record(record):
    converted = {key: value for key, value in record.items() if key not in _OF_ZONE}
    if "ResourceRecords" in converted:
        converted["ResourceRecords"] = [{"Value": value} for value in converted["ResourceRecords"]]
    if "AliasTarget" in converted:
        converted["AliasTarget"] = {"EvaluateTargetHealth": False, **converted["AliasTarget"]}
    return converted


@resource("AWS::Route53::RecordSet")
class RecordSet(_Records):
    def _sets(self, properties):
        return [_record(properties)]

    def _name(self, context, properties):
        return properties["Name"].rstrip(".")


@resource("AWS::Route53::RecordSetGroup")
class RecordSetGroup(_Records):
    def _sets(self, properties):
        return [_record(one) for one in properties["RecordSets"]]

    def _name(self, context, properties):
        return context.generated_name()


@resource("AWS::Route53::HealthCheck")
class HealthCheck(Handler):
    def create(self, context, properties):
        request = {"HealthCheckConfig": properties["HealthCheckConfig"]}
        created = context.call(_ROUTE53, "create_health_check", request, None, (), CallerReference=str(uuid.uuid4()))["HealthCheck"]
        return Created(created["Id"], {"HealthCheckId": created["Id"]})

    def delete(self, context, resource):
        context.client(_ROUTE53).delete_health_check(HealthCheckId=resource.physical_id)
