"""Dynamic references: values of Parameter Store and Secrets Manager inside a text."""

import json
import re

from ..errors import ResourceError

_REFERENCE = re.compile(r"\{\{resolve:(ssm-secure|ssm|secretsmanager):([^}]*)\}\}")


def resolve_dynamic_references(text: str, client) -> str:
    return _REFERENCE.sub(lambda match: _value(match.group(1), match.group(2), client), text)


def _value(service: str, reference: str, client) -> str:
    return _parameter(service, reference, client) if service.startswith("ssm") else _secret(reference, client)


def _parameter(service, reference, client):
    name, _, version = reference.partition(":")
    found = client("ssm").get_parameter(Name=f"{name}:{version}" if version else name, WithDecryption=service == "ssm-secure")
    return found["Parameter"]["Value"]


def _secret(reference, client):
    # an ARN has colons of its own: the six parts of `arn:aws:secretsmanager:region:account:secret` and the name.
    parts = reference.split(":")
    width = 7 if reference.startswith("arn:") else 1
    identifier, rest = ":".join(parts[:width]), parts[width:] + [""] * 4
    field, key, stage, version = rest[0] or "SecretString", rest[1], rest[2], rest[3]
    request = {"SecretId": identifier}
    if stage:
        request["VersionStage"] = stage
    if version:
        request["VersionId"] = version
    value = client("secretsmanager").get_secret_value(**request)[field]
    if not key:
        return value
    values = json.loads(value)
    if key not in values:
        raise ResourceError(f"Could not find a value associated with JSONKey {key} in the secret {identifier}.")
    return str(values[key])
