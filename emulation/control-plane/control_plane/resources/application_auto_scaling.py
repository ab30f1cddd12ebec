"""Application Auto Scaling: scalable targets with their scheduled actions, and scaling policies."""

from .handler import Created, Handler, resource

_SERVICE = "application-autoscaling"


def _identity(properties):
    return {name: properties[name] for name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}


@resource("AWS::ApplicationAutoScaling::ScalableTarget")
class ScalableTarget(Handler):
    def create(self, context, properties):
        self._register(context, properties)
        context.resource.physical_id = "|".join(properties[name] for name in ("ResourceId", "ScalableDimension", "ServiceNamespace"))
        self._schedule(context, properties)
        return Created(context.resource.physical_id, {"Id": context.resource.physical_id})

    def _register(self, context, properties):
        # a service-linked role that is named is made by AWS on first use.
        context.call(_SERVICE, "register_scalable_target", properties, None, ("ScheduledActions",))

    def _schedule(self, context, properties):
        for action in properties.get("ScheduledActions", []):
            context.call(_SERVICE, "put_scheduled_action", action, **_identity(properties))

    def update(self, context, before, properties):
        self._register(context, properties)
        self._schedule(context, properties)
        names = [{action["ScheduledActionName"] for action in one.get("ScheduledActions", [])} for one in (before.properties, properties)]
        for gone in sorted(names[0] - names[1]):
            context.client(_SERVICE).delete_scheduled_action(ScheduledActionName=gone, **_identity(properties))

    def delete(self, context, resource):
        for action in resource.properties.get("ScheduledActions", []):
            context.client(_SERVICE).delete_scheduled_action(ScheduledActionName=action["ScheduledActionName"], **_identity(resource.properties))
        context.client(_SERVICE).deregister_scalable_target(**_identity(resource.properties))


@resource("AWS::ApplicationAutoScaling::ScalingPolicy")
class ScalingPolicy(Handler):
    def _request(self, properties):
        request = {name: value for name, value in properties.items() if name != "ScalingTargetId"}
        if "ScalingTargetId" in properties:
            identity = properties["ScalingTargetId"].split("|")
            request.update(zip(("ResourceId", "ScalableDimension", "ServiceNamespace"), identity, strict=True))
        return request

    def create(self, context, properties):
        arn = context.call(_SERVICE, "put_scaling_policy", self._request(properties))["PolicyARN"]
        return Created(arn, {"Arn": arn})

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        request = self._request(resource.properties)
        context.client(_SERVICE).delete_scaling_policy(PolicyName=request["PolicyName"], **_identity(request))
