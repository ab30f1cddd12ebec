"""Bucket policies are stored and not evaluated, and nothing is written into log buckets while a stack deletes them."""

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, S3Backend


def store_only() -> None:
    # moto leaves out the conditions of statements, and so denies what AWS allows.
    FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL
    # AWS accepts a target whose policy follows; moto wants the policy first.
    FakeBucket._log_permissions_enabled_policy = staticmethod(lambda target_bucket, target_prefix: True)
    # AWS delivers access logs hours later; moto's would be there at once, and a bucket that is emptied would never be empty.
    S3Backend.log_incoming_request = lambda self, request, bucket_name: None
