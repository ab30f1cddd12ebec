"""Runs one invocation of a function whose runtime is Python. The request is JSON on stdin; the last line on stdout is the answer."""

import importlib
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


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    request = json.load(sys.stdin)
    sys.path.insert(0, request["folder"])
    try:
        module, _, name = request["handler"].rpartition(".")
        handler = getattr(importlib.import_module(module.replace("/", ".")), name)
        answer = {"result": handler(request["event"], _Context(request))}
        text = json.dumps(answer)
    except Exception as error:  # noqa: BLE001 - whatever a function raises is its result
        text = json.dumps({"error": {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": traceback.format_exc().splitlines()}})
    answers.write(f"\n{text}\n")
    answers.flush()


main()
