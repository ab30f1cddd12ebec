"""Runs the script with the traffic of the plan, and writes the results as one line.

The plan is JSON in the variable LOAD_TEST. Without traffic in it, the script has its own load.
"""

import json
import os
import time

import gevent
from locust import LoadTestShape, events
from locust.runners import MasterRunner, WorkerRunner

PLAN = json.loads(os.environ["LOAD_TEST"])
EXIT_CODE_OF_FAILED_THRESHOLDS = 99

# workers report every three seconds, and users end the request that they have sent.
SECONDS_OF_LAST_REPORT = 4
MAX_SECONDS_OF_LAST_REQUESTS = 30

dropped_requests = 0


@events.init.add_listener
def set_host(environment, **_):
    environment.host = PLAN["url"]
    for user_class in environment.user_classes:
        user_class.host = user_class.host or PLAN["url"]


def users_at(seconds):
    """The users at a time, rounded as in a forecast; none while requests arrive at a rate."""
    start = 0
    for kind, first, last, _, duration in PLAN["phases"]:
        if seconds < start + duration:
            return int(first + (last - first) * (seconds - start) / duration + 0.5) if kind == "users" else 0
        start += duration
    return 0


if PLAN.get("phases"):
    TOTAL_SECONDS = sum(phase[4] for phase in PLAN["phases"])

    class TrafficShape(LoadTestShape):
        """The users of the plan, once a second: those of the middle of the second that begins."""

        ticks = 0
        max_users = 0
        last_users = 0

        def tick(self):
            self.wait_for(self.next_seconds())
            seconds = self.get_run_time()
            if seconds >= TOTAL_SECONDS - 0.001:
                return self.end(seconds)
            users = users_at(min(seconds + 0.5, TOTAL_SECONDS - 0.0001))
            self.max_users = max(self.max_users, users)
            rate = max(1, abs(users - self.last_users))
            self.last_users = users
            return users, rate

        def next_seconds(self):
            """Locust waits a second after each tick. From the third one on they are in line with the end of the traffic."""
            tick = self.ticks
            self.ticks += 1
            return tick if tick < 2 else min(tick + TOTAL_SECONDS % 1, max(TOTAL_SECONDS, tick))

        def wait_for(self, seconds):
            gevent.sleep(max(0, seconds - self.get_run_time()))

        def end(self, seconds):
            """Stops all users, waits for their last requests, and then ends the run."""
            late = seconds - TOTAL_SECONDS
            least = SECONDS_OF_LAST_REPORT if isinstance(self.runner, MasterRunner) else 0
            if late > MAX_SECONDS_OF_LAST_REQUESTS or (late > least and self.runner.user_count == 0):
                return None
            return 0, max(1, self.last_users)


@events.report_to_master.add_listener
def report_dropped_requests(data, **_):
    global dropped_requests
    data["dropped_requests"], dropped_requests = dropped_requests, 0


@events.worker_report.add_listener
def add_dropped_requests(data, **_):
    drop(data.get("dropped_requests", 0))


def drop(requests):
    """Counts requests that were not sent."""
    global dropped_requests
    dropped_requests += requests


@events.test_start.add_listener
def share_counter(environment, **_):
    environment.drop_requests = drop


@events.quitting.add_listener
def write_results(environment, **_):
    if isinstance(environment.runner, WorkerRunner):
        return
    # a run that is stopped from outside has users that still send requests.
    environment.runner.quit()
    results = results_of(environment)
    print(json.dumps(results), flush=True)
    environment.process_exit_code = 0 if results["passed"] else EXIT_CODE_OF_FAILED_THRESHOLDS


def results_of(environment):
    total = environment.stats.total
    seconds = max(0.001, (total.last_request_timestamp or time.time()) - total.start_time)
    numbers = {
        "requests": total.num_requests,
        "failedRequests": total.num_failures,
        "failedPercent": 100 * total.fail_ratio,
        "droppedRequests": dropped_requests,
        "requestsPerSecond": total.num_requests / seconds,
    }
    if total.num_requests > 0:
        numbers["meanMilliseconds"] = total.avg_response_time
        for percent in (50, 90, 95, 99):
            numbers[f"p{percent}Milliseconds"] = total.get_response_time_percentile(percent / 100)
        numbers["maxMilliseconds"] = total.max_response_time
    failed = failed_thresholds(numbers)
    return {
        "loadTest": PLAN["name"],
        "tool": "locust",
        "passed": not failed,
        "failedThresholds": failed,
        "durationSeconds": seconds,
        "maxUsers": getattr(environment.shape_class, "max_users", environment.runner.target_user_count),
        **numbers,
        "_aws": metrics_of(numbers),
    }


def failed_thresholds(numbers):
    """Every limit that was not reached, as text."""
    failed = []
    for name, limit in PLAN["thresholds"].items():
        number = name[3].lower() + name[4:]
        value = numbers.get(number)
        if value is None:
            continue
        if name.startswith("max") and value > limit:
            failed.append(f"{number}: at most {limit}, got {value}")
        if name.startswith("min") and value < limit:
            failed.append(f"{number}: at least {limit}, got {value}")
    return failed


def metrics_of(numbers):
    """What CloudWatch needs to read the numbers as metrics: the embedded metric format."""
    metrics = [{"Name": name, "Unit": unit_of(name)} for name in numbers]
    directive = {"Namespace": "LoadTest", "Dimensions": [["loadTest"]], "Metrics": metrics}
    return {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}


def unit_of(name):
    if name.endswith("Milliseconds"):
        return "Milliseconds"
    if name.endswith("Percent"):
        return "Percent"
    return "Count/Second" if name.endswith("PerSecond") else "Count"
