"""Loads in the background what the first deployment needs: moto imports a service, and boto3 reads its model, on first use."""

import threading

from moto import backends

from .aws_client import DEFAULT_ACCOUNT, client
from .functions.local_function import install_modules

# moto's name, boto3's name.
_SERVICES = {
    "s3": "s3",
    "sts": "sts",
    "iam": "iam",
    "ec2": "ec2",
    "ssm": "ssm",
    "ecs": "ecs",
    "elbv2": "elbv2",
    "logs": "logs",
    "cloudwatch": "cloudwatch",
    "applicationautoscaling": "application-autoscaling",
    "lambda": "lambda",
    "ecr": "ecr",
    "stepfunctions": "stepfunctions",
}

# what the CDK's own functions need: those that empty buckets, and those that restrict default security groups.
_MODULES = ("@aws-sdk/client-s3", "@aws-sdk/client-ec2")


def prepare() -> None:
    def load():
        for name, service in _SERVICES.items():
            backends.get_backend(name)
            client(service, "us-east-1")
            if name == "iam":
                # AWS's managed policies are read when the account is.
                backends.get_backend("iam")[DEFAULT_ACCOUNT]["aws"]

        install_modules(_MODULES)

    threading.Thread(target=load, name="preparation", daemon=True).start()
