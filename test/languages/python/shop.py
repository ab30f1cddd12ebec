"""The service as a Python project writes it, and its forecast beside the template."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk.assertions import Template
from aws_cdk.aws_applicationautoscaling import Schedule
from aws_cdk.aws_ecs import PropagatedTagSource, Tmpfs
from aws_cdk.aws_logs import RetentionDays
from cdk_scalable_stateless_service import (
    AlarmMuteRule,
    CircuitBreakerThreshold,
    Deployment,
    Fault,
    ForecastOptions,
    WebAcl,
    HealthCheckOptions,
    InstanceScaling,
    Plan,
    ScalableStatelessInstances,
    ScalableStatelessService,
    ScheduledCapacity,
    Traffic,
    Workload,
)

app = cdk.App()
stack = cdk.Stack(app, "Shop")
search = ScalableStatelessService(
    stack,
    "Search",
    target_cpu_utilization_percent=70,
    requests_per_second_per_task=1500,
    scale_out_cooldown=cdk.Duration.seconds(180),
    environment={"LOG_LEVEL": "warn"},
    health_check=HealthCheckOptions(interval=cdk.Duration.seconds(20)),
    log_retention=RetentionDays.ONE_WEEK,
    web_acl=WebAcl.managed(requests_per_five_minutes=5000),
    propagate_tags=PropagatedTagSource.SERVICE,
    tmpfs=[Tmpfs(container_path="/tmp", size=64)],
    deployment=Deployment.rolling(circuit_breaker_threshold=CircuitBreakerThreshold.count(5)),
    alarm_mute_rules=[AlarmMuteRule.cron("0 2 * * SUN", cdk.Duration.hours(2))],
)
cdk.CfnOutput(stack, "Url", value=search.url)
ScalableStatelessInstances(
    stack,
    "OnInstances",
    vpc=search.vpc,
    scaling=InstanceScaling.simple(
        scale_out_cpu_utilization_percent=20,
        scale_in_cpu_utilization_percent=10,
        cooldown=cdk.Duration.minutes(2),
    ),
)
app.synth()

traffic = Traffic.users(30).followed_by(Traffic.ramp_users(120, cdk.Duration.minutes(5))).hold(cdk.Duration.minutes(30))
outcome = search.forecast(
    traffic=traffic,
    workload=Workload.of(cpu_per_request=cdk.Duration.millis(0.12), base_latency=cdk.Duration.millis(31)),
    faults=[Fault.stop_task(at=cdk.Duration.minutes(20))],
    seeds=20,
)
Path(app.outdir, "forecast.json").write_text(outcome.to_json())

# what a caller reads one by one, and not only as a whole.
assert outcome.max_tasks == 3, outcome.to_text()
assert outcome.failed_requests == 0
assert outcome.seconds_over_target < 600
assert outcome.band.max_tasks.median == 3
assert outcome.timeline[-1].healthy_count == 3
assert outcome.activities[0].to_capacity == 3
assert "<svg" in outcome.to_svg()
assert outcome.monthly_cost().expected.parts["load balancer"] > 0

plan = Plan.of_template(Template.from_stack(stack).to_json(), stack.get_logical_id(search.service.node.default_child))
comparison = Plan.compare(
    {"two": plan, "three": plan.with_changes(min_capacity=3)}, ForecastOptions(traffic=traffic, seeds=3)
)
assert comparison.plans["three"].dollars_per_month.median > comparison.plans["two"].dollars_per_month.median

try:
    search.forecast(traffic=Traffic.users(-1, cdk.Duration.minutes(1)))
except Exception as error:
    assert "users must be from 0 to 1000000, got -1" in str(error), error
else:
    raise AssertionError("negative users were not refused")


def refused(**props) -> str:
    """The error of props that are refused."""
    try:
        ScalableStatelessService(cdk.Stack(), "Search", **props)
    except Exception as error:
        return str(error)
    raise AssertionError(f"{props} were not refused")


# a dict inside a list or map is not converted: its fields keep the names of Python. jsii reports required fields that are then missing,
assert "Missing required properties for aws-cdk-lib.aws_ecs.Tmpfs" in refused(tmpfs=[{"container_path": "/tmp", "size": 64}])
# and drops optional ones without a word: the construct says which class to use.
morning = {"name": "morning", "schedule": Schedule.cron(hour="7", minute="0")}
assert "use ScheduledCapacity(...) rather than a dict" in refused(schedules=[{**morning, "min_capacity": 4}])
ScalableStatelessService(cdk.Stack(), "Search", schedules=[ScheduledCapacity(**morning, min_capacity=4)])
# a dict that is a field of its own is converted.
ScalableStatelessService(cdk.Stack(), "Search", health_check={"healthy_threshold_count": 3})
