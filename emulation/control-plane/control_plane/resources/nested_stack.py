"""Nested stacks, and the wait conditions that CloudFormation has as resources."""

from ..errors import ResourceError, TemplateError
from ..stacks.parameters import parameter_values
from ..stacks.template import parse_template
from ..template_source import template_at
from .handler import Created, Handler, resource


@resource("AWS::CloudFormation::Stack")
class NestedStack(Handler):
    def create(self, context, properties):
        from ..stacks.operations import create_stack

        template, parameters = self._template(context, properties, {})
        name = f"{context.stack.name}-{context.resource.logical_id}-{context.generated_name()[-12:]}"[:128]
        stack = context.stacks.new_stack(name, parent_id=context.stack.id)
        context.resource.physical_id = stack.id
        stack.tags = properties.get("Tags", [])
        stack.capabilities = context.stack.capabilities
        create_stack(context.stacks, stack, template, parameters)
        self._check(stack, "CREATE_COMPLETE", "created")
        return self._created(stack)

    def update(self, context, before, properties):
        from ..stacks.change_set import planned_changes
        from ..stacks.operations import update_stack

        stack = context.stacks.get(before.physical_id)
        template, parameters = self._template(context, properties, stack.parameters)
        if planned_changes(context.stacks, stack, template, parameters) or stack.template.outputs != template.outputs:
            update_stack(context.stacks, stack, template, parameters)
            self._check(stack, "UPDATE_COMPLETE", "updated")
        return self._created(stack)

    def delete(self, context, resource):
        from ..stacks.operations import delete_stack

        stack = context.stacks.find(resource.physical_id)
        if stack is None or stack.is_deleted:
            return
        delete_stack(context.stacks, stack)
        self._check(stack, "DELETE_COMPLETE", "deleted")

    def replaced_by(self, before, after):
        return set()

    def _template(self, context, properties, previous):
        body = template_at(context.stacks, properties["TemplateURL"])
        given = [{"ParameterKey": key, "ParameterValue": _text(value)} for key, value in properties.get("Parameters", {}).items()]
        try:
            template = parse_template(body)
            return template, parameter_values(template, given, previous)
        except TemplateError as error:
            raise ResourceError(f"Embedded stack: {error}") from error

    def _check(self, stack, expected, done):
        if stack.status != expected:
            reasons = [event.reason for event in stack.events if event.status.endswith("_FAILED") and event.reason]
            raise ResourceError(f"Embedded stack {stack.id} was not successfully {done}: {'; '.join(reasons) or stack.status_reason}")

    def _created(self, stack):
        return Created(stack.id, {f"Outputs.{output['OutputKey']}": output["OutputValue"] for output in stack.outputs})


def _text(value):
    return ",".join(map(str, value)) if isinstance(value, list) else ("true" if value else "false") if isinstance(value, bool) else str(value)


@resource("AWS::CloudFormation::WaitConditionHandle")
class WaitConditionHandle(Handler):
    """A placeholder, as the CDK makes it for stacks without resources."""

    def create(self, context, properties):
        return Created(f"https://cloudformation-waitcondition-{context.region}.s3.amazonaws.com/{context.generated_name()}")

    def delete(self, context, resource):
        """Nothing was made."""


@resource("AWS::CDK::Metadata")
class CdkMetadata(Handler):
    """Says with which constructs a stack was made; AWS has nothing to create for it either."""

    def create(self, context, properties):
        return Created(context.generated_name())

    def update(self, context, before, properties):
        """Nothing was made."""

    def delete(self, context, resource):
        """Nothing was made."""
