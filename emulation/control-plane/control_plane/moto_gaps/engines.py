"""State machines are executed, and AWS's managed policies exist."""

import uuid

from moto.core.config import default_user_config


def use_real_engines() -> None:
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    default_user_config["iam"] = {"load_aws_managed_policies": True}
    _call_services_through_the_front()
    _name_executions()


def _call_services_through_the_front() -> None:
    """Before the modules of the state machines import it, which happens on first use."""
    from moto.stepfunctions.parser.asl.utils import boto_client

    from ..aws_client import client

    def through_the_front(region, service, state_credentials=None):
        return client(service, region)

    boto_client.boto_client_for = through_the_front


def _name_executions() -> None:
    """Executions without a name have one of their own; moto's engine calls all of them the same, and starts only the first."""
    from moto.core.responses import ActionResult
    from moto.stepfunctions.responses import StepFunctionResponse

    def start_execution(self):
        # for each execution moto copies the state machine with its earlier executions, whose locks cannot be copied.
        from moto.stepfunctions.parser.backend.execution import Execution

        Execution.__deepcopy__ = lambda execution, _: execution
        name = self._get_param("name") or str(uuid.uuid4())
        given = self._get_param("input", if_none="{}")
        execution = self.stepfunction_backend.start_execution(self._get_param("stateMachineArn"), name, given)
        return ActionResult({"executionArn": execution.execution_arn, "startDate": execution.start_date})

    StepFunctionResponse.start_execution = start_execution
