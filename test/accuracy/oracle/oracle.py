"""What AWS's documents say about scaling an ECS service, or an EC2 Auto Scaling group with simple scaling, written without looking at the package: an oracle for its forecasts.

Reads a list of scenarios as JSON and writes, for each, the scaling activities as [second, from, to]. Python 3, standard library only.

Documents:
  A  Application Auto Scaling, target tracking: any policy scales out, all must agree to scale in, the largest capacity wins, capacity is
     in proportion to the metric and rounded up; scale-in that would bring a metric back above its target does not happen.
  B  the same, cooldowns: they begin when an activity is complete; within a scale-out cooldown only a larger step counts, computed from
     the capacity before the first; a scale-out ends a scale-in cooldown; scheduled actions have none and wait for none.
  C  ECS, service auto scaling: the running count is the starting point; desired outside of the bounds moves to the nearest bound.
  D  CloudWatch, alarms: evaluated once a minute, and an alarm with an Auto Scaling action invokes it each minute while in ALARM.
  E  Elastic Load Balancing, CloudWatch metrics: requests of a period divided by the healthy targets (their mean), reported always.
  F  Elastic Load Balancing, health checks: a new target is healthy after its first passed check.
  G  ECS, CloudWatch metrics: CPU used by the tasks of the service, in percent of what they have.
  H  EC2 Auto Scaling, simple scaling: one adjustment, from the desired capacity, when the alarm invokes it; the next must wait until the activity is
     complete and the cooldown is over.
  I  EC2, monitoring: a datapoint of CPU each minute with detailed monitoring, and every five minutes with basic monitoring.
  J  CloudWatch, alarms and missing data: the newest points of an evaluation range are used, which has more periods than are evaluated; with none the
     alarm has no data; with too few, one that does not breach is OK, and all breaching is ALARM once the oldest is as many periods old as are needed.
Observed, not documented: 3 of 3 minutes above the target, 15 of 15 below 0.9 x target, one task per scale-in, the newest datapoint
decides. Assumed: an activity is complete at the first whole second, 30 seconds after its start or later, at which the running count has reached
the desired count;
a new target gets requests a while after its check.
"""

import json
import math
import sys

MINUTE = 60.0
HIGH_POINTS = 3
LOW_POINTS = 15
LOW_SHARE = 0.9
SHORTEST_ACTIVITY = 30.0
NEVER = math.inf


class Task:
    """A task is known from its launch: only when it is stopped comes later."""

    def __init__(self, runs, listens, healthy):
        self.runs = runs
        self.listens = listens
        self.healthy = healthy
        self.stopped = NEVER

    def is_running(self, t):
        return self.runs <= t < self.stopped

    def is_healthy(self, t):
        return self.healthy <= t < self.stopped


class Service:
    def __init__(self, scenario):
        self.scenario = scenario
        self.desired = scenario["min"]
        self.tasks = [Task(-NEVER, -NEVER, -NEVER) for _ in range(self.desired)]
        self.history_rate = scenario["phases"][0][1]
        measures = {"cpu": self.cpu, "requests": self.requests_per_target}
        limits = [(p["metric"], p["target"]) for p in scenario["policies"]] + [("cpu", p["threshold"]) for p in scenario["simple"] if p["above"]]
        if any(measures[metric](-MINUTE, 0.0) > limit for metric, limit in limits):
            self.history_rate = 0.0

    def running(self, t):
        return sum(task.is_running(t) for task in self.tasks)

    def launch(self, t):
        s = self.scenario
        runs = t + s["provisioning"]
        listens = runs + s["start_up"]
        check = runs + s["first_check_share"] * s["check_interval"]
        while check < listens:
            check += s["check_interval"]
        self.tasks.append(Task(runs, listens, check + s["registration_lag"]))

    def set_desired(self, t, count):
        self.desired = count
        active = [task for task in self.tasks if task.stopped == NEVER]
        for _ in range(count - len(active)):
            self.launch(t)
        for _ in range(len(active) - count):
            # not healthy ones first, then the youngest.
            starting = [task for task in active if not task.is_healthy(t)]
            victim = (starting or active)[-1]
            victim.stopped = t
            active.remove(victim)

    def rate(self, t):
        """Requests per second. Before the start those of the first phase, or none where they are over a target."""
        if t < 0:
            return self.history_rate
        for end, rate in self.scenario["phases"]:
            if t < end:
                return rate
        return self.scenario["phases"][-1][1]

    def pieces(self, start, end):
        """Stretches of a period in which nothing changes."""
        moments = {0.0, *(e for e, _ in self.scenario["phases"])}
        for task in self.tasks:
            moments.update((task.runs, task.listens, task.healthy, task.stopped))
        cuts = [start, *sorted(m for m in moments if start < m < end), end]
        return zip(cuts, cuts[1:])

    def cpu(self, start, end):
        """G."""
        s = self.scenario
        used = available = 0.0
        for a, b in self.pieces(start, end):
            running = [task for task in self.tasks if task.is_running(a)]
            idle = sum(s["vcpu"] if a < task.listens else s["idle"] for task in running)
            used += (b - a) * (idle + self.rate(a) * s["cpu_per_request"])
            available += (b - a) * s["vcpu"] * len(running)
        return min(100.0, 100.0 * used / available)

    def requests_per_target(self, start, end):
        """E."""
        pieces = list(self.pieces(start, end))
        requests = sum((b - a) * self.rate(a) for a, b in pieces)
        targets = sum((b - a) * sum(task.is_healthy(a) for task in self.tasks) for a, b in pieces) / (end - start)
        return requests / targets


class Alarms:
    """The two alarms of a target-tracking policy."""

    def __init__(self, policy, service):
        self.policy = policy
        self.measure = service.cpu if policy["metric"] == "cpu" else service.requests_per_target
        self.known = {}

    def points(self, t):
        """The newest visible datapoints, oldest first."""
        s = self.policy["scenario"]
        last = math.floor((t - s["metric_delay"] - s["first_period_end"]) / MINUTE + 1e-9)
        return [self.point(s["first_period_end"] + k * MINUTE) for k in range(last - LOW_POINTS + 1, last + 1)]

    def point(self, end):
        if end not in self.known:
            self.known[end] = self.measure(end - MINUTE, end)
        return self.known[end]


class SimpleAlarm:
    """The alarm of a simple-scaling policy on CPU. I and J."""

    EXTRA_PERIODS = 2

    def __init__(self, policy, service):
        self.policy = policy
        self.service = service
        self.is_in_alarm = False
        self.known = {}

    def point(self, k):
        """The datapoint of the minute k; None if there is none."""
        s = self.service.scenario
        if (k + 1) % s["report_minutes"] != 0:
            return None
        if k not in self.known:
            end = s["first_period_end"] + k * MINUTE
            self.known[k] = self.service.cpu(end - s["report_minutes"] * MINUTE, end)
        return self.known[k]

    def period(self, last, ago):
        """The mean of the points of a period of the alarm."""
        minutes = self.policy["period_minutes"]
        points = [self.point(k) for k in range(last - (ago + 1) * minutes + 1, last - ago * minutes + 1)]
        points = [p for p in points if p is not None]
        return sum(points) / len(points) if points else None

    def breaches(self, value):
        return value >= self.policy["threshold"] if self.policy["above"] else value <= self.policy["threshold"]

    def evaluate(self, t):
        s = self.service.scenario
        needed = self.policy["evaluation_periods"]
        last = math.floor((t - s["metric_delay"] - s["first_period_end"]) / MINUTE + 1e-9)
        values = [(ago, self.period(last, ago)) for ago in range(needed + self.EXTRA_PERIODS)]
        reported = [(ago, value) for ago, value in values if value is not None][:needed]
        if len(reported) == needed:
            self.is_in_alarm = all(self.breaches(value) for _, value in reported)
        elif not reported or not all(self.breaches(value) for _, value in reported):
            self.is_in_alarm = False
        elif reported[-1][0] + 1 >= needed:
            self.is_in_alarm = True
        return self.is_in_alarm


def oracle(scenario):
    s = scenario
    service = Service(s)
    for policy in s["policies"]:
        policy["scenario"] = s
    alarms = [Alarms(policy, service) for policy in s["policies"]]
    simple = [SimpleAlarm(policy, service) for policy in s["simple"]]
    bounds = [s["min"], s["max"]]
    activities = []
    state = {"open": None, "out": None, "in": None}

    def start(t, to, base, cooldown):
        """B. An activity that follows before the last is complete overrides it, and its cooldown with it."""
        if state["open"] is not None:
            state["open"]["overridden"] = True
        activity = {"from": service.desired, "to": to, "base": base, "start": t, "end": None, "cooldown": cooldown, "overridden": False}
        activities.append([t, service.desired, to])
        service.set_desired(t, to)
        state["open"] = activity
        if cooldown is None:
            return
        if to > activity["from"]:
            state["out"], state["in"] = activity, None
        else:
            state["in"] = activity

    def complete_until(t):
        activity = state["open"]
        if activity is None:
            return
        second = math.ceil(activity["start"] + SHORTEST_ACTIVITY)
        while second <= t:
            running = service.running(second)
            is_out = activity["to"] > activity["from"]
            if running >= activity["to"] if is_out else running <= activity["to"]:
                activity["end"] = second
                state["open"] = None
                return
            second += 1

    def blocks(activity, t):
        if activity is None or activity["overridden"]:
            return False
        return activity["end"] is None or t - activity["end"] < activity["cooldown"]

    def want(base, value, policy):
        return max(0, math.ceil(base * value / policy["target"] - 1e-9))

    def scale_out(t, points):
        base = state["out"]["base"] if blocks(state["out"], t) else max(1, service.running(t))
        high = [(want(base, p[-1], a.policy), a.policy) for a, p in zip(alarms, points) if all(v > a.policy["target"] for v in p[-HIGH_POINTS:])]
        if not high:
            return False
        computed, policy = max(high, key=lambda one: one[0])
        if service.desired < bounds[0]:
            start(t, bounds[0], base, policy["out_cooldown"])
        elif min(computed, bounds[1]) > service.desired:
            start(t, min(computed, bounds[1]), base, policy["out_cooldown"])
        return True

    def scale_in(t, points):
        enabled = [(a.policy, p) for a, p in zip(alarms, points) if not a.policy["disable_scale_in"]]
        if not enabled or blocks(state["in"], t):
            return
        if not all(v < LOW_SHARE * policy["target"] for policy, p in enabled for v in p):
            return
        base = max(1, service.running(t))
        within = bounds[0] < service.desired <= bounds[1]
        if within and base > 1 and any(p[-1] * base / (base - 1) > policy["target"] for policy, p in enabled):
            return
        computed, policy = max(((want(base, p[-1], policy), policy) for policy, p in enabled), key=lambda one: one[0])
        if service.desired > bounds[1]:
            start(t, bounds[1], base, policy["in_cooldown"])
        elif service.desired > bounds[0]:
            to = max(bounds[0], computed, service.desired - 1)
            if to < service.desired:
                start(t, to, base, policy["in_cooldown"])

    def scale_simply(t):
        """H."""
        in_alarm = [alarm.policy for alarm in simple if alarm.evaluate(t)]
        if not in_alarm or state["open"] is not None or blocks(state["out"], t) or blocks(state["in"], t):
            return
        policy = max(in_alarm, key=lambda p: p["adjustment"])
        to = min(bounds[1], max(bounds[0], service.desired + policy["adjustment"]))
        if to != service.desired:
            start(t, to, service.desired, policy["cooldown"])

    end = s["phases"][-1][0]
    moments = [(t, action) for t, action in ((a["at"], a) for a in s["scheduled"]) if t <= end]
    count = math.floor((end - s["first_evaluation"]) / MINUTE) + 1
    moments += [(s["first_evaluation"] + k * MINUTE, None) for k in range(max(0, count))]
    for t, action in sorted(moments, key=lambda moment: moment[0]):
        complete_until(t)
        if action is not None:
            bounds[:] = [action["min"], action["max"]]
            to = min(max(service.desired, bounds[0]), bounds[1])
            if to != service.desired:
                start(t, to, service.running(t), None)
            continue
        if simple:
            scale_simply(t)
            continue
        points = [alarm.points(t) for alarm in alarms]
        scale_out(t, points) or scale_in(t, points)
    return activities


if __name__ == "__main__":
    json.dump([oracle(scenario) for scenario in json.load(sys.stdin)], sys.stdout)
