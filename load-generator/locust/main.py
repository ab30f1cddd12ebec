"""Runs the script with the traffic of the plan, and writes the results as one line.

The plan is JSON in the variable LOAD_TEST. Without traffic in it, the script has its own load.
"""

import functools
import json
import os
import signal
import time

import gevent
from locust import LoadTestShape, argument_parser, events
from locust.runners import STATE_RUNNING, STATE_SPAWNING, MasterRunner, WorkerRunner

PLAN = json.loads(os.environ["LOAD_TEST"])
EXIT_CODE_OF_FAILED_THRESHOLDS = 99

# that of k6.
EXIT_CODE_OF_STOPPED_RUN = 105

# workers report every three seconds, and users end the request that they have sent.
SECONDS_OF_LAST_REPORT = 4
MAX_SECONDS_OF_LAST_REQUESTS = 30

dropped_requests = 0
was_stopped = False

# a worker of Locust 2.47 builds all of its options a hundred times for each change of the users, and sends nothing for a third of a second.
argument_parser.default_args_dict = functools.cache(argument_parser.default_args_dict)


@events.init.add_listener
def set_host(environment, **_):
    environment.host = PLAN["url"]
    for user_class in environment.user_classes:
        user_class.host = user_class.host or PLAN["url"]


@events.init.add_listener
def end_on_signal(environment, **_):
    """Locust itself listens to the signal only after the run of a shape, which would be killed without results."""
    if PLAN.get("phases") and not isinstance(environment.runner, WorkerRunner):
        gevent.signal_handler(signal.SIGTERM, stop)


def stop():
    """Ends the run at the next tick of its shape."""
    global was_stopped
    was_stopped = True


def user_seconds_until(seconds):
    """How long users are active until a time, all together. Requests that arrive at a rate need no users."""
    sum_of_phases = 0.0
    for kind, first, last, _, duration, _ in PLAN["phases"]:
        part = min(max(seconds, 0), duration)
        if kind == "users":
            sum_of_phases += first * part + (last - first) * part * part / (2 * duration)
        seconds -= duration
    return sum_of_phases


if PLAN.get("phases"):
    TOTAL_SECONDS = sum(phase[4] for phase in PLAN["phases"])

    # so many that all come at once, whatever the shape says.
    SPAWN_RATE = max(1, *(max(phase[1:3]) for phase in PLAN["phases"]))

    class TrafficShape(LoadTestShape):
        """The users of the plan, once a second. The next second has what rounding has added or left out in this one."""

        ticks = 0
        max_users = 0
        last_users = 0
        last_seconds = 0.0
        active_user_seconds = 0.0

        def tick(self):
            gevent.sleep(max(0, self.seconds_of(self.ticks) - self.get_run_time()))
            if was_stopped:
                return None
            seconds = self.get_run_time()
            if seconds >= TOTAL_SECONDS - 0.001:
                return self.end(seconds)
            self.ticks += 1
            return self.users_until(self.seconds_of(self.ticks), seconds)

        def seconds_of(self, tick):
            """Locust waits at least a second after each tick. From the third one on they are in line with the end of the traffic."""
            return tick if tick < 2 else min(tick + TOTAL_SECONDS % 1, max(TOTAL_SECONDS, tick))

        def users_until(self, next_seconds, seconds):
            """The users from now until the next tick, which comes a second later at the earliest. What is owed is paid by one user at a time:
            each user that comes sends a request at once."""
            self.active_user_seconds += self.last_users * (seconds - self.last_seconds)
            end = min(TOTAL_SECONDS, max(next_seconds, seconds + 1))
            now = user_seconds_until(seconds)
            users = (user_seconds_until(end) - now) / (end - seconds)
            owed = min(1, max(-1, now - self.active_user_seconds))
            self.last_users, self.last_seconds = max(0, int(users + owed + 0.5)), seconds
            self.max_users = max(self.max_users, self.last_users)
            return self.last_users, SPAWN_RATE

        def end(self, seconds):
            """Stops all users, waits for their last requests, and then ends the run."""
            late = seconds - TOTAL_SECONDS
            least = SECONDS_OF_LAST_REPORT if isinstance(self.runner, MasterRunner) else 0
            if late > MAX_SECONDS_OF_LAST_REQUESTS or (late > least and self.runner.user_count == 0):
                return None
            return 0, SPAWN_RATE


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
    # Locust has stopped the users of a run that ends as planned.
    is_stopped = was_stopped or environment.runner.state in (STATE_RUNNING, STATE_SPAWNING)
    environment.runner.quit()
    failed = ["the run was stopped before its end"] if is_stopped else []
    results = results_of(environment, failed)
    print(json.dumps(results), flush=True)
    if is_stopped:
        environment.process_exit_code = EXIT_CODE_OF_STOPPED_RUN
    else:
        environment.process_exit_code = 0 if results["passed"] else EXIT_CODE_OF_FAILED_THRESHOLDS


def results_of(environment, failed):
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
    failed = failed_thresholds(numbers) + failed
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
