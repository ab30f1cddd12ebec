"""Runs invocations of a function whose runtime is Python. Each request is a line of JSON on stdin, and its answer one on the pipe
whose number is the argument."""

import importlib
import io
import json
import os
import sys
import time
import traceback


class _Context:
    def __init__(self, request):
        self.aws_request_id = request["requestId"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = "$LATEST"
        self.invoked_function_arn = self.function_name
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self._end = time.monotonic() + float(request["timeoutSeconds"])

    def get_remaining_time_in_millis(self):
        return max(0, int(1000 * (self._end - time.monotonic())))


class _Log(io.TextIOBase):
    """What a function prints. Loggers keep the stream that they have begun with."""

    def __init__(self):
        self._texts = []

    def write(self, text):
        self._texts.append(text)
        # the end of it is the reason if the process ends.
        sys.__stderr__.write(text)
        sys.__stderr__.flush()
        return len(text)

    def take(self):
        texts, self._texts = self._texts, []
        return "".join(texts)


def main():
    answers, log = os.fdopen(int(sys.argv[1]), "w"), _Log()
    sys.stdout = sys.stderr = log
    for line in sys.stdin:
        request = json.loads(line)
        if request["folder"] not in sys.path:
            sys.path.insert(0, request["folder"])
        answer = _invoke(request)
        answers.write(json.dumps({**answer, "log": log.take()}) + "\n")
        answers.flush()


def _invoke(request):
    try:
        module, _, name = request["handler"].rpartition(".")
        handler = getattr(importlib.import_module(module.replace("/", ".")), name)
        result = handler(request["event"], _Context(request))
        json.dumps(result)
        return {"result": result}
    except Exception as error:  # noqa: BLE001 - whatever a function raises is its result
        return {"error": {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": traceback.format_exc().splitlines()}}


main()
