"""A stack: its template, resources, outputs and events."""

import threading
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone

IN_PROGRESS = "_IN_PROGRESS"


def now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass
class StackResource:
    logical_id: str
    type: str
    physical_id: str = ""
    properties: dict = field(default_factory=dict)
    attributes: dict = field(default_factory=dict)
    needed: set = field(default_factory=set)
    deletion_policy: str = "Delete"
    update_replace_policy: str = "Delete"
    metadata: dict = field(default_factory=dict)
    status: str = ""
    status_reason: str = ""
    updated_at: datetime = field(default_factory=now)


@dataclass
class StackEvent:
    event_id: str
    logical_id: str
    physical_id: str
    type: str
    status: str
    reason: str
    token: str | None
    properties: str | None
    at: datetime = field(default_factory=now)


class Stack:
    def __init__(self, name: str, region: str, account: str, partition: str, parent_id: str | None = None):
        self.name = name
        self.region = region
        self.account = account
        self.partition = partition
        self.id = f"arn:{partition}:cloudformation:{region}:{account}:stack/{name}/{uuid.uuid4()}"
        self.parent_id = parent_id
        self.root_id = parent_id
        self.template = None
        self.parameters: dict = {}
        self.capabilities: list = []
        self.tags: list = []
        self.notification_arns: list = []
        self.role_arn: str | None = None
        self.disable_rollback = False
        self.on_failure: str | None = None
        self.is_termination_protected = False
        self.policy: str | None = None
        self.change_set_id: str | None = None
        self.resources: dict[str, StackResource] = {}
        self.outputs: list[dict] = []
        self.imports: set = set()
        self.events: list[StackEvent] = []
        self.status = ""
        self.status_reason = ""
        self.created_at = now()
        self.updated_at: datetime | None = None
        self.deleted_at: datetime | None = None
        self.token: str | None = None
        self.lock = threading.RLock()
        self.operation_lock = threading.Lock()
        self.is_cancelled = False

    def set_status(self, status: str, reason: str = "") -> None:
        with self.lock:
            self.status, self.status_reason = status, reason
            self._add_event(self.name, self.id, "AWS::CloudFormation::Stack", status, reason, None)

    def set_resource_status(self, resource: StackResource, status: str, reason: str = "", properties: str | None = None) -> None:
        with self.lock:
            resource.status, resource.status_reason, resource.updated_at = status, reason, now()
            self._add_event(resource.logical_id, resource.physical_id, resource.type, status, reason, properties)

    def _add_event(self, logical_id, physical_id, kind, status, reason, properties):
        event_id = f"{logical_id}-{status}-{uuid.uuid4()}"
        self.events.append(StackEvent(event_id, logical_id, physical_id, kind, status, reason, self.token, properties))

    @property
    def is_in_progress(self) -> bool:
        return self.status.endswith(IN_PROGRESS) and self.status != "REVIEW_IN_PROGRESS"

    @property
    def is_deleted(self) -> bool:
        return self.status == "DELETE_COMPLETE"
