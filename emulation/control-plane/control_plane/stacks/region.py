"""The stacks and change sets of one account in one region, with their exports."""

import threading

from ..aws_client import client
from ..errors import TemplateError
from .stack import Stack
from .values import Values

_regions: dict = {}
_lock = threading.Lock()


def stacks_in(account: str, region: str, partition: str) -> "Region":
    with _lock:
        key = (account, region)
        if key not in _regions:
            _regions[key] = Region(account, region, partition)
        return _regions[key]


class Region:
    def __init__(self, account: str, name: str, partition: str):
        self.account = account
        self.name = name
        self.partition = partition
        self.stacks: dict[str, Stack] = {}
        self.change_sets: dict = {}
        self.lock = threading.RLock()

    def find(self, name_or_id: str, is_deleted_found: bool = True) -> Stack | None:
        """By its name only while it is not deleted, by its ID always."""
        with self.lock:
            if name_or_id.startswith("arn:"):
                stack = self.stacks.get(name_or_id)
                return stack if stack and (is_deleted_found or not stack.is_deleted) else None
            return next((stack for stack in reversed(list(self.stacks.values())) if stack.name == name_or_id and not stack.is_deleted), None)

    def get(self, name_or_id: str) -> Stack:
        stack = self.find(name_or_id)
        if stack is None:
            raise TemplateError(f"Stack with id {name_or_id} does not exist")
        return stack

    def new_stack(self, name: str, parent_id: str | None = None) -> Stack:
        with self.lock:
            stack = Stack(name, self.name, self.account, self.partition, parent_id)
            if parent_id:
                stack.root_id = self.stacks[parent_id].root_id or parent_id
            self.stacks[stack.id] = stack
            return stack

    def exports(self) -> dict:
        """Of each exported name its output and its stack."""
        with self.lock:
            stacks = [stack for stack in self.stacks.values() if not stack.is_deleted]
        return {output["ExportName"]: (output, stack) for stack in stacks for output in stack.outputs if output.get("ExportName")}

    def importers(self, name: str) -> list[Stack]:
        with self.lock:
            return [stack for stack in self.stacks.values() if name in stack.imports and not stack.is_deleted]

    def values(self, stack: Stack, template, parameters: dict, ref, attribute, imports: set) -> Values:
        """What resolves the values of a stack; the names that it imports are added to `imports`."""

        def import_value(name):
            found = self.exports().get(name)
            if found is None:
                raise TemplateError(f"No export named {name} found.")
            imports.add(name)
            return found[0]["OutputValue"]

        return Values(template, parameters, self.pseudo_parameters(stack), ref, attribute, import_value, self.client)

    def client(self, service: str, region: str | None = None):
        return client(service, region or self.name, self.account)

    def pseudo_parameters(self, stack: Stack) -> dict:
        return {
            "AWS::AccountId": self.account,
            "AWS::Region": self.name,
            "AWS::Partition": self.partition,
            "AWS::StackId": stack.id,
            "AWS::StackName": stack.name,
            "AWS::URLSuffix": "amazonaws.com.cn" if self.partition == "aws-cn" else "amazonaws.com",
            "AWS::NotificationARNs": stack.notification_arns,
        }
