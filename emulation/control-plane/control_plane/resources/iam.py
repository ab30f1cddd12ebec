"""IAM: roles, policies, instance profiles and service-linked roles."""

import json

from botocore.exceptions import ClientError

from .handler import Created, Handler, resource

_SERVICE = "iam"


def document(value) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@resource("AWS::IAM::Role")
class Role(Handler):
    _LATER = ("Policies", "ManagedPolicyArns")

    def create(self, context, properties):
        name = properties.get("RoleName") or context.generated_name(64)
        given = {**properties, "RoleName": name, "AssumeRolePolicyDocument": document(properties["AssumeRolePolicyDocument"])}
        role = context.call(_SERVICE, "create_role", given, None, self._LATER)["Role"]
        context.resource.physical_id = name
        self._put_policies(context, name, {}, properties)
        return Created(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def _put_policies(self, context, name, before, after):
        client = context.client(_SERVICE)
        inline = [{policy["PolicyName"]: policy["PolicyDocument"] for policy in one.get("Policies", [])} for one in (before, after)]
        for gone in inline[0].keys() - inline[1].keys():
            client.delete_role_policy(RoleName=name, PolicyName=gone)
        for policy, text in inline[1].items():
            client.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=document(text))
        managed = [set(one.get("ManagedPolicyArns", [])) for one in (before, after)]
        for arn in managed[0] - managed[1]:
            client.detach_role_policy(RoleName=name, PolicyArn=arn)
        for arn in managed[1] - managed[0]:
            client.attach_role_policy(RoleName=name, PolicyArn=arn)

    def update(self, context, before, properties):
        client, name = context.client(_SERVICE), before.physical_id
        client.update_assume_role_policy(RoleName=name, PolicyDocument=document(properties["AssumeRolePolicyDocument"]))
        settings = {key: properties[key] for key in ("Description", "MaxSessionDuration") if key in properties}
        if settings:
            context.call(_SERVICE, "update_role", settings, RoleName=name)
        self._put_policies(context, name, before.properties, properties)
        if properties.get("Tags"):
            client.tag_role(RoleName=name, Tags=properties["Tags"])

    def delete(self, context, resource):
        client, name = context.client(_SERVICE), resource.physical_id
        for policy in client.list_role_policies(RoleName=name)["PolicyNames"]:
            client.delete_role_policy(RoleName=name, PolicyName=policy)
        for policy in client.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
            client.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
        client.delete_role(RoleName=name)


_OWNERS = {"Roles": "role", "Users": "user", "Groups": "group"}


@resource("AWS::IAM::Policy")
class InlinePolicy(Handler):
    """A policy inside roles, users and groups."""

    def _put(self, context, properties):
        for key, owner in _OWNERS.items():
            for name in properties.get(key, []):
                operation = getattr(context.client(_SERVICE), f"put_{owner}_policy")
                operation(**{f"{owner.capitalize()}Name": name}, PolicyName=properties["PolicyName"], PolicyDocument=document(properties["PolicyDocument"]))

    def _remove(self, context, properties, kept=None):
        for key, owner in _OWNERS.items():
            for name in properties.get(key, []):
                if name in (kept or {}).get(key, []):
                    continue
                operation = getattr(context.client(_SERVICE), f"delete_{owner}_policy")
                operation(**{f"{owner.capitalize()}Name": name}, PolicyName=properties["PolicyName"])

    def create(self, context, properties):
        self._put(context, properties)
        return Created(context.generated_name(), {"Id": context.resource.logical_id})

    def update(self, context, before, properties):
        is_renamed = before.properties["PolicyName"] != properties["PolicyName"]
        self._remove(context, before.properties, None if is_renamed else properties)
        self._put(context, properties)

    def delete(self, context, resource):
        self._remove(context, resource.properties)


@resource("AWS::IAM::RolePolicy")
class RolePolicy(Handler):
    def create(self, context, properties):
        given = {**properties, "PolicyDocument": document(properties["PolicyDocument"])}
        context.call(_SERVICE, "put_role_policy", given)
        return Created(f"{properties['PolicyName']}|{properties['RoleName']}")

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        properties = resource.properties
        context.client(_SERVICE).delete_role_policy(RoleName=properties["RoleName"], PolicyName=properties["PolicyName"])


@resource("AWS::IAM::ManagedPolicy")
class ManagedPolicy(Handler):
    def create(self, context, properties):
        name = properties.get("ManagedPolicyName") or context.generated_name(128)
        given = {**properties, "PolicyDocument": document(properties["PolicyDocument"])}
        without = ("ManagedPolicyName", *_OWNERS)
        arn = context.call(_SERVICE, "create_policy", given, None, without, PolicyName=name)["Policy"]["Arn"]
        context.resource.physical_id = arn
        self._attach(context, arn, {}, properties)
        return Created(arn, {"PolicyArn": arn})

    def _attach(self, context, arn, before, after):
        for key, owner in _OWNERS.items():
            old, new = set(before.get(key, [])), set(after.get(key, []))
            for verb, names in (("detach", old - new), ("attach", new - old)):
                for name in names:
                    getattr(context.client(_SERVICE), f"{verb}_{owner}_policy")(**{f"{owner.capitalize()}Name": name}, PolicyArn=arn)

    def update(self, context, before, properties):
        client, arn = context.client(_SERVICE), before.physical_id
        self._attach(context, arn, before.properties, properties)
        if before.properties["PolicyDocument"] != properties["PolicyDocument"]:
            versions = client.list_policy_versions(PolicyArn=arn)["Versions"]
            client.create_policy_version(PolicyArn=arn, PolicyDocument=document(properties["PolicyDocument"]), SetAsDefault=True)
            # a policy has at most five versions.
            for version in versions:
                client.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])

    def delete(self, context, resource):
        self._attach(context, resource.physical_id, resource.properties, {})
        context.client(_SERVICE).delete_policy(PolicyArn=resource.physical_id)


@resource("AWS::IAM::InstanceProfile")
class InstanceProfile(Handler):
    def create(self, context, properties):
        client, name = context.client(_SERVICE), properties.get("InstanceProfileName") or context.generated_name(128)
        profile = client.create_instance_profile(InstanceProfileName=name, Path=properties.get("Path", "/"))["InstanceProfile"]
        context.resource.physical_id = name
        for role in properties["Roles"]:
            client.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)
        return Created(name, {"Arn": profile["Arn"]})

    def update(self, context, before, properties):
        client, name = context.client(_SERVICE), before.physical_id
        for role in before.properties["Roles"]:
            client.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=role)
        for role in properties["Roles"]:
            client.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)

    def delete(self, context, resource):
        client, name = context.client(_SERVICE), resource.physical_id
        for role in resource.properties["Roles"]:
            client.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=role)
        client.delete_instance_profile(InstanceProfileName=name)


@resource("AWS::IAM::ServiceLinkedRole")
class ServiceLinkedRole(Handler):
    def create(self, context, properties):
        name = context.call(_SERVICE, "create_service_linked_role", properties)["Role"]["RoleName"]
        return Created(name, {"RoleName": name})

    def delete(self, context, resource):
        try:
            context.client(_SERVICE).delete_role(RoleName=resource.physical_id)
        except ClientError as error:
            # AWS refuses it while its service needs it, and the role stays.
            if error.response["Error"]["Code"] != "DeleteConflict":
                raise
