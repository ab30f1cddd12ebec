"""What a template declares: its parameters, resource types and the capabilities that it needs."""

_NAMED_IAM = {
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
}


def template_summary(template) -> dict:
    types = sorted({resource["Type"] for resource in template.resources.values()})
    return {
        "Description": template.description,
        "Parameters": [_parameter(name, definition) for name, definition in template.parameters.items()],
        "ResourceTypes": types,
        "Capabilities": _capabilities(template, types),
        "Version": "2010-09-09",
        "DeclaredTransforms": [],
    }


def _parameter(name, definition):
    described = {
        "ParameterKey": name,
        "ParameterType": definition.get("Type", "String"),
        "NoEcho": str(definition.get("NoEcho", "")).lower() == "true",
        "ParameterConstraints": {"AllowedValues": list(map(str, definition.get("AllowedValues", [])))},
    }
    if "Default" in definition:
        described["DefaultValue"] = str(definition["Default"])
    if definition.get("Description"):
        described["Description"] = definition["Description"]
    return described


def _capabilities(template, types):
    if any(_NAMED_IAM.get(resource["Type"]) in resource.get("Properties", {}) for resource in template.resources.values()):
        return ["CAPABILITY_NAMED_IAM"]
    return ["CAPABILITY_IAM"] if any(name.startswith("AWS::IAM::") for name in types) else []
