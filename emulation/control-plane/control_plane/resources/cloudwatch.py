"""CloudWatch: alarms, composite alarms, dashboards and anomaly detectors."""

import json

from .handler import Created, Handler, resource

_SERVICE = "cloudwatch"


class _Alarm(Handler):
    operation = ""

    def create(self, context, properties):
        name = properties.get("AlarmName") or context.generated_name(255)
        context.call(_SERVICE, self.operation, {**properties, "AlarmName": name})
        return Created(name, {"Arn": context.arn("cloudwatch", f"alarm:{name}")})

    def update(self, context, before, properties):
        context.call(_SERVICE, self.operation, {**properties, "AlarmName": before.physical_id})

    def delete(self, context, resource):
        context.client(_SERVICE).delete_alarms(AlarmNames=[resource.physical_id])


@resource("AWS::CloudWatch::Alarm")
class Alarm(_Alarm):
    operation = "put_metric_alarm"


@resource("AWS::CloudWatch::CompositeAlarm")
class CompositeAlarm(_Alarm):
    operation = "put_composite_alarm"


@resource("AWS::CloudWatch::Dashboard")
class Dashboard(Handler):
    def create(self, context, properties):
        name = properties.get("DashboardName") or context.generated_name(255)
        self._put(context, name, properties)
        return Created(name)

    def _put(self, context, name, properties):
        body = properties["DashboardBody"]
        context.client(_SERVICE).put_dashboard(DashboardName=name, DashboardBody=body if isinstance(body, str) else json.dumps(body))

    def update(self, context, before, properties):
        self._put(context, before.physical_id, properties)

    def delete(self, context, resource):
        context.client(_SERVICE).delete_dashboards(DashboardNames=[resource.physical_id])


@resource("AWS::CloudWatch::AnomalyDetector")
class AnomalyDetector(Handler):
    def create(self, context, properties):
        context.call(_SERVICE, "put_anomaly_detector", properties)
        return Created(context.generated_name())

    def delete(self, context, resource):
        context.call(_SERVICE, "delete_anomaly_detector", resource.properties, None, ("Configuration",))
