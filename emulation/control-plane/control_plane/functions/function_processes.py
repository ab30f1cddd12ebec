"""Processes that run invocations one after the other, as the execution environments of Lambda do: a start takes longer than most invocations."""

import json
import os
import queue
import signal
import subprocess
import threading
import time
from collections import deque

MAX_IDLE = 8
MAX_IDLE_SECONDS = 120
_LAST_LOG_LINES = 40

_running: set = set()
_idle: list = []
_lock = threading.Lock()


class ProcessEnded(Exception):
    """A process has ended without an answer; its status, and the end of what it has written."""

    def __init__(self, status, log):
        super().__init__(log)
        self.status = status
        self.log = log


class FunctionProcess:
    """
    A process of a runtime, to which requests are written as lines, and which answers each with a line.

    Answers have a pipe of their own, whose number is the last argument: functions, their loggers and the programs that they start write to stdout.
    """

    def __init__(self, command, environment, folder):
        self.key = _key_of(command, environment, folder)
        self.idle_since = 0.0
        answers, answers_of_process = os.pipe()
        self._answer_lines = os.fdopen(answers, "rb")
        try:
            self._process = subprocess.Popen(
                [*command, str(answers_of_process)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=[answers_of_process],
                env=environment,
                cwd=folder,
                start_new_session=True,
            )
        except BaseException:
            self._answer_lines.close()
            raise
        finally:
            os.close(answers_of_process)
        self._answers: queue.Queue = queue.Queue()
        self._log: deque = deque(maxlen=_LAST_LOG_LINES)
        threading.Thread(target=self._read_answers, daemon=True).start()
        self._log_reader = threading.Thread(target=self._read_log, daemon=True)
        self._log_reader.start()

    def ask(self, request, seconds):
        """The answer, as JSON; TimeoutError if there is none in time, and ProcessEnded if there never will be one."""
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        except OSError:
            answer = None
        if answer is None:
            status = self._process.wait()
            self._log_reader.join(timeout=1)
            raise ProcessEnded(status, b"".join(self._log).decode(errors="replace"))
        return json.loads(answer)

    def is_alive(self):
        return self._process.poll() is None

    def kill(self):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()

    def _read_answers(self):
        with self._answer_lines as lines:
            for line in lines:
                self._answers.put(line)
        self._answers.put(None)

    def _read_log(self):
        for line in self._process.stdout:
            self._log.append(line)


def take(command, environment, folder) -> FunctionProcess:
    """A process that is idle, or a new one. FileNotFoundError if the program is not installed."""
    key = _key_of(command, environment, folder)
    ended = []
    with _lock:
        found = next((process for process in _idle if process.key == key and process.is_alive()), None)
        if found is not None:
            _idle.remove(found)
        ended = [process for process in _idle if not process.is_alive() or time.monotonic() - process.idle_since > MAX_IDLE_SECONDS]
        for process in ended:
            _idle.remove(process)
    for process in ended:
        process.kill()
    taken = found or FunctionProcess(command, environment, folder)
    with _lock:
        _running.add(taken)
    return taken


def give_back(process) -> None:
    """A process that has answered waits for the next request, unless others have waited for less long."""
    process.idle_since = time.monotonic()
    with _lock:
        _running.discard(process)
        _idle.append(process)
        surplus = [_idle.pop(0)] if len(_idle) > MAX_IDLE else []
    for oldest in surplus:
        oldest.kill()


def end(process) -> None:
    """A process that has not answered is not used again."""
    with _lock:
        _running.discard(process)
    process.kill()


def stop_all() -> None:
    with _lock:
        processes = [*_running, *_idle]
    for process in processes:
        process.kill()


def _key_of(command, environment, folder):
    return (tuple(command), tuple(sorted(environment.items())), str(folder))
