"""The properties of a resource as the parameters of an API request, read from the request's shape in botocore's service model."""

from .errors import ResourceError


def request_parameters(shape, value, path: str, rename: dict | None = None, without=()):
    """Fails with the property's path if the request has no such parameter: nothing that a template sets is dropped."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, value, path, rename or {}, without)
    if kind == "list":
        values = value if isinstance(value, list) else [value]
        return [request_parameters(shape.member, item, f"{path}[{index}]", rename) for index, item in enumerate(values) if item is not None]
    if kind == "map":
        return _map(shape, value, path)
    return _scalar(kind, value, path)


def _structure(shape, value, path, rename, without):
    if not isinstance(value, dict):
        raise ResourceError(f"{path} must be an object, got {value!r}.")
    if getattr(shape, "is_document_type", False):
        return value
    members = {name.lower(): name for name in shape.members}
    parameters = {}
    for key, item in value.items():
        if item is None or key in without:
            continue
        member = members.get(rename.get(key, key).lower())
        if member is None:
            raise ResourceError(f"The property {path}.{key} is not supported by this emulation.")
        parameters[member] = request_parameters(shape.members[member], item, f"{path}.{key}", rename)
    return parameters


def _map(shape, value, path):
    # CloudFormation has lists of tags where some APIs have a map.
    if isinstance(value, list):
        value = {entry["Key"]: entry["Value"] for entry in value}
    return {key: request_parameters(shape.value, item, f"{path}.{key}") for key, item in value.items()}


def _scalar(kind, value, path):
    try:
        if kind in ("integer", "long"):
            return int(value)
        if kind in ("float", "double"):
            return float(value)
    except (TypeError, ValueError):
        raise ResourceError(f"{path} must be a number, got {value!r}.") from None
    if kind == "boolean":
        return is_true(value)
    if kind == "string":
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value)
    return value


def is_true(value) -> bool:
    return value if isinstance(value, bool) else str(value).lower() == "true"
