"""CloudFormation's API: requests that read."""

from moto.cloudformation.exceptions import ValidationError
from moto.core.responses import ActionResult

from .stacks.template import as_json
from .template_summary import template_summary

_PAGE = 100


class Descriptions:
    """The half of the API that changes nothing."""

    def describe_stacks(self):
        name = self._given("StackName")
        if name is not None:
            return ActionResult({"Stacks": [_stack(self.stacks.get(name))]})
        stacks = [_stack(stack) for stack in reversed(list(self.stacks.stacks.values())) if not stack.is_deleted]
        return self._page("Stacks", stacks)

    def list_stacks(self):
        wanted = self._given("StackStatusFilter")
        stacks = [_stack_summary(stack) for stack in reversed(list(self.stacks.stacks.values())) if not wanted or stack.status in wanted]
        return self._page("StackSummaries", stacks)

    def describe_stack_events(self):
        name = self._given("StackName")
        stack = self.stacks.find(name)
        if stack is None:
            raise ValidationError(message=f"Stack [{name}] does not exist")
        with stack.lock:
            events = [_event(stack, event) for event in reversed(stack.events)]
        return self._page("StackEvents", events)

    def describe_stack_resources(self):
        physical_id, name = self._given("PhysicalResourceId"), self._given("StackName")
        logical_id = self._given("LogicalResourceId")
        stacks = [self.stacks.get(name)] if name else [stack for stack in self.stacks.stacks.values() if not stack.is_deleted]
        if physical_id is not None:
            stacks = [stack for stack in stacks if any(resource.physical_id == physical_id for resource in stack.resources.values())]
            if not stacks:
                raise ValidationError(message=f"Stack for {physical_id} does not exist")
        resources = [_resource(stack, resource) for stack in stacks for resource in list(stack.resources.values())]
        return ActionResult({"StackResources": [one for one in resources if logical_id in (None, one["LogicalResourceId"])]})

    def describe_stack_resource(self):
        stack, logical_id = self.stacks.get(self._given("StackName")), self._given("LogicalResourceId")
        resource = stack.resources.get(logical_id)
        if resource is None:
            raise ValidationError(message=f"Resource {logical_id} does not exist for stack {stack.name}")
        detail = {**_resource(stack, resource), "LastUpdatedTimestamp": resource.updated_at, "Metadata": as_json(resource.metadata)}
        return ActionResult({"StackResourceDetail": detail})

    def list_stack_resources(self):
        stack = self.stacks.get(self._given("StackName"))
        resources = [{**_resource(stack, resource), "LastUpdatedTimestamp": resource.updated_at} for resource in list(stack.resources.values())]
        return self._page("StackResourceSummaries", resources)

    def get_template(self):
        if self._given("ChangeSetName"):
            template = self._change_set().template
        else:
            template = self.stacks.get(self._given("StackName")).template
        # a stack that is being reviewed has none.
        return ActionResult({"TemplateBody": template.body if template else "", "StagesAvailable": ["Original", "Processed"]})

    def get_template_summary(self):
        name = self._given("StackName")
        template = self.stacks.get(name).template if name else self._template()
        return ActionResult(template_summary(template))

    def validate_template(self):
        template = self._template()
        summary = template_summary(template)
        keys = ("ParameterKey", "DefaultValue", "NoEcho", "Description")
        summary["Parameters"] = [{key: one[key] for key in keys if key in one} for one in summary["Parameters"]]
        return ActionResult({key: summary[key] for key in ("Description", "Parameters", "Capabilities")})

    def get_stack_policy(self):
        return ActionResult({"StackPolicyBody": self.stacks.get(self._given("StackName")).policy})

    def list_exports(self):
        exports = [
            {"ExportingStackId": stack.id, "Name": name, "Value": output["OutputValue"]} for name, (output, stack) in sorted(self.stacks.exports().items())
        ]
        return self._page("Exports", exports)

    def list_imports(self):
        name = self._given("ExportName")
        users = [stack.name for stack in self.stacks.importers(name)]
        if not users:
            raise ValidationError(message=f"Export '{name}' is not imported by any stack.")
        return self._page("Imports", users)

    def describe_change_set(self):
        change_set = self._change_set()
        stack = change_set.stack
        described = {
            **_change_set_summary(change_set),
            "ChangeSetType": change_set.type,
            "Changes": change_set.changes,
            "Parameters": _parameters(change_set.template, change_set.parameters),
            "Tags": change_set.tags,
            "Capabilities": change_set.settings.get("capabilities", []),
            "NotificationARNs": stack.notification_arns,
        }
        return ActionResult(described)

    def list_change_sets(self):
        stack = self.stacks.get(self._given("StackName"))
        return self._page("Summaries", [_change_set_summary(one) for one in self.stacks.change_sets.values() if one.stack is stack])

    def _page(self, key, items):
        """Tokens are the index of the next item."""
        first = int(self._given("NextToken", 0))
        result = {key: items[first : first + _PAGE]}
        if first + _PAGE < len(items):
            result["NextToken"] = str(first + _PAGE)
        return ActionResult(result)


def _stack(stack):
    described = {
        **_stack_summary(stack),
        "ChangeSetId": stack.change_set_id,
        "Description": stack.template.description if stack.template else None,
        "Parameters": _parameters(stack.template, stack.parameters),
        "DisableRollback": stack.disable_rollback,
        "NotificationARNs": stack.notification_arns,
        "Capabilities": stack.capabilities,
        "Outputs": stack.outputs,
        "RoleARN": stack.role_arn,
        "Tags": stack.tags,
        "EnableTerminationProtection": stack.is_termination_protected,
    }
    return {key: value for key, value in described.items() if value is not None}


def _stack_summary(stack):
    summary = {
        "StackId": stack.id,
        "StackName": stack.name,
        "TemplateDescription": stack.template.description if stack.template else None,
        "CreationTime": stack.created_at,
        "LastUpdatedTime": stack.updated_at,
        "DeletionTime": stack.deleted_at,
        "StackStatus": stack.status,
        "StackStatusReason": stack.status_reason or None,
        "ParentId": stack.parent_id,
        "RootId": stack.root_id,
        "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"},
    }
    return {key: value for key, value in summary.items() if value is not None}


def _parameters(template, values):
    if template is None:
        return []
    hidden = {name for name, definition in template.parameters.items() if str(definition.get("NoEcho", "")).lower() == "true"}
    return [{"ParameterKey": name, "ParameterValue": "****" if name in hidden else value} for name, value in values.items()]


def _resource(stack, resource):
    described = {
        "StackName": stack.name,
        "StackId": stack.id,
        "LogicalResourceId": resource.logical_id,
        "PhysicalResourceId": resource.physical_id or None,
        "ResourceType": resource.type,
        "Timestamp": resource.updated_at,
        "ResourceStatus": resource.status,
        "ResourceStatusReason": resource.status_reason or None,
        "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"},
    }
    return {key: value for key, value in described.items() if value is not None}


def _event(stack, event):
    described = {
        "StackId": stack.id,
        "EventId": event.event_id,
        "StackName": stack.name,
        "LogicalResourceId": event.logical_id,
        "PhysicalResourceId": event.physical_id,
        "ResourceType": event.type,
        "Timestamp": event.at,
        "ResourceStatus": event.status,
        "ResourceStatusReason": event.reason or None,
        "ResourceProperties": event.properties,
        "ClientRequestToken": event.token,
    }
    return {key: value for key, value in described.items() if value is not None}


def _change_set_summary(change_set):
    summary = {
        "ChangeSetName": change_set.name,
        "ChangeSetId": change_set.id,
        "StackId": change_set.stack.id,
        "StackName": change_set.stack.name,
        "Description": change_set.description or None,
        "CreationTime": change_set.created_at,
        "ExecutionStatus": change_set.execution_status,
        "Status": change_set.status,
        "StatusReason": change_set.status_reason or None,
    }
    return {key: value for key, value in summary.items() if value is not None}
