"""Sends the requests of the plan, one after the other: a user after each think time, and others at the rate of the plan."""

import itertools
import json
import math
import os
import time

import gevent
import gevent.pool
from locust import FastHttpUser, events, task
from locust.runners import MasterRunner

PLAN = json.loads(os.environ["LOAD_TEST"])
PHASES = PLAN.get("phases") or []
WORKERS = PLAN["workers"]
LIMIT = PLAN.get("maxRequestsPerSecond")

# after a failure a user waits at least as long as in a forecast: an outage causes no flood of requests.
SECONDS_AFTER_FAILURE = 0.1

# each request as often as its weight.
REQUESTS = [request for request in PLAN["requests"] for _ in range(request.get("weight", 1))]

started_at = time.perf_counter()
next_slot = 0.0


class Client(FastHttpUser):
    """Sends one request after the other."""

    abstract = True
    host = PLAN["url"]
    insecure = not PLAN["verifyTlsCertificate"]
    connection_timeout = PLAN["timeoutSeconds"]
    network_timeout = PLAN["timeoutSeconds"]

    def send(self, number):
        """Sends a request, and returns whether it has failed."""
        request = REQUESTS[number % len(REQUESTS)]
        wait_for_slot()
        with self.client.request(
            request.get("method", "GET"),
            request["path"],
            data=request.get("body"),
            headers=request.get("headers"),
            allow_redirects=False,
            catch_response=True,
        ) as response:
            status = response.status_code
            expected = request.get("expectedStatus")
            has_failed = not 200 <= status <= 399 if expected is None else status != expected
            if has_failed:
                response.failure(f"status {status}")
            else:
                response.success()
        return has_failed


class TrafficUser(Client):
    """A user of the closed load."""

    numbers = itertools.count()

    def on_start(self):
        self.number = next(self.numbers)
        self.pause = 0

    @task
    def send_next(self):
        sent_at = time.perf_counter()
        has_failed = self.send(self.number)
        self.number += 1
        think_seconds, pacing_seconds = think_and_pacing_now()
        rest_seconds = pacing_seconds - (time.perf_counter() - sent_at)
        self.pause = max(think_seconds, rest_seconds, SECONDS_AFTER_FAILURE if has_failed else 0)

    def wait_time(self):
        return self.pause


class ArrivalClient(Client):
    """Sends requests that do not wait for each other."""

    abstract = True
    concurrency = PLAN["maxVUs"]


def wait_for_slot():
    """Delays a request so that all of this process stay below their share of the limit."""
    global next_slot
    if LIMIT is None:
        return
    now = time.perf_counter()
    slot = max(now, next_slot)
    next_slot = slot + WORKERS / LIMIT
    gevent.sleep(slot - now)


def think_and_pacing_now():
    seconds = time.perf_counter() - started_at
    for _, _, _, think_seconds, duration, pacing_seconds in PHASES:
        if seconds < duration:
            return think_seconds, pacing_seconds
        seconds -= duration
    return (PHASES[-1][3], PHASES[-1][5]) if PHASES else (0, 0)


def arrivals():
    """The seconds at which requests arrive at the rates of the plan: each in the middle of its share of the area below the rate."""
    start = 0
    sent = 0.0
    for kind, first, last, _, duration, _ in PHASES:
        if kind == "rps":
            area = (first + last) / 2 * duration
            number = math.floor(sent + 0.5)
            while number + 0.5 < sent + area:
                yield start + seconds_until(number + 0.5 - sent, first, (last - first) / duration)
                number += 1
            sent += area
        start += duration


def seconds_until(area, rate, growth):
    """When the area below a rate that grows evenly reaches a number."""
    if abs(growth) < 1e-12:
        return area / rate
    root = math.sqrt(max(0.0, rate * rate + 2 * growth * area))
    return 2 * area / (rate + root)


def send_arrivals(environment):
    """Sends this process's share of the requests that arrive at a rate."""
    client = ArrivalClient(environment)
    index = getattr(environment.runner, "worker_index", 0) % WORKERS
    in_flight = gevent.pool.Pool()
    for number, seconds in enumerate(arrivals()):
        if number % WORKERS != index:
            continue
        gevent.sleep(max(0, seconds - (time.perf_counter() - started_at)))
        if len(in_flight) * WORKERS >= PLAN["maxVUs"]:
            environment.drop_requests(1)
        else:
            in_flight.spawn(client.send, number)


@events.test_start.add_listener
def start(environment, **_):
    global started_at
    started_at = time.perf_counter()
    if any(kind == "rps" for kind, *_ in PHASES) and not isinstance(environment.runner, MasterRunner):
        environment.runner.greenlet.spawn(send_arrivals, environment)
