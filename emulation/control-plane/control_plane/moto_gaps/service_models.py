"""The models of the services: files of botocore, which moto and each client read and parse again."""

import functools
import json
import os

from botocore.loaders import JSONFileLoader


def read_once() -> None:
    """Half of the time of a first deployment was the parsing of models, and each copy takes memory. No one changes them."""
    JSONFileLoader._load_file = lambda self, full_path, open_method: _parsed(full_path, open_method)


@functools.lru_cache(maxsize=None)
def _parsed(full_path, open_method):
    if not os.path.isfile(full_path):
        return None
    with open_method(full_path, "rb") as file:
        # members keep their order in any dictionary of Python today.
        return json.loads(file.read())
