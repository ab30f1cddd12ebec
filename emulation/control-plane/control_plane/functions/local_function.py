"""Runs invocations of a Lambda function in a process: no container, no limits but its timeout."""

import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import uuid
import zipfile
from pathlib import Path

from ..aws_client import front_url
from ..custom_resource_responses import response_port
from .function_processes import ProcessEnded, end, give_back, take

INSTALL_SECONDS = 300

_RUNNERS = Path(__file__).parent
_lock = threading.Lock()
_folder: Path | None = None
_modules: Path | None = None


def use_folders(code: Path, modules: Path) -> None:
    """Where the code of functions is unpacked, and where the modules are that Lambda's runtimes bring."""
    global _folder, _modules
    _folder, _modules = code, modules


def invoke(function, event) -> tuple[str, bool, str]:
    """Returns the result as JSON, whether the function failed, and its log."""
    runtime = function.run_time or ""
    code = _unpacked(function.code_bytes)
    if runtime.startswith("nodejs"):
        command = ["node", "--no-warnings", str(_RUNNERS / "node-function.cjs")]
    elif runtime.startswith("python"):
        command = [sys.executable, str(_RUNNERS / "python_function.py")]
    else:
        return _failure(f"The runtime {runtime or 'of container images'} is not supported by this emulation: it runs nodejs and python.")
    request = {"folder": str(code), "handler": function.handler, "event": event, "requestId": str(uuid.uuid4()), "timeoutSeconds": function.timeout}
    return _run(command, request, _environment(function, code), function.timeout)


def install_modules(names) -> None:
    """Has a function require modules, which installs those that are missing, so that the first that needs them does not wait."""
    _remove_abandoned()
    missing = [name for name in names if not (_modules / name.replace("/", "+")).exists()]
    if not missing:
        return
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.js", f"exports.handler = async () => {json.dumps(missing)}.forEach((name) => void require(name));")
    code = _unpacked(archive.getvalue())
    request = {"folder": str(code), "handler": "index.handler", "event": {}, "requestId": "install", "timeoutSeconds": INSTALL_SECONDS}
    _run(["node", "--no-warnings", str(_RUNNERS / "node-function.cjs")], request, _node_environment(code), INSTALL_SECONDS)


def _remove_abandoned():
    """Installations that were ended before they were complete."""
    for folder in _modules.glob("*.??????") if _modules.exists() else []:
        if time.time() - folder.stat().st_mtime > 2 * INSTALL_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _run(command, request, environment, timeout):
    try:
        process = take(command, environment, request["folder"])
    except FileNotFoundError:
        return _failure(f"{command[0]} is not installed: install it to run this function.")
    try:
        # a process starts more slowly than Lambda's: the timeout is of its own work.
        answer = process.ask(request, float(timeout or 3) + 30)
    except TimeoutError:
        end(process)
        return _failure(f"{request['requestId']} Task timed out after {timeout} seconds", "Sandbox.Timedout")
    except ProcessEnded as ended:
        end(process)
        return _failure(f"Runtime exited with status {ended.status}: {ended.log[-1000:]}", "Runtime.ExitError", ended.log)
    except BaseException:
        end(process)
        raise
    give_back(process)
    if "error" in answer:
        return json.dumps(answer["error"]), True, answer["log"]
    return json.dumps(answer["result"]), False, answer["log"]


def _failure(message, kind="Runtime.Error", log=""):
    return json.dumps({"errorType": kind, "errorMessage": message}), True, log


def _unpacked(archive: bytes) -> Path:
    """The code of a function is unpacked once for all of its invocations."""
    target = _folder / hashlib.sha256(archive).hexdigest()
    with _lock:
        if not target.exists():
            partial = Path(tempfile.mkdtemp(dir=_folder))
            zipfile.ZipFile(io.BytesIO(archive)).extractall(partial)
            try:
                partial.rename(target)
            except OSError:
                # another control plane has unpacked the same code.
                shutil.rmtree(partial, ignore_errors=True)
    return target


def _environment(function, code):
    variables = {key: str(value) for key, value in (function.environment_vars or {}).items()}
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(code),
        "LANG": "en_US.UTF-8",
        "LAMBDA_TASK_ROOT": str(code),
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_LOG_GROUP_NAME": function.logs_group_name,
        "AWS_LAMBDA_LOG_STREAM_NAME": "local",
        "AWS_REGION": function.region,
        "AWS_DEFAULT_REGION": function.region,
        "AWS_ACCESS_KEY_ID": "function",
        "AWS_SECRET_ACCESS_KEY": "function",
        "AWS_ENDPOINT_URL": front_url(),
        "AWS_EC2_METADATA_DISABLED": "true",
        **variables,
        **_node_environment(code),
        "FUNCTION_RESPONSE_PORT": str(response_port() or ""),
        # modules that a data plane adds, such as one that resolves the names of load balancers.
        **({"NODE_OPTIONS": os.environ["FUNCTION_NODE_OPTIONS"]} if os.environ.get("FUNCTION_NODE_OPTIONS") else {}),
    }


def _node_environment(code):
    """What the runner itself needs."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(code),
        "FUNCTION_MODULES": str(_modules),
        # npm has the settings of the user, such as a registry or its certificate, which a function does not get.
        "FUNCTION_NPM_ENVIRONMENT": json.dumps(dict(os.environ)),
    }
