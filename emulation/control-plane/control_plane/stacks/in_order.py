"""Runs an action for every name of a graph as soon as what it depends on is done, several at once."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

# CloudFormation works on independent resources at the same time; most of the work here is waiting for a response.
WORKERS = 12


def run_in_order(graph: dict, action, is_stopped=lambda: False) -> dict:
    """
    Returns the error of each name whose action failed.

    After the first error nothing new begins; what is running is waited for, as CloudFormation does.
    """
    remaining = {name: set(needed) & graph.keys() for name, needed in graph.items()}
    errors: dict = {}
    running: dict = {}
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        while remaining or running:
            if not errors and not is_stopped():
                _start_ready(remaining, running, pool, action)
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                name = running.pop(future)
                error = future.exception()
                if error is not None:
                    errors[name] = error
                for needed in remaining.values():
                    needed.discard(name)
    return errors


def _start_ready(remaining, running, pool, action):
    for name in [name for name, needed in remaining.items() if not needed]:
        del remaining[name]
        running[pool.submit(action, name)] = name


def run_all_in_order(graph: dict, action) -> dict:
    """Like `run_in_order`, but goes on after errors: what depends on what failed still has its turn."""
    errors: dict = {}

    def recorded(name):
        try:
            action(name)
        except Exception as error:  # noqa: BLE001 - whatever failed is the reason that is reported
            errors[name] = error

    run_in_order(graph, recorded)
    return errors
