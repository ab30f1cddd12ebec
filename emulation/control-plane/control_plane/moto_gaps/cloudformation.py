"""CloudFormation's API is the one of this package."""

import importlib.util
import sys
from types import ModuleType

from moto.core.base_backend import BackendDict, BaseBackend


def replace_api() -> None:
    """
    Puts another module in the place of moto's, before that is imported: moto's loads the models of forty services.

    Its errors stay, as other services of moto import them.
    """
    package = ModuleType("moto.cloudformation")
    package.__path__ = list(importlib.util.find_spec("moto").submodule_search_locations)
    package.__path__ = [f"{folder}/cloudformation" for folder in package.__path__]
    sys.modules["moto.cloudformation"] = package

    from ..cloudformation_api import CloudFormationApi

    urls = ModuleType("moto.cloudformation.urls")
    urls.url_bases = [r"https?://cloudformation\.(.+)\.amazonaws\.com"]
    urls.url_paths = {"{0}/$": CloudFormationApi.dispatch}
    sys.modules["moto.cloudformation.urls"] = package.urls = urls
    package.cloudformation_backends = BackendDict(_Backend, "cloudformation")


class _Backend(BaseBackend):
    """Only says where the API is: the stacks are in `stacks`."""


# where moto looks for the URLs.
_Backend.__module__ = "moto.cloudformation.models"
