"""Clients of the services. Their requests go to the front, so the data plane sees all of them."""

import threading

import boto3
from botocore.config import Config

DEFAULT_ACCOUNT = "123456789012"

_lock = threading.Lock()
_clients: dict = {}
_front_url = ""


def use_front(url: str) -> None:
    """The URL to which every request is sent."""
    global _front_url
    _front_url = url


def front_url() -> str:
    return _front_url


def client(service: str, region: str, account: str = DEFAULT_ACCOUNT):
    """A client, created once for each service, region and account: boto3's clients can be shared between threads."""
    key = (service, region, account)
    with _lock:
        if key not in _clients:
            _clients[key] = _create(service, region, account)
        return _clients[key]


def _create(service: str, region: str, account: str):
    # a request is sent once: a second CreateService would be refused because the first was accepted.
    config = Config(retries={"max_attempts": 0, "mode": "standard"}, read_timeout=3600, max_pool_connections=32, s3={"addressing_style": "path"})
    created = boto3.client(
        service,
        region_name=region,
        endpoint_url=_front_url,
        aws_access_key_id="cloudformation",
        aws_secret_access_key="cloudformation",
        config=config,
    )
    if account != DEFAULT_ACCOUNT:

        def add_account(request, **_):
            request.headers["x-moto-account-id"] = account

        created.meta.events.register("before-sign.*.*", add_account)
    return created
