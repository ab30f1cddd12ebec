"""Parameters of SSM, secrets, and keys with their aliases."""

import json

from .handler import Created, Handler, resource
from .iam import document


@resource("AWS::SSM::Parameter")
class Parameter(Handler):
    def _put(self, context, name, properties, is_update):
        tags = [{"Key": key, "Value": value} for key, value in properties.get("Tags", {}).items()]
        extra = {"Name": name, "Overwrite": is_update, **({"Tags": tags} if tags and not is_update else {})}
        context.call("ssm", "put_parameter", properties, None, ("Name", "Tags"), **extra)
        return Created(name, {"Type": properties["Type"], "Value": str(properties["Value"])})

    def create(self, context, properties):
        return self._put(context, properties.get("Name") or f"CFN-{context.generated_name(200)}", properties, False)

    def update(self, context, before, properties):
        return self._put(context, before.physical_id, properties, True)

    def delete(self, context, resource):
        context.client("ssm").delete_parameter(Name=resource.physical_id)


@resource("AWS::SecretsManager::Secret")
class Secret(Handler):
    _LATER = ("GenerateSecretString", "ReplicaRegions", "Type")

    def _value(self, context, properties):
        rules = properties.get("GenerateSecretString")
        if rules is None:
            return {}
        without = ("SecretStringTemplate", "GenerateStringKey")
        generated = context.call("secretsmanager", "get_random_password", rules, None, without)["RandomPassword"]
        if "GenerateStringKey" not in rules:
            return {"SecretString": generated}
        values = {**json.loads(rules.get("SecretStringTemplate", "{}")), rules["GenerateStringKey"]: generated}
        return {"SecretString": json.dumps(values)}

    def create(self, context, properties):
        named = {"Name": context.generated_name(200), **properties}
        arn = context.call("secretsmanager", "create_secret", named, None, self._LATER, **self._value(context, properties))["ARN"]
        return Created(arn, {"Id": arn})

    def update(self, context, before, properties):
        is_generated_anew = before.properties.get("GenerateSecretString") != properties.get("GenerateSecretString")
        value = self._value(context, properties) if is_generated_anew else {}
        context.call("secretsmanager", "update_secret", properties, None, (*self._LATER, "Name", "Tags"), SecretId=before.physical_id, **value)

    def delete(self, context, resource):
        context.client("secretsmanager").delete_secret(SecretId=resource.physical_id, ForceDeleteWithoutRecovery=True)


@resource("AWS::SecretsManager::ResourcePolicy")
class SecretResourcePolicy(Handler):
    def create(self, context, properties):
        given = {"SecretId": properties["SecretId"], "ResourcePolicy": document(properties["ResourcePolicy"])}
        context.client("secretsmanager").put_resource_policy(**given)
        return Created(properties["SecretId"], {"Id": properties["SecretId"]})

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        context.client("secretsmanager").delete_resource_policy(SecretId=resource.properties["SecretId"])


@resource("AWS::KMS::Key")
class Key(Handler):
    _LATER = ("EnableKeyRotation", "Enabled", "PendingWindowInDays", "RotationPeriodInDays", "KeyPolicy", "Tags")

    def create(self, context, properties):
        tags = [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])]
        policy = {"Policy": document(properties["KeyPolicy"])} if "KeyPolicy" in properties else {}
        created = context.call("kms", "create_key", properties, None, self._LATER, **policy, Tags=tags)["KeyMetadata"]
        context.resource.physical_id = created["KeyId"]
        self._settle(context, created["KeyId"], properties)
        return Created(created["KeyId"], {"Arn": created["Arn"], "KeyId": created["KeyId"]})

    def _settle(self, context, key_id, properties):
        client = context.client("kms")
        is_rotated = str(properties.get("EnableKeyRotation", "")).lower() == "true"
        (client.enable_key_rotation if is_rotated else client.disable_key_rotation)(KeyId=key_id)
        is_disabled = str(properties.get("Enabled", "true")).lower() == "false"
        (client.disable_key if is_disabled else client.enable_key)(KeyId=key_id)

    def update(self, context, before, properties):
        client, key_id = context.client("kms"), before.physical_id
        if "KeyPolicy" in properties:
            client.put_key_policy(KeyId=key_id, PolicyName="default", Policy=document(properties["KeyPolicy"]))
        client.update_key_description(KeyId=key_id, Description=properties.get("Description", ""))
        self._settle(context, key_id, properties)

    def delete(self, context, resource):
        days = int(resource.properties.get("PendingWindowInDays", 30))
        context.client("kms").schedule_key_deletion(KeyId=resource.physical_id, PendingWindowInDays=days)


@resource("AWS::KMS::Alias")
class KeyAlias(Handler):
    def create(self, context, properties):
        context.call("kms", "create_alias", properties)
        return Created(properties["AliasName"])

    def update(self, context, before, properties):
        context.call("kms", "update_alias", properties)

    def delete(self, context, resource):
        context.client("kms").delete_alias(AliasName=resource.physical_id)
