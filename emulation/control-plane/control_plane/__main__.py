"""
Starts the control plane on a loopback port that the system chooses.

    python -m control_plane --front URL --functions FOLDER --modules FOLDER

The first line on stdout is `{"url": …}`. It ends when its stdin is closed.
"""

import argparse
import json
import logging
import os
import sys
from pathlib import Path


def main() -> None:
    options = argparse.ArgumentParser(prog="control_plane")
    options.add_argument("--front", help="where all requests to services are sent; the control plane itself if there is none")
    options.add_argument("--functions", type=Path, required=True, help="where the code of Lambda functions is unpacked")
    options.add_argument("--modules", type=Path, required=True, help="the modules that Lambda's runtime for Node brings")
    given = options.parse_args()
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)

    from werkzeug.serving import make_server

    from .moto_gaps import fill_gaps
    from .parent import end_with_parent
    from .unsupported_operations import UnsupportedOperations

    end_with_parent()
    fill_gaps(has_front=given.front is not None)
    from moto.server import DomainDispatcherApplication, create_backend_app

    application = UnsupportedOperations(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    _send_requests_to(given.front or url)
    given.functions.mkdir(parents=True, exist_ok=True)

    from .functions.local_function import use_folders

    use_folders(given.functions, given.modules)
    from .resources import all_types  # noqa: F401 - registers the types

    from .preparation import prepare

    prepare()
    print(json.dumps({"url": url}), flush=True)
    server.serve_forever()


def _send_requests_to(front: str) -> None:
    from .aws_client import use_front

    use_front(front)
    # the clients that moto makes, such as those of its state machines.
    os.environ.update(
        AWS_ENDPOINT_URL=front,
        AWS_ACCESS_KEY_ID="control-plane",
        AWS_SECRET_ACCESS_KEY="control-plane",
        AWS_EC2_METADATA_DISABLED="true",
    )


main()
