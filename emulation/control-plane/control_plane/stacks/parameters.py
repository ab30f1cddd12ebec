"""The parameters of a stack: given, previous or default values, checked against their constraints."""

import re

from ..errors import TemplateError

_SSM = re.compile(r"AWS::SSM::Parameter::Value<(.*)>")


def parameter_values(template, given: list, previous: dict) -> dict:
    """The texts of the parameters, before SSM parameters and lists are resolved."""
    by_name = {entry["ParameterKey"]: entry for entry in given}
    unknown = sorted(set(by_name) - set(template.parameters))
    if unknown:
        raise TemplateError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    values, missing = {}, []
    for name, definition in template.parameters.items():
        entry = by_name.get(name, {})
        if entry.get("UsePreviousValue") and name in previous:
            values[name] = previous[name]
        elif entry.get("ParameterValue") is not None:
            values[name] = entry["ParameterValue"]
        elif "Default" in definition:
            values[name] = _default(definition["Default"])
        else:
            missing.append(name)
            continue
        _check(name, definition, values[name])
    if missing:
        raise TemplateError(f"Parameters: [{', '.join(missing)}] must have values")
    return values


def _default(value):
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _check(name, definition, value):
    allowed = definition.get("AllowedValues")
    explanation = definition.get("ConstraintDescription")
    if allowed is not None and value not in [_default(item) for item in allowed]:
        raise TemplateError(explanation or f"Parameter '{name}' must be one of AllowedValues")
    pattern = definition.get("AllowedPattern")
    if pattern is not None and re.fullmatch(pattern, value) is None:
        raise TemplateError(f"Parameter {name} failed to satisfy constraint: {explanation or f'must match pattern {pattern}'}")
    if len(value) < int(definition.get("MinLength", 0)) or len(value) > int(definition.get("MaxLength", len(value))):
        raise TemplateError(explanation or f"Parameter '{name}' has a length that is not allowed")
    if definition.get("Type") == "Number":
        _check_number(name, definition, value)


def _check_number(name, definition, value):
    try:
        number = float(value)
    except ValueError:
        raise TemplateError(f"Parameter '{name}' must be a number.") from None
    for key, is_outside in (("MinValue", lambda limit: number < limit), ("MaxValue", lambda limit: number > limit)):
        if key in definition and is_outside(float(definition[key])):
            raise TemplateError(f"Parameter '{name}' must be a number that satisfies {key} {definition[key]}")


def resolved_parameters(template, values: dict, client) -> dict:
    """What Ref returns for each parameter."""
    resolved = {}
    for name, value in values.items():
        kind = template.parameters.get(name, {}).get("Type", "String")
        ssm = _SSM.fullmatch(kind)
        if ssm:
            value, kind = _stored(name, value, client), ssm.group(1)
        resolved[name] = _typed(kind, value)
    return resolved


def _stored(name, key, client):
    try:
        return client("ssm").get_parameter(Name=key, WithDecryption=True)["Parameter"]["Value"]
    except client("ssm").exceptions.ParameterNotFound:
        raise TemplateError(f"Unable to fetch parameters [{key}] from parameter store for this account.") from None


def _typed(kind, value):
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        return [item.strip() for item in value.split(",")] if value else []
    return value


def check_rules(template, values) -> None:
    """The rules of a template, such as that of the CDK about the version of its bootstrap stack."""
    for name, rule in template.rules.items():
        if "RuleCondition" in rule and not values.resolve(rule["RuleCondition"]):
            continue
        for assertion in rule.get("Assertions", []):
            if not values.resolve(assertion["Assert"]):
                text = assertion.get("AssertDescription", "its assertion is false")
                raise TemplateError(f"Template validation error: rule {name}: {text}")
