"""Composite alarms: moto keeps them like other alarms, and has no route to them."""

from moto.cloudwatch.responses import CloudWatchResponse


def add_route() -> None:
    CloudWatchResponse.put_composite_alarm = CloudWatchResponse.put_metric_alarm
