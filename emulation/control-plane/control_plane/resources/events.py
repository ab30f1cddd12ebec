"""EventBridge: rules, event buses and schedules."""

import json

from .handler import Created, Handler, resource
from .simple import SimpleType, simple


@resource("AWS::Events::Rule")
class Rule(Handler):
    def create(self, context, properties):
        name = properties.get("Name") or context.generated_name(64)
        bus = properties.get("EventBusName")
        self._put(context, name, properties)
        is_default = bus in (None, "default")
        return Created(name if is_default else f"{bus}|{name}", {"Arn": context.arn("events", f"rule/{name}" if is_default else f"rule/{bus}/{name}")})

    def _put(self, context, name, properties):
        pattern = properties.get("EventPattern")
        given = {**properties, **({"EventPattern": json.dumps(pattern)} if isinstance(pattern, dict) else {})}
        context.call("events", "put_rule", given, None, ("Targets", "Name"), Name=name)
        if properties.get("Targets"):
            given = {key: properties[key] for key in ("EventBusName", "Targets") if key in properties}
            context.call("events", "put_targets", given, None, (), Rule=name)

    def _bus(self, properties):
        return {"EventBusName": properties["EventBusName"]} if properties.get("EventBusName") else {}

    def update(self, context, before, properties):
        name = before.physical_id.split("|")[-1]
        kept = {target["Id"] for target in properties.get("Targets", [])}
        gone = [target["Id"] for target in before.properties.get("Targets", []) if target["Id"] not in kept]
        if gone:
            context.client("events").remove_targets(Rule=name, Ids=gone, **self._bus(properties))
        self._put(context, name, properties)

    def delete(self, context, resource):
        client, name, bus = context.client("events"), resource.physical_id.split("|")[-1], self._bus(resource.properties)
        targets = [target["Id"] for target in resource.properties.get("Targets", [])]
        if targets:
            client.remove_targets(Rule=name, Ids=targets, **bus)
        client.delete_rule(Name=name, **bus)


@resource("AWS::Events::EventBusPolicy")
class EventBusPolicy(Handler):
    def create(self, context, properties):
        statement = properties.get("Statement")
        if statement:
            policy = {"Version": "2012-10-17", "Statement": [{"Sid": properties["StatementId"], **statement}]}
            given = {key: properties[key] for key in ("EventBusName",) if key in properties}
            context.client("events").put_permission(**given, Policy=json.dumps(policy))
        else:
            context.call("events", "put_permission", properties)
        return Created(properties["StatementId"])

    def update(self, context, before, properties):
        self.create(context, properties)

    def delete(self, context, resource):
        bus = {key: resource.properties[key] for key in ("EventBusName",) if key in resource.properties}
        context.client("events").remove_permission(StatementId=resource.properties["StatementId"], **bus)


@resource("AWS::Scheduler::Schedule")
class Schedule(Handler):
    def create(self, context, properties):
        named = {"Name": context.generated_name(64), **properties}
        arn = context.call("scheduler", "create_schedule", named)["ScheduleArn"]
        return Created(named["Name"], {"Arn": arn})

    def update(self, context, before, properties):
        context.call("scheduler", "update_schedule", {**properties, "Name": before.physical_id})

    def delete(self, context, resource):
        group = {"GroupName": resource.properties["GroupName"]} if resource.properties.get("GroupName") else {}
        context.client("scheduler").delete_schedule(Name=resource.physical_id, **group)


simple(
    SimpleType(
        "AWS::Events::EventBus",
        "events",
        create="create_event_bus",
        delete="delete_event_bus",
        identity={"Name": "$ref"},
        ref="Name",
        attributes={"Arn": "EventBusArn", "Name": "Name"},
    ),
    SimpleType(
        "AWS::Scheduler::ScheduleGroup",
        "scheduler",
        create="create_schedule_group",
        delete="delete_schedule_group",
        identity={"Name": "$ref"},
        ref="Name",
        name="Name",
        attributes={"Arn": "ScheduleGroupArn"},
    ),
)
