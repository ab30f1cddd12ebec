"""EC2 instances for capacity: launch templates and Auto Scaling groups."""

from ..errors import ResourceError
from .handler import Created, Handler, resource
from .simple import update_ec2_tags


@resource("AWS::EC2::LaunchTemplate")
class LaunchTemplate(Handler):
    def create(self, context, properties):
        name = properties.get("LaunchTemplateName") or context.generated_name(128)
        tags = {"TagSpecifications": properties["TagSpecifications"]} if properties.get("TagSpecifications") else {}
        given = {key: value for key, value in properties.items() if key not in ("LaunchTemplateName", "TagSpecifications")}
        created = context.call("ec2", "create_launch_template", given, None, (), LaunchTemplateName=name, **tags)["LaunchTemplate"]
        return Created(created["LaunchTemplateId"], self._attributes(created))

    def _attributes(self, template):
        version = str(template["LatestVersionNumber"])
        return {"DefaultVersionNumber": str(template["DefaultVersionNumber"]), "LatestVersionNumber": version, "LaunchTemplateId": template["LaunchTemplateId"]}

    def update(self, context, before, properties):
        identity = {"LaunchTemplateId": before.physical_id}
        given = {key: properties[key] for key in ("LaunchTemplateData", "VersionDescription") if key in properties}
        context.call("ec2", "create_launch_template_version", given, None, (), **identity)
        found = context.client("ec2").describe_launch_templates(LaunchTemplateIds=[before.physical_id])["LaunchTemplates"][0]
        return Created(before.physical_id, self._attributes(found))

    def delete(self, context, resource):
        context.client("ec2").delete_launch_template(LaunchTemplateId=resource.physical_id)


@resource("AWS::AutoScaling::AutoScalingGroup")
class AutoScalingGroup(Handler):
    _RENAME = {"Cooldown": "DefaultCooldown"}
    _LATER = ("MetricsCollection", "NotificationConfigurations", "NotificationConfiguration", "Tags", "LoadBalancerNames")

    def _request(self, properties):
        given = {key: value for key, value in properties.items() if key not in self._LATER}
        zones = given.pop("VPCZoneIdentifier", None)
        if zones:
            given["VPCZoneIdentifier"] = ",".join(zones)
        if not zones and not given.get("AvailabilityZones"):
            raise ResourceError("Either AvailabilityZones or VPCZoneIdentifier must be specified.")
        return given

    def _tags(self, name, properties):
        return [{**tag, "ResourceId": name, "ResourceType": "auto-scaling-group"} for tag in properties.get("Tags", [])]

    def create(self, context, properties):
        name = properties.get("AutoScalingGroupName") or context.generated_name(255)
        given = {**self._request(properties), "AutoScalingGroupName": name, "Tags": self._tags(name, properties)}
        context.call("autoscaling", "create_auto_scaling_group", given, self._RENAME)
        context.resource.physical_id = name
        self._collect(context, name, properties)
        groups = context.client("autoscaling").describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
        return Created(name, {"AutoScalingGroupARN": groups[0]["AutoScalingGroupARN"]})

    def _collect(self, context, name, properties):
        for one in properties.get("MetricsCollection", []):
            context.call("autoscaling", "enable_metrics_collection", one, None, (), AutoScalingGroupName=name)

    def update(self, context, before, properties):
        without = ("TargetGroupARNs", "LifecycleHookSpecificationList", "TrafficSources", "InstanceId")
        given = {**self._request(properties), "AutoScalingGroupName": before.physical_id}
        context.call("autoscaling", "update_auto_scaling_group", given, self._RENAME, without)
        old, new = set(before.properties.get("TargetGroupARNs", [])), set(properties.get("TargetGroupARNs", []))
        client = context.client("autoscaling")
        if new - old:
            client.attach_load_balancer_target_groups(AutoScalingGroupName=before.physical_id, TargetGroupARNs=sorted(new - old))
        if old - new:
            client.detach_load_balancer_target_groups(AutoScalingGroupName=before.physical_id, TargetGroupARNs=sorted(old - new))

    def delete(self, context, resource):
        context.client("autoscaling").delete_auto_scaling_group(AutoScalingGroupName=resource.physical_id, ForceDelete=True)


@resource("AWS::AutoScaling::LifecycleHook")
class LifecycleHook(Handler):
    def create(self, context, properties):
        name = properties.get("LifecycleHookName") or context.generated_name(255)
        context.call("autoscaling", "put_lifecycle_hook", {**properties, "LifecycleHookName": name})
        return Created(name)

    def update(self, context, before, properties):
        context.call("autoscaling", "put_lifecycle_hook", {**properties, "LifecycleHookName": before.physical_id})

    def delete(self, context, resource):
        group = resource.properties["AutoScalingGroupName"]
        context.client("autoscaling").delete_lifecycle_hook(LifecycleHookName=resource.physical_id, AutoScalingGroupName=group)


@resource("AWS::AutoScaling::ScalingPolicy")
class InstanceScalingPolicy(Handler):
    def create(self, context, properties):
        name = context.generated_name(255)
        context.call("autoscaling", "put_scaling_policy", {**properties, "PolicyName": name})
        # moto's response has no ARN, its description has.
        found = context.client("autoscaling").describe_policies(AutoScalingGroupName=properties["AutoScalingGroupName"], PolicyNames=[name])
        arn = found["ScalingPolicies"][0]["PolicyARN"]
        return Created(arn, {"Arn": arn, "PolicyName": name})

    def update(self, context, before, properties):
        context.call("autoscaling", "put_scaling_policy", {**properties, "PolicyName": before.attributes["PolicyName"]})

    def delete(self, context, resource):
        group = resource.properties["AutoScalingGroupName"]
        context.client("autoscaling").delete_policy(PolicyName=resource.attributes["PolicyName"], AutoScalingGroupName=group)


@resource("AWS::EC2::Instance")
class Instance(Handler):
    _LATER = ("Tags", "SecurityGroupIds", "UserData", "PropagateTagsToVolumeOnCreation")

    def create(self, context, properties):
        extra = {"MinCount": 1, "MaxCount": 1}
        if properties.get("Tags"):
            extra["TagSpecifications"] = [{"ResourceType": "instance", "Tags": properties["Tags"]}]
        if properties.get("SecurityGroupIds"):
            extra["SecurityGroupIds"] = properties["SecurityGroupIds"]
        if properties.get("UserData"):
            extra["UserData"] = properties["UserData"]
        given = {key: value for key, value in properties.items() if key not in self._LATER}
        zone = given.pop("AvailabilityZone", None)
        if zone and not given.get("SubnetId"):
            given["Placement"] = {"AvailabilityZone": zone}
        instance = context.call("ec2", "run_instances", given, None, (), **extra)["Instances"][0]
        names = {"PrivateIp": "PrivateIpAddress", "PublicIp": "PublicIpAddress", "PrivateDnsName": "PrivateDnsName", "PublicDnsName": "PublicDnsName"}
        attributes = {name: instance.get(source, "") for name, source in names.items()}
        attributes["AvailabilityZone"] = instance.get("Placement", {}).get("AvailabilityZone", "")
        return Created(instance["InstanceId"], {**attributes, "InstanceId": instance["InstanceId"], "VpcId": instance.get("VpcId", "")})

    def replaced_by(self, before, after):
        return {name for name in {**before, **after} if name not in ("Tags", "SecurityGroupIds")}

    def update(self, context, before, properties):
        if before.properties.get("SecurityGroupIds") != properties.get("SecurityGroupIds"):
            context.client("ec2").modify_instance_attribute(InstanceId=before.physical_id, Groups=properties["SecurityGroupIds"])
        update_ec2_tags(context, before.physical_id, before.properties.get("Tags", []), properties.get("Tags", []))

    def delete(self, context, resource):
        context.client("ec2").terminate_instances(InstanceIds=[resource.physical_id])
