"""A forecast as a Python project asks for it."""

import aws_cdk as cdk
from aws_cdk.assertions import Template
from cdk_scalable_stateless_service import Fault, Plan, ScalableStatelessService, Traffic, Workload

stack = cdk.Stack(cdk.App(), "Shop")
service = ScalableStatelessService(stack, "Search", target_cpu_utilization_percent=70, requests_per_second_per_task=1500)
traffic = Traffic.users(30).then(Traffic.ramp_users(120, cdk.Duration.minutes(5))).hold(cdk.Duration.minutes(30))

outcome = service.forecast(
    traffic=traffic,
    workload=Workload.measured(cpu_per_request=cdk.Duration.millis(0.12), base_latency=cdk.Duration.millis(31)),
    faults=[Fault.stop_task(at=cdk.Duration.minutes(20))],
    seeds=20,
)
assert outcome.max_tasks == 3, outcome.to_text()
assert outcome.failed_requests == 0
assert outcome.seconds_over_target < 600
assert outcome.band.max_tasks.median == 3
assert outcome.timeline[-1].healthy_count == 3
assert outcome.activities[0].to_capacity == 3
assert "<svg" in outcome.to_svg()
assert outcome.monthly_cost().expected.parts["load balancer"] > 0

plan = Plan.of_template(Template.from_stack(stack).to_json())
comparison = Plan.compare({"two": plan, "three": plan.with_changes(min_capacity=3)}, traffic=traffic, seeds=3)
assert comparison.plans["three"].dollars_per_month.median > comparison.plans["two"].dollars_per_month.median

try:
    service.forecast(traffic=Traffic.users(-1, cdk.Duration.minutes(1)))
except Exception as error:
    assert "users must be from 0 to 1000000, got -1" in str(error), error
else:
    raise AssertionError("negative users were not refused")

print("forecast from Python: as from TypeScript")
