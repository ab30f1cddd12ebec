"""The outputs of a stack, and what protects the values that other stacks import."""

from ..errors import TemplateError
from .values import as_text


def outputs_of(template, values) -> list[dict]:
    outputs = []
    for name, definition in template.outputs.items():
        if "Condition" in definition and not values.condition(definition["Condition"]):
            continue
        output = {"OutputKey": name, "OutputValue": as_text(values.resolve(definition["Value"]))}
        if definition.get("Description"):
            output["Description"] = definition["Description"]
        if "Export" in definition:
            output["ExportName"] = as_text(values.resolve(definition["Export"]["Name"]))
        outputs.append(output)
    return outputs


def check_exports(region, stack, outputs: list[dict]) -> None:
    """A name is exported once, and an imported value neither changes nor goes."""
    exports = region.exports()
    new = {output["ExportName"]: output["OutputValue"] for output in outputs if output.get("ExportName")}
    for name in new:
        owner = exports[name][1] if name in exports else None
        if owner is not None and owner.id != stack.id:
            raise TemplateError(f"Export with name {name} is already exported by stack {owner.name}.")
    for output in stack.outputs:
        name = output.get("ExportName")
        if name is None or new.get(name) == output["OutputValue"]:
            continue
        users = [user.name for user in region.importers(name) if user.id != stack.id]
        if users:
            verb = "update" if name in new else "delete"
            raise TemplateError(f"Cannot {verb} export {name} as it is in use by {', '.join(users)}.")
