"""WAF: web ACLs, IP sets, rule groups, associations and logging."""

from .handler import Created, Handler, resource

_WAF = "wafv2"


class _Scoped(Handler):
    """What WAF identifies by its name, ID and scope, and changes with a lock token."""

    kind = ""
    parameter = ""

    def _identity(self, physical_id):
        name, identifier, scope = physical_id.split("|")
        return {"Name": name, "Id": identifier, "Scope": scope}

    def create(self, context, properties):
        named = {"Name": context.generated_name(128), **properties}
        summary = context.call(_WAF, f"create_{self.kind}", named)["Summary"]
        physical_id = "|".join((summary["Name"], summary["Id"], named["Scope"]))
        return Created(physical_id, self._attributes(context, physical_id, summary["ARN"]))

    def _attributes(self, context, physical_id, arn):
        found = getattr(context.client(_WAF), f"get_{self.kind}")(**self._identity(physical_id))[self.parameter]
        label = found.get("LabelNamespace", "")
        return {"Arn": arn, "Id": self._identity(physical_id)["Id"], "Capacity": found.get("Capacity", 0), "LabelNamespace": label}

    def _token(self, context, physical_id):
        return getattr(context.client(_WAF), f"get_{self.kind}")(**self._identity(physical_id))["LockToken"]

    def replaced_by(self, before, after):
        return {"Name", "Scope"} | ({"IPAddressVersion"} if self.kind == "ip_set" else set())

    def update(self, context, before, properties):
        identity, token = self._identity(before.physical_id), self._token(context, before.physical_id)
        without = ("Tags", "Name", "Scope", "IPAddressVersion", "Capacity")
        context.call(_WAF, f"update_{self.kind}", properties, None, without, **identity, LockToken=token)

    def delete(self, context, resource):
        operation = getattr(context.client(_WAF), f"delete_{self.kind}")
        operation(**self._identity(resource.physical_id), LockToken=self._token(context, resource.physical_id))


@resource("AWS::WAFv2::WebACL")
class WebAcl(_Scoped):
    kind, parameter = "web_acl", "WebACL"


@resource("AWS::WAFv2::IPSet")
class IpSet(_Scoped):
    kind, parameter = "ip_set", "IPSet"


@resource("AWS::WAFv2::RuleGroup")
class RuleGroup(_Scoped):
    kind, parameter = "rule_group", "RuleGroup"


@resource("AWS::WAFv2::WebACLAssociation")
class WebAclAssociation(Handler):
    def create(self, context, properties):
        context.call(_WAF, "associate_web_acl", properties)
        return Created(f"{properties['WebACLArn']}|{properties['ResourceArn']}")

    def delete(self, context, resource):
        context.client(_WAF).disassociate_web_acl(ResourceArn=resource.properties["ResourceArn"])


@resource("AWS::WAFv2::LoggingConfiguration")
class LoggingConfiguration(Handler):
    def create(self, context, properties):
        context.call(_WAF, "put_logging_configuration", {"LoggingConfiguration": properties})
        return Created(properties["ResourceArn"])

    def update(self, context, before, properties):
        context.call(_WAF, "put_logging_configuration", {"LoggingConfiguration": properties})

    def delete(self, context, resource):
        context.client(_WAF).delete_logging_configuration(ResourceArn=resource.physical_id)
