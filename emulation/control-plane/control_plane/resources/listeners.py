"""Elastic Load Balancing: listeners, their rules and certificates."""

from .elastic_load_balancing import update_load_balancing_tags
from .handler import Created, Handler, resource

_V2 = "elbv2"


@resource("AWS::ElasticLoadBalancingV2::Listener")
class Listener(Handler):
    def create(self, context, properties):
        arn = context.call(_V2, "create_listener", properties, None, ("ListenerAttributes",))["Listeners"][0]["ListenerArn"]
        context.resource.physical_id = arn
        self._set_attributes(context, arn, properties)
        return Created(arn, {"ListenerArn": arn})

    def update(self, context, before, properties):
        without = ("LoadBalancerArn", "ListenerAttributes", "Tags")
        context.call(_V2, "modify_listener", properties, None, without, ListenerArn=before.physical_id)
        self._set_attributes(context, before.physical_id, properties)
        update_load_balancing_tags(context, before, properties)

    def _set_attributes(self, context, arn, properties):
        if properties.get("ListenerAttributes"):
            context.call(_V2, "modify_listener_attributes", {"Attributes": properties["ListenerAttributes"]}, ListenerArn=arn)

    def delete(self, context, resource):
        context.client(_V2).delete_listener(ListenerArn=resource.physical_id)


@resource("AWS::ElasticLoadBalancingV2::ListenerRule")
class ListenerRule(Handler):
    def create(self, context, properties):
        arn = context.call(_V2, "create_rule", properties)["Rules"][0]["RuleArn"]
        return Created(arn, {"RuleArn": arn, "IsDefault": False})

    def update(self, context, before, properties):
        context.call(_V2, "modify_rule", properties, None, ("ListenerArn", "Priority", "Tags"), RuleArn=before.physical_id)
        if str(before.properties.get("Priority")) != str(properties.get("Priority")):
            context.call(_V2, "set_rule_priorities", {"RulePriorities": [{"RuleArn": before.physical_id, "Priority": properties["Priority"]}]})
        update_load_balancing_tags(context, before, properties)

    def delete(self, context, resource):
        context.client(_V2).delete_rule(RuleArn=resource.physical_id)


@resource("AWS::ElasticLoadBalancingV2::ListenerCertificate")
class ListenerCertificate(Handler):
    def create(self, context, properties):
        context.call(_V2, "add_listener_certificates", properties)
        return Created(context.generated_name())

    def update(self, context, before, properties):
        gone = [one for one in before.properties["Certificates"] if one not in properties["Certificates"]]
        context.call(_V2, "add_listener_certificates", properties)
        if gone:
            context.call(_V2, "remove_listener_certificates", {**properties, "Certificates": gone})

    def delete(self, context, resource):
        context.call(_V2, "remove_listener_certificates", resource.properties)
