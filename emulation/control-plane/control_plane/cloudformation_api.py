"""CloudFormation's API: requests that change stacks. They return at once; the work goes on in a thread of its own."""

import threading

from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError, ValidationError
from moto.core.responses import ActionResult, BaseResponse, EmptyResult

from .cloudformation_descriptions import Descriptions
from .errors import ResourceError, TemplateError, reason_of
from .stacks.change_set import NO_CHANGES, ChangeSet, planned_changes
from .stacks.operations import create_stack, delete_stack, update_stack
from .stacks.parameters import parameter_values
from .stacks.region import stacks_in
from .stacks.template import Template, parse_template
from .template_source import template_at


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFound"


class CloudFormationApi(Descriptions, BaseResponse):
    def __init__(self):
        super().__init__(service_name="cloudformation")
        self.automated_parameter_parsing = True

    @property
    def stacks(self):
        return stacks_in(self.current_account, self.region, self.partition)

    def _given(self, name, default=None):
        value = self.params.get(name)
        return default if value is None else value

    def _template(self, stack=None) -> Template:
        if self._given("UsePreviousTemplate") and stack is not None:
            return stack.template
        body = self._given("TemplateBody")
        if body is None and self._given("TemplateURL"):
            body = template_at(self.stacks, self._given("TemplateURL"))
        if body is None:
            raise TemplateError("Either Template URL or Template Body must be specified.")
        return parse_template(body)

    def create_stack(self):
        name, region = self._given("StackName"), self.stacks
        if region.find(name) is not None:
            raise AlreadyExistsException(f"Stack [{name}] already exists")
        template = self._template()
        parameters = parameter_values(template, self._given("Parameters", []), {})
        stack = region.new_stack(name)
        try:
            planned_changes(region, stack, template, parameters)
        except Exception:
            del region.stacks[stack.id]
            raise
        self._settle(stack)
        start(create_stack, region, stack, template, parameters)
        return ActionResult({"StackId": stack.id})

    def update_stack(self):
        region = self.stacks
        stack = self._stack_to_change()
        template = self._template(stack)
        parameters = parameter_values(template, self._given("Parameters", []), stack.parameters)
        changes = planned_changes(region, stack, template, parameters)
        if not changes and not _has_other_changes(stack, template, self._given("Tags")):
            raise ValidationError(message="No updates are to be performed.")
        self._settle(stack)
        start(update_stack, region, stack, template, parameters)
        return ActionResult({"StackId": stack.id})

    def _stack_to_change(self):
        stack = self.stacks.get(self._given("StackName"))
        if stack.is_in_progress or stack.is_deleted or stack.status in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"):
            raise ValidationError(message=f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
        return stack

    def _settle(self, stack):
        """What a request says about the stack itself."""
        stack.capabilities = self._given("Capabilities", stack.capabilities)
        stack.tags = self._given("Tags", stack.tags)
        stack.notification_arns = self._given("NotificationARNs", stack.notification_arns)
        stack.role_arn = self._given("RoleARN", stack.role_arn)
        stack.disable_rollback = bool(self._given("DisableRollback", False))
        stack.on_failure = self._given("OnFailure", self._given("OnStackFailure"))
        stack.is_termination_protected = bool(self._given("EnableTerminationProtection", stack.is_termination_protected))
        stack.token = self._given("ClientRequestToken")

    def delete_stack(self):
        region = self.stacks
        stack = region.find(self._given("StackName"))
        if stack is None or stack.is_deleted:
            return EmptyResult()
        if stack.is_termination_protected:
            raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
        stack.token = self._given("ClientRequestToken")
        # what is still being created is finished first: its threads end as soon as they can.
        stack.is_cancelled = True
        start(delete_stack, region, stack, self._given("RetainResources", []))
        return EmptyResult()

    def cancel_update_stack(self):
        stack = self.stacks.get(self._given("StackName"))
        if stack.status != "UPDATE_IN_PROGRESS":
            raise ValidationError(message=f"CancelUpdateStack cannot be called from current stack status {stack.status}")
        stack.is_cancelled = True
        return EmptyResult()

    def update_termination_protection(self):
        stack = self.stacks.get(self._given("StackName"))
        stack.is_termination_protected = bool(self._given("EnableTerminationProtection"))
        return ActionResult({"StackId": stack.id})

    def set_stack_policy(self):
        self.stacks.get(self._given("StackName")).policy = self._given("StackPolicyBody")
        return EmptyResult()

    def create_change_set(self):
        name, region = self._given("StackName"), self.stacks
        kind = self._given("ChangeSetType", "UPDATE")
        stack = region.find(name)
        if kind == "CREATE" and stack is not None and stack.status != "REVIEW_IN_PROGRESS":
            raise ValidationError(message=f"Stack [{name}] already exists and cannot be created again with the changeSet [{self._given('ChangeSetName')}].")
        if kind != "CREATE" and stack is None:
            raise ValidationError(message=f"Stack [{name}] does not exist")
        if kind != "CREATE":
            self._stack_to_change()
        template = self._template(stack)
        parameters = parameter_values(template, self._given("Parameters", []), stack.parameters if stack else {})
        if stack is None:
            stack = region.new_stack(name)
            stack.set_status("REVIEW_IN_PROGRESS", "User Initiated")
        tags = self._given("Tags")
        change_set = ChangeSet(self._given("ChangeSetName"), stack, template, parameters, kind, tags if tags is not None else stack.tags)
        change_set.description = self._given("Description", "")
        change_set.settings = {"capabilities": self._given("Capabilities", []), "on_failure": self._given("OnStackFailure")}
        change_set.settings["role_arn"] = self._given("RoleARN", stack.role_arn)
        change_set.settings["notification_arns"] = self._given("NotificationARNs", stack.notification_arns)
        self._plan(change_set)
        region.change_sets[change_set.id] = change_set
        return ActionResult({"Id": change_set.id, "StackId": stack.id})

    def _plan(self, change_set):
        try:
            stack = change_set.stack
            change_set.changes = planned_changes(self.stacks, stack, change_set.template, change_set.parameters)
            if change_set.type != "CREATE" and not change_set.changes and not _has_other_changes(stack, change_set.template, change_set.tags):
                change_set.status_reason = NO_CHANGES
        except (TemplateError, ResourceError) as error:
            change_set.status_reason = reason_of(error)
        if change_set.status_reason:
            change_set.status, change_set.execution_status = "FAILED", "UNAVAILABLE"

    def _change_set(self):
        name, stack_name = self._given("ChangeSetName"), self._given("StackName")
        for change_set in reversed(list(self.stacks.change_sets.values())):
            is_of_stack = stack_name is None or stack_name in (change_set.stack.name, change_set.stack.id)
            if name == change_set.id or (name == change_set.name and is_of_stack and not change_set.stack.is_deleted):
                return change_set
        raise ChangeSetNotFound(f"ChangeSet [{name}] does not exist")

    def execute_change_set(self):
        region, change_set = self.stacks, self._change_set()
        if change_set.execution_status != "AVAILABLE":
            raise ValidationError(message=f"ChangeSet [{change_set.id}] cannot be executed in its current status of [{change_set.status}]")
        stack = change_set.stack
        if stack.is_in_progress:
            raise ValidationError(message=f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
        change_set.execution_status = "EXECUTE_COMPLETE"
        for name, value in change_set.settings.items():
            setattr(stack, name, value)
        stack.tags, stack.change_set_id = change_set.tags, change_set.id
        stack.token = self._given("ClientRequestToken")
        stack.disable_rollback = bool(self._given("DisableRollback", False))
        start(create_stack if change_set.type == "CREATE" else update_stack, region, stack, change_set.template, change_set.parameters)
        return EmptyResult()

    def delete_change_set(self):
        try:
            change_set = self._change_set()
        except ChangeSetNotFound:
            return EmptyResult()
        del self.stacks.change_sets[change_set.id]
        return EmptyResult()


def _has_other_changes(stack, template, tags) -> bool:
    """Changes of outputs, tags or metadata update a stack without touching a resource."""
    before = stack.template
    metadata = [{name: resource.get(key) for name, resource in one.resources.items()} for one in (before, template) for key in ("Metadata",)]
    return before.outputs != template.outputs or (tags is not None and tags != stack.tags) or metadata[0] != metadata[1]


def start(operation, region, stack, *arguments) -> None:
    """One operation at a time works on a stack; the status is set before the request returns, as clients read it at once."""
    is_started = threading.Event()

    def run():
        with stack.operation_lock:
            is_started.set()
            operation(region, stack, *arguments)

    events = len(stack.events)
    threading.Thread(target=run, name=f"{operation.__name__} {stack.name}", daemon=True).start()
    # a deletion of a stack that is being created waits for it, and the client sees DELETE_IN_PROGRESS later.
    if is_started.wait(timeout=1):
        while len(stack.events) == events:
            threading.Event().wait(0.005)
