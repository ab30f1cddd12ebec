"""Ends this process with the one that started it, also when that one is killed."""

import os
import sys
import threading

from .functions.function_processes import stop_all


def end_with_parent() -> None:
    """The parent holds the other end of stdin: the system closes it whatever the parent dies of."""

    def watch():
        while sys.stdin.buffer.read(4096):
            pass
        stop_all()
        os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()
