"""State machines are executed, and AWS's managed policies exist."""

from moto.core.config import default_user_config


def use_real_engines() -> None:
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    default_user_config["iam"] = {"load_aws_managed_policies": True}
    _call_services_through_the_front()


def _call_services_through_the_front() -> None:
    """Before the modules of the state machines import it, which happens on first use."""
    from moto.stepfunctions.parser.asl.utils import boto_client

    from ..aws_client import client

    def through_the_front(region, service, state_credentials=None):
        return client(service, region)

    boto_client.boto_client_for = through_the_front
