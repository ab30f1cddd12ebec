"""Templates that a request has by a URL in S3."""

import re
from urllib.parse import unquote, urlparse

from botocore.exceptions import ClientError

from .errors import TemplateError, reason_of

_PATH_STYLE = re.compile(r"^s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$")
_VIRTUAL_HOST = re.compile(r"^(.+?)\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$")


def template_at(region, url: str) -> str:
    bucket, key = bucket_and_key(url)
    try:
        return region.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    except ClientError as error:
        raise TemplateError(f"S3 error: {url}: {reason_of(error)}") from None


def bucket_and_key(url: str) -> tuple[str, str]:
    """Of a URL of S3 in either style, or of one on loopback with the bucket in its path."""
    parsed = urlparse(url)
    host, path = parsed.hostname or "", unquote(parsed.path).lstrip("/")
    virtual = _VIRTUAL_HOST.match(host)
    if virtual and not _PATH_STYLE.match(host):
        return virtual.group(1), path
    if "/" not in path:
        raise TemplateError(f"TemplateURL must be a URL of an object in S3, got {url}")
    bucket, _, key = path.partition("/")
    return bucket, key
