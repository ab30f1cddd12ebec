"""Step Functions: state machines."""

import json
import re

from ..errors import ResourceError
from .handler import Created, Handler, resource

_STATES = "stepfunctions"
_PLACEHOLDER = re.compile(r"\$\{([^}]+)\}")


@resource("AWS::StepFunctions::StateMachine")
class StateMachine(Handler):
    _OWN = ("Definition", "DefinitionS3Location", "DefinitionString", "DefinitionSubstitutions", "StateMachineName", "StateMachineType", "Tags")

    def _definition(self, context, properties):
        if "DefinitionS3Location" in properties:
            place = properties["DefinitionS3Location"]
            text = context.client("s3").get_object(Bucket=place["Bucket"], Key=place["Key"])["Body"].read().decode()
        elif "Definition" in properties:
            text = json.dumps(properties["Definition"])
        elif "DefinitionString" in properties:
            text = properties["DefinitionString"]
        else:
            raise ResourceError("A state machine needs Definition, DefinitionString or DefinitionS3Location.")
        values = properties.get("DefinitionSubstitutions", {})
        return _PLACEHOLDER.sub(lambda match: str(values.get(match.group(1), match.group(0))), text)

    def create(self, context, properties):
        name = properties.get("StateMachineName") or context.generated_name(80)
        extra = {"name": name, "definition": self._definition(context, properties), "type": properties.get("StateMachineType", "STANDARD")}
        extra["tags"] = [{"key": tag["Key"], "value": tag["Value"]} for tag in properties.get("Tags", [])]
        arn = context.call(_STATES, "create_state_machine", properties, None, self._OWN, **extra)["stateMachineArn"]
        return Created(arn, {"Arn": arn, "Name": name, "StateMachineRevisionId": ""})

    def update(self, context, before, properties):
        definition = self._definition(context, properties)
        context.call(_STATES, "update_state_machine", properties, None, self._OWN, stateMachineArn=before.physical_id, definition=definition)

    def delete(self, context, resource):
        context.client(_STATES).delete_state_machine(stateMachineArn=resource.physical_id)
