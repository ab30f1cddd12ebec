"""Importing this registers the handlers of all types."""

import importlib
import pkgutil

from . import __path__ as _folder

for _module in pkgutil.iter_modules(_folder):
    if _module.name not in ("all_types", "handler", "schema"):
        importlib.import_module(f"{__package__}.{_module.name}")
