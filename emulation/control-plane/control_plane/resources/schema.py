"""CloudFormation's own schema of the supported types: which properties they have, and which of them replace a resource."""

import json
from functools import lru_cache
from pathlib import Path

from ..errors import ResourceError

_FILE = Path(__file__).with_name("resource-schema.json")
_SCALARS = {"string", "number", "integer", "boolean", "date-time"}


@lru_cache(maxsize=1)
def _schema() -> dict:
    return json.loads(_FILE.read_text())


def _of(name: str) -> dict | None:
    return _schema()["resources"].get(name)


@lru_cache(maxsize=None)
def replacing_properties(name: str) -> set:
    schema = _of(name)
    return {key for key, entry in schema["properties"].items() if entry.get("replaces")} if schema else set()


def check_properties(name: str, properties) -> None:
    """Rejects properties that the type does not have, lacks of required ones, and values of another kind."""
    schema = _of(name)
    if schema is None:
        return
    errors = list(_errors(schema["properties"], schema["types"], properties, ""))
    if errors:
        raise ResourceError(f"Properties validation failed for resource of type {name}: {'; '.join(errors)}")


def _errors(known, types, value, path):
    if not isinstance(value, dict):
        yield f"{path or '#'} must be an object"
        return
    for key in value:
        if key not in known:
            yield f"{path}/{key}: extraneous key [{key}] is not permitted"
        else:
            yield from _value_errors(known[key]["type"], types, value[key], f"{path}/{key}")
    for key, entry in known.items():
        if entry.get("required") and key not in value:
            yield f"{path or '#'}: required key [{key}] not found"


def _value_errors(kind, types, value, path):
    if isinstance(kind, str):
        if kind in _SCALARS:
            yield from _scalar_errors(kind, value, path)
        elif kind.startswith("ref:"):
            yield from _errors(types[kind[4:]], types, value, path)
    elif "list" in kind:
        if not isinstance(value, list):
            yield f"{path}: expected a list"
            return
        for index, item in enumerate(value):
            yield from _value_errors(kind["list"], types, item, f"{path}/{index}")
    elif "map" in kind:
        if not isinstance(value, dict):
            yield f"{path}: expected an object"
            return
        for key, item in value.items():
            yield from _value_errors(kind["map"], types, item, f"{path}/{key}")
    elif "union" in kind:
        found = [list(_value_errors(one, types, value, path)) for one in kind["union"]]
        if all(found):
            yield from min(found, key=len)


def _scalar_errors(kind, value, path):
    if isinstance(value, (dict, list)):
        yield f"{path}: expected a {kind}"
    elif kind in ("number", "integer") and not isinstance(value, (int, float)):
        try:
            float(value)
        except ValueError:
            yield f"{path}: expected a {kind}, got {value!r}"
    elif kind == "boolean" and str(value).lower() not in ("true", "false"):
        yield f"{path}: expected true or false, got {value!r}"
